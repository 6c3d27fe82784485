"""The questionnaire as a Google Sheet. Importing this loads gspread and google-auth."""

from forms.google.credentials import CredentialsProblem
from forms.google.doctor import Check, checks
from forms.google.doctor_sheets import sheet_checks
from forms.google.links import file_id_in
from forms.google.pace import pace_of
from forms.google.spreadsheets import GoogleForms, connect

__all__ = ["Check", "CredentialsProblem", "GoogleForms", "checks", "connect", "file_id_in", "pace_of", "sheet_checks"]
