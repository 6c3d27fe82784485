"""Days as people write them in chat."""

import re
from datetime import date

_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_DOCUMENT = re.compile(
    r"(?:số[ :]*)?(?P<number>\S+(?: \S+)*?)[ ,]+(?:ngày )?"
    r"(?P<day>[0-9]{1,2})(?:[/.-]| tháng )(?P<month>[0-9]{1,2})(?:[/.-]| năm )(?P<year>[0-9]{4})\.?",
    re.IGNORECASE,
)


def parse_day(text: str) -> date | None:
    """Read dd/mm/yyyy, and nothing else; None for another form or a day that no calendar has."""
    found = _DAY.fullmatch(text)
    return _date(found[3], found[2], found[1]) if found else None


def parse_document(text: str) -> tuple[str, date] | None:
    """Read the number and day of a document: "123/BC-SYT ngày 20/10/2026", "Số 123/BC-SYT, ngày 5 tháng 10 năm 2026".

    None for anything else, for a number without a digit, and for a day that no calendar has.
    """
    found = _DOCUMENT.fullmatch(text.strip())
    if found is None or not any(each.isdigit() for each in found["number"]):
        return None
    day = _date(found["year"], found["month"], found["day"])
    return (found["number"].rstrip(","), day) if day else None


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
