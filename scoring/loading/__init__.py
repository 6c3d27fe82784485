"""A regulation's text, read strictly: the regulation, or everything that is wrong with it."""

from datetime import date

from scoring.loading.build import build
from scoring.loading.checks import CHECKS, OF_EACH_VERSION
from scoring.loading.choosing import chosen, dates_of
from scoring.loading.pieces import read_pieces
from scoring.loading.report import Report
from scoring.loading.yaml_text import Data, read_yaml
from scoring.regulation import Regulation
from words import Problem, Text, has_errors


def parse(text: str, file: str, on: date | None) -> tuple[Regulation | None, tuple[Problem, ...]]:
    """See `scoring.library.parse_regulation`."""
    report = Report(file)
    written = read_yaml(text, report)
    _check_earlier(written, report)
    data = chosen(written, report, on)
    if isinstance(data, dict):
        pieces = read_pieces(data, report)
        for check in CHECKS:
            check(pieces, report)
        if pieces.top and not has_errors(report.problems):
            return build(pieces, pieces.top, report, text), report.in_order()
    elif not report.problems:
        report.error("wrong_type", (), wanted=Text("scoring.type.mapping"))
    return None, report.in_order()


def _check_earlier(written: Data, report: Report) -> None:
    """Find contradictions among values that were in force before they were amended."""
    for day in dates_of(written)[:-1]:
        data = chosen(written, report, day, tell=False)
        if isinstance(data, dict):
            pieces = read_pieces(data, report)
            for check in OF_EACH_VERSION:
                check(pieces, report)
    report.not_in_force = set()
