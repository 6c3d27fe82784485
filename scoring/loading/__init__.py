"""A regulation's text, read strictly: the regulation, or everything that is wrong with it."""

from datetime import date

from scoring.loading.build import build
from scoring.loading.checks import CHECKS
from scoring.loading.choosing import chosen
from scoring.loading.pieces import read_pieces
from scoring.loading.report import Report
from scoring.loading.yaml_text import read_yaml
from scoring.regulation import Regulation
from words import Problem, Text, has_errors


def parse(text: str, file: str, on: date | None) -> tuple[Regulation | None, tuple[Problem, ...]]:
    """See `scoring.library.parse_regulation`."""
    report = Report(file)
    data = chosen(read_yaml(text, report), report, on)
    if isinstance(data, dict):
        pieces = read_pieces(data, report)
        for check in CHECKS:
            check(pieces, report)
        if pieces.top and not has_errors(report.problems):
            return build(pieces, pieces.top, report, text), report.in_order()
    elif not report.problems:
        report.error("wrong_type", (), wanted=Text("scoring.type.mapping"))
    return None, report.in_order()
