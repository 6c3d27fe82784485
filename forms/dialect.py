"""How the two programs differ in their formulas: what parts arguments, and how a typed number is recognised."""

from collections.abc import Callable
from dataclasses import dataclass

from scoring.regulation import QuestionType


@dataclass(frozen=True, slots=True)
class Dialect:
    """One program's formulas.

    `number_in` is the formula of the number in a cell of a question of that type, "" where the cell holds none;
    `is_written_day` is that of whether a text is a day. `has_box` says whether a tick in the form reaches the bot: an
    Excel file is submitted by sending it.
    """

    separator: str
    has_box: bool
    number_in: Callable[[str, QuestionType], str]
    is_written_day: Callable[[str], str]

    def is_day(self, cell: str) -> str:
        """Whether a cell holds a day: as a date, or as text such as 31/10/2026 or 2026-10-31."""
        return self.call("IF", f"ISNUMBER({cell})", f"{cell}>0", self.is_written_day(f"TRIM({cell})"))

    def call(self, function: str, *arguments: str) -> str:
        """A call of a function."""
        return f"{function}({self.separator.join(arguments)})"


def quoted(text: str) -> str:
    """A text as it stands in a formula."""
    return '"' + text.replace('"', '""') + '"'


_LONGEST = 24
"""Characters of a typed number, as in reading."""

_TYPED_NUMBER = r"^-?([0-9]+|[1-9][0-9]{0,2}(\.[0-9]{3})+)(,[0-9]+)?$"
"""What `words.parse_number` takes: the point groups thousands, the comma is decimal, and 1.5 is neither."""

_TYPED_WHOLE = r"^-?([0-9]+(,([0-9]{1,2}|[0-9]{4,}))?|[1-9][0-9]{0,2}(\.[0-9]{3})+(,[0-9]+)?)$"
"""Where whole numbers are asked for, 1,000 is neither; with a point in it (1.234,000) its comma can only be decimal."""


def _with_number(cell: str, separator: str, typed: str) -> str:
    """The number in a cell of numbers, "" where it may be a thousand times larger; else what the typed text says."""
    amount = f"ABS({cell})"
    bare = (f"ROUND({amount}{separator}3)={amount}", f"ROUND({amount}{separator}2)<>{amount}")
    in_doubt = f"AND({separator.join((f'{amount}>=1', f'{amount}<1000', *bare))})"
    number = f'IF({in_doubt}{separator}""{separator}{cell})'
    return f'IF(ISNUMBER({cell}){separator}{number}{separator}IFERROR({typed}{separator}""))'


def _google_number(cell: str, kind: QuestionType) -> str:
    """Answers are kept as typed: a number cell would make the first of May of 1.5."""
    typed, grammar = f"TRIM({cell})", quoted(_TYPED_WHOLE if kind == "integer" else _TYPED_NUMBER)
    is_number = f"AND(LEN({typed})<={_LONGEST};REGEXMATCH({typed};{grammar}))"
    read = f'IF({is_number};VALUE(SUBSTITUTE({typed};".";""));"")'
    return _with_number(cell, ";", read)


def _excel_number(cell: str, kind: QuestionType) -> str:
    """The same without regular expressions, and without VALUE reading points and commas as the computer's owner does.

    Each digit is made a 0; what is left has to be the shape that a number of this length has: "00.000,0". Then all
    digits together are divided by the power of ten that their comma says.
    """
    typed = f"TRIM({cell})"
    is_negative = f'(LEFT({typed},1)="-")'
    plain = f"MID({typed},1+{is_negative},{_LONGEST})"
    shape = plain
    for digit in "123456789":
        shape = f'SUBSTITUTE({shape},"{digit}","0")'
    before = f'(FIND(",",{plain}&",")-1)'
    decimals = f"MAX(0,LEN({plain})-{before}-1)"
    has_points = f'ISNUMBER(FIND(".",{plain}))'
    tail = f'IF(ISNUMBER(FIND(",",{plain})),","&REPT("0",{decimals}),"")'
    grouped = f'REPT("0",MOD({before},4))&REPT(".000",INT({before}/4))'
    expected = f'IF({has_points},{grouped},REPT("0",{before}))&{tail}'
    begins_well = f'AND({before}>0,LEFT({plain},1)<>".",NOT(AND(LEFT({plain},1)="0",{has_points})))'
    ends_well = f'RIGHT({plain},1)<>","'
    conditions = [f"LEN({typed})<={_LONGEST}", begins_well, ends_well, f"EXACT({shape},{expected})"]
    if kind == "integer":
        conditions.append(f"OR({has_points},{decimals}<>3)")
    is_number = f"AND({','.join(conditions)})"
    digits = f'VALUE(SUBSTITUTE(SUBSTITUTE({plain},".",""),",",""))'
    read = f'IF({is_number},(1-2*{is_negative})*{digits}/10^{decimals},"")'
    return _with_number(cell, ",", read)


_WRITTEN_DAY = (
    "^((0?[1-9]|[12][0-9]|3[01])/(0?[1-9]|1[0-2])/[0-9]{4}|[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]))$"
)


def _google_day(typed: str) -> str:
    return f"REGEXMATCH({typed};{quoted(_WRITTEN_DAY)})"


def _excel_day(typed: str) -> str:
    first = f'FIND("/",{typed})'
    second = f'FIND("/",{typed},{first}+1)'
    vietnamese = _is_date(
        f"MID({typed},{second}+1,9)", f"MID({typed},{first}+1,{second}-{first}-1)", f"LEFT({typed},{first}-1)"
    )
    dashes = f'MID({typed},5,1)&MID({typed},8,1)="--"'
    iso = _is_date(f"LEFT({typed},4)", f"MID({typed},6,2)", f"MID({typed},9,9)")
    return f"OR({vietnamese},AND({dashes},{iso}))"


def _is_date(year: str, month: str, day: str) -> str:
    """Whether these texts make a day of the calendar: DATE counts on where a month has no such day."""
    made = f"DATE(VALUE({year}),VALUE({month}),VALUE({day}))"
    lengths = f"LEN({year})=4,LEN({month})<=2,LEN({day})<=2"
    return f"IFERROR(AND({lengths},MONTH({made})=VALUE({month}),DAY({made})=VALUE({day})),FALSE)"


GOOGLE = Dialect(";", has_box=True, number_in=_google_number, is_written_day=_google_day)
EXCEL = Dialect(",", has_box=False, number_in=_excel_number, is_written_day=_excel_day)
