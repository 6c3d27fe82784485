"""The ranking as an Excel workbook."""

from reports.workbook.book import ranking_xlsx

__all__ = ["ranking_xlsx"]
