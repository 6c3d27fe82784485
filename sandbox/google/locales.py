"""How a spreadsheet's locale writes numbers, dates and formulas."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Locale:
    """Separators and the order of a date; `date` is the pattern that a typed date gets, in Google's form."""

    name: str
    decimal: str
    grouping: str
    separator: str
    date: str

    @property
    def day_first(self) -> bool:
        """Whether 3/4 is the third of April."""
        return self.date.startswith("d")


LOCALES = {
    locale.name: locale
    for locale in (
        Locale("vi_VN", ",", ".", ";", "dd/mm/yyyy"),
        Locale("en_GB", ".", ",", ",", "dd/mm/yyyy"),
        Locale("en_US", ".", ",", ",", "m/d/yyyy"),
    )
}
"""The locales that the sandbox knows, by the names that the API uses."""
