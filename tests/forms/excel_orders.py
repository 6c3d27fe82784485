"""Orders of forms of the shipped regulations: empty, filled in with invented answers, and verified."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import count, cycle

from campaign.ports import Document, Fact, Filled, FormOrder
from forms.citation import cited
from forms.outline import Outline, outline
from scoring import Answer, AnswerStatus, By, Question, Regulation, load_regulation, shipped
from tests.forms.samples import order_of
from tests.reports.invented import invented

FACTS = {
    Fact.ADDRESS: "Số 1, phố Thử Nghiệm, phường Mẫu",
    Fact.PERSON: "Nguyễn Văn Thử",
    Fact.POSITION: "Chuyên viên",
    Fact.PHONE: "0900000000",
    Fact.EMAIL: "thu@example.vn",
}
GROUPS = tuple((name, group) for name in shipped() for group in sorted(load_regulation(name)[0].groups))  # type: ignore[union-attr] # shipped ones load


@cache
def shipped_one(name: str) -> Regulation:
    """A shipped regulation."""
    regulation, problems = load_regulation(name)
    assert regulation, problems
    return regulation


def order(name: str, group: str, **changes: object) -> FormOrder:
    """The order of an empty form."""
    empty = order_of(shipped_one(name), group, key=f"{name}/don-vi-thu")
    return replace(empty, **changes)  # type: ignore[arg-type] # fields of FormOrder


@cache
def filled(name: str, group: str, seed: int) -> Filled:
    """Invented answers with gaps, some claims of N/A, papers and explanations, as reading puts them together."""
    regulation = shipped_one(name)
    lines = outline(regulation, group)
    units, answers = invented(regulation, 1, seed)
    given = answers[next(each.id for each in units if each.group == group)]
    papers = tuple(_papers(lines, given))
    explained = {node.id: f"=Giải trình {node.number}" for node in lines.nodes[::3] if lines.asked_for(node)}
    claims = [node.id for node in lines.claimable if node.id in given]
    explained |= dict.fromkeys(claims, "Đơn vị không có nhiệm vụ này.")
    return Filled(
        answers=(
            *(_answer(each, given[each.key], papers) for each in lines.questions if each.key in given),
            *(Answer(each, status=AnswerStatus.NOT_APPLICABLE, reason=explained[each]) for each in claims),
        ),
        documents=papers,
        explanations=explained,
        facts=FACTS,
    )


def _answer(question: Question, answer: Answer, papers: tuple[Document, ...]) -> Answer:
    own = (each for each in papers if each.key == question.key)
    return replace(answer, by=By.UNIT, evidence=cited(own, "vi"))


def _papers(lines: Outline, given: Mapping[str, Answer]) -> Iterator[Document]:
    """No paper, a citation, or papers of the list, in turn."""
    numbers = count(1)
    for question, kind in zip(lines.questions, cycle(range(3)), strict=False):
        if question.key not in given:
            continue
        if question.evidence and kind > 0:
            yield Document(question.key, name=f"+{next(numbers)}/BC-THU, Báo cáo kết quả năm 2026")
        if kind > 1:
            day, link = date(2026, 1, next(numbers) % 28 + 1), f"https://example.vn/{next(numbers)}"
            yield Document(question.key, f"{next(numbers)}/KH-THU", "Kế hoạch năm 2026", day, link)


def points(regulation: Regulation, group: str) -> dict[str, Decimal]:
    """Verified points for every line: three quarters of what can be had."""
    nodes = (*regulation.nodes(group), *(root for root in regulation.roots if group in root.maxima))
    return {node.id: regulation.printed(node, node.maxima[group] * 3 // 4) for node in nodes if not node.is_informative}
