"""What a form should say of its answers, worked out from what reading and completeness find, not from its formulas."""

from collections import Counter
from dataclasses import replace

from campaign.ports import FormOrder, FormReading
from forms.outline import outline
from forms.sheet import State
from scoring import Answer, Question, answers_that_count, completeness
from words import Severity


def states_of(order: FormOrder, reading: FormReading) -> dict[str, int | None]:
    """What the column of states should say of each question; None for nothing."""
    rules, group, answers = order.regulation, order.group, _answers(order, reading)
    found = completeness(rules, group, answers)
    lines = outline(rules, group)
    refused = {each.where.path for each in reading.problems}
    contradicted = {(each.where.path, each.severity) for each in found.problems}
    claimed = {each.id for each in lines.claimable if each.id in answers}

    def state(question: Question) -> int | None:
        readers = {node.id for node in rules.indicators(group) if question.key in rules.questions_of(node)}
        is_due = question.required and not readers <= claimed
        if question.key in refused:
            return State.REFUSED if is_due else State.WRONG
        if question.key not in answers:
            return State.MISSING if question.key in found.missing else None
        if (question.key, Severity.ERROR) in contradicted:
            return State.WRONG
        done = State.UNEVIDENCED if question.key in found.unevidenced else State.DONE
        if (question.key, Severity.NOTICE) in contradicted:
            return -done
        return done if is_due or not question.required else None

    return {each.key: state(each) for each in lines.questions}


def progress_of(order: FormOrder, reading: FormReading, *, in_file: bool = False) -> str:
    """What the line of progress should say; a file hears of nothing that comes after it was made."""
    found = completeness(order.regulation, order.group, _answers(order, reading))
    states = Counter(states_of(order, reading).values())
    wrong, bare = states[State.WRONG] + states[State.REFUSED], states[State.UNEVIDENCED] + states[-State.UNEVIDENCED]
    told = f"; {wrong} mục cần sửa" if wrong else ""
    besides = " (chưa kể tệp gửi sau khi lập phiếu này)" if in_file else ""
    told += f"; {bare} mục chưa có tài liệu kiểm chứng{besides}" if bare else ""
    unlikely = sum(number for state, number in states.items() if state is not None and state < 0)
    told += f"; {unlikely} mục nên xem lại" if unlikely else ""
    return f"Đã điền {found.filled}/{found.of} mục bắt buộc{told}"


def _answers(order: FormOrder, reading: FormReading) -> dict[str, Answer]:
    """As they count: with last year's beside them, and the files that the office has received as their evidence."""

    def counted(answer: Answer) -> Answer:
        evidence = " ".join((answer.evidence, *order.notes.received.get(answer.key, ())))
        return replace(answer, evidence=evidence, previous=order.previous.get(answer.key))

    return {key: counted(each) for key, each in answers_that_count(reading.filled.answers).items()}
