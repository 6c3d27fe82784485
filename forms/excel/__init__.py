"""The form as an Excel file: written for units without Google, and read again however it comes back."""

from forms.excel.files import ExcelFiles

__all__ = ["ExcelFiles"]
