"""What a contact writes on the unit's form, by spot, before it is known what program shows the form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.demo.cast import Player
from app.demo.company import Company, unit_of
from app.demo.paper import Spot, typed
from scoring import Question

CLAIM_REASON = "Đơn vị không có nhiệm vụ tương ứng (tình huống mẫu)"
NOT_APPLICABLE = "Không áp dụng"
TICK: dict[Spot, str | bool] = {Spot("answer", "submit"): True}
"""The box that submits the form."""

Written = dict[Spot, str | bool]


@dataclass(frozen=True, slots=True)
class Entries:
    """What is written on the form itself, and in the list of documents (the question's number first in its choice)."""

    form: Written
    documents: Written

    def first_half(self) -> "Entries":
        """What is written on the first day."""
        return Entries(dict(list(self.form.items())[: len(self.form) // 2]), {})

    def changed(self, form: Mapping[Spot, str | bool]) -> "Entries":
        """The same with other words in some places."""
        return Entries({**self.form, **form}, self.documents)


def entries(company: Company, player: Player) -> Entries:
    """Everything that the contact writes; what goes as a file is left out."""
    cited = [each for each in company.evidenced(player) if each not in company.sent_as_files(player)]
    form: Written = {Spot("answer", f"fact:{fact}"): text for fact, text in _facts(player).items()}
    for question in company.declared(unit_of(player)):
        line = f"question:{question.key}"
        form[Spot("answer", line)] = typed(question, company.data[unit_of(player).id][question.key])
        if question in cited and not player.lists:
            form[Spot("evidence", line)] = f"Báo cáo mẫu số {_paper_of(company, player, question)}"
    if player.claims:
        node = f"node:{company.claimed(unit_of(player)).id}"
        form[Spot("not_applicable", node)] = NOT_APPLICABLE
        form[Spot("explanation", node)] = CLAIM_REASON
    return Entries(form, dict(_listed(company, player, cited)) if player.lists else {})


def _facts(player: Player) -> dict[str, str]:
    return {"address": "Số 1, phố Mẫu", "person": player.name, "position": "Chuyên viên", "phone": "0200 000 000"}


def _paper_of(company: Company, player: Player, question: Question) -> str:
    place = company.declared(unit_of(player)).index(question) + 1
    return f"{place}/BC ngày 30/09/{company.days.issued.year}"


def _listed(company: Company, player: Player, cited: list[Question]) -> Iterator[tuple[Spot, str]]:
    """A row for each paper; the first question has two of them."""
    numbers = company.numbers(unit_of(player))
    for place, question in enumerate([*cited[:1], *cited]):
        number, day = _paper_of(company, player, question).split(" ngày ")
        yield Spot("document_for", place), numbers[question.key]
        yield Spot("document_number", place), f"{number}-{place}"
        yield Spot("document_name", place), "Báo cáo mẫu"
        yield Spot("document_day", place), day


def mistakes(company: Company, player: Player) -> Written:
    """A number in words, and one that can be read two ways."""
    numbers = [each for each in company.declared(unit_of(player)) if each.type == "integer"]
    wrong = [Spot("answer", f"question:{each.key}") for each in numbers[1:3]]
    return dict(zip(wrong, ("mười hai", "1.5"), strict=False))


def improvement(written: Entries) -> Written:
    """What was not there yet has been set up since; where nothing was missing, a document is added."""
    better: Written = {spot: "Có" for spot, text in written.form.items() if text == "Không" and spot.column == "answer"}
    added: Written = {
        spot: f"{text}; bổ sung" for spot, text in written.form.items() if str(text).startswith("Báo cáo")
    }
    return dict(list((better or added).items())[:1])
