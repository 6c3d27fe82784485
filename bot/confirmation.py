"""The head of a unit (thủ trưởng đơn vị) confirms a submission: in chat, by a signed copy, or by its number."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from bot import dialogues
from bot.days import parse_document
from bot.turn import Turn
from campaign.confirming import LONGEST_DOCUMENT_NUMBER, LONGEST_REASON, confirm, reject, waits_for_head
from campaign.counting import submissions_of
from campaign.files import keep
from campaign.models import Submission, Unit
from campaign.refusal import Refused
from campaign.roles import Role
from campaign.signed_copies import NewPage
from reports.signed_copy import signed_copy
from reports.submitted_lines import SignedForm
from words import Text


def print_for_signature(turn: Turn, submission_id: int) -> None:
    """Send the submission as a Word file: for the contact to have it signed, for the head to see what to confirm."""
    submission = own(turn, submission_id, Role.CONTACT, Role.HEAD)
    form = SignedForm.of(submission)
    file = turn.fetch(f"signed copy {submission.id}", lambda _: signed_copy(form))
    for_signature = turn.speaks_for(submission.unit_id, Role.CONTACT)
    text = Text(
        "bot.signed_copy" if for_signature else "bot.frozen_copy",
        unit=form.unit,
        number=form.number,
        submission_id=submission.id,
    )
    turn.say(text, file=keep(turn.session, file))


def ask_document(turn: Turn, submission_id: int) -> None:
    """The unit has a signed document: ask for its number and day, or for a copy of it."""
    submission = own(turn, submission_id, Role.CONTACT, Role.HEAD)
    dialogues.ask(turn, "document", submission=submission.id)
    turn.answer("bot.ask_document", unit=submission.unit.name, number=submission.number)


def _take_document(turn: Turn, state: dict[str, Any], text: str) -> None:
    found = parse_document(text)
    if found is None:
        turn.answer("bot.bad_document", longest=LONGEST_DOCUMENT_NUMBER)
        return
    submission = _asked_about(turn, state)
    if submission is None:
        turn.answer("bot.confirmation_over")
        return
    number, day = found
    _confirm(turn, submission, document=number, day=day)
    dialogues.close(turn)


def offered(turn: Turn) -> tuple[int, ...]:
    """The updates that brought the files of which the person was asked whether they are the signed copy."""
    state = dialogues.asked(turn)
    return tuple(state.get("files", ())) if state and state["step"] == "document" else ()


def offer(turn: Turn, submission: Submission, update_ids: Sequence[int], *, told: int) -> bool:
    """Note that these are asked about, `told` files in all; return whether that is more than the person knows."""
    before = (dialogues.asked(turn) or {}).get("told", 0) if offered(turn) else 0
    dialogues.ask(turn, "document", submission=submission.id, files=list(update_ids), told=told)
    return told > before


def take_back(turn: Turn, update_ids: Sequence[int]) -> list[int]:
    """Ask no more about those that are no signed copy; return which of these were asked about."""
    state, before = dialogues.asked(turn), offered(turn)
    left = [each for each in before if each not in update_ids]
    if state and len(left) < len(before):
        dialogues.ask(turn, **{**state, "files": left, "told": len(left)})
    return [each for each in before if each in update_ids]


def take_copy(turn: Turn, submission: Submission, pages: Sequence[NewPage]) -> None:
    """The unit sent the signed copy itself, and said that it is one."""
    if waiting_document(turn):
        dialogues.close(turn)
    _confirm(turn, submission, signed_copy=pages)


def waiting_document(turn: Turn) -> Submission | None:
    """The submission whose document the person was asked for and has not given yet."""
    state = dialogues.asked(turn)
    return _asked_about(turn, state) if state and state["step"] == "document" else None


def _asked_about(turn: Turn, state: dict[str, Any]) -> Submission | None:
    """What the open question is about; a question that no longer matters is dropped."""
    submission = own(turn, state["submission"], Role.CONTACT, Role.HEAD)
    newest = submissions_of(turn.session, submission.unit)[-1]
    if submission is newest and submission.confirmed_at is None:
        return submission
    dialogues.close(turn)
    return None


def waiting_submission(turn: Turn, unit: Unit) -> Submission | None:
    """The unit's submission that waits for its head."""
    return waits_for_head(turn.session, unit) if unit.campaign.head_confirms else None


def confirm_form(turn: Turn, submission_id: int) -> None:
    """The head confirms in chat."""
    submission = own(turn, submission_id, Role.HEAD)
    _confirm(turn, submission)


def ask_reason(turn: Turn, submission_id: int) -> None:
    """The head does not stand by the form: ask why."""
    submission = own(turn, submission_id, Role.HEAD)
    dialogues.ask(turn, "reason", submission=submission.id)
    turn.answer("bot.ask_reason", unit=submission.unit.name, number=submission.number)


def _take_reason(turn: Turn, state: dict[str, Any], text: str) -> None:
    if len(text) > LONGEST_REASON:
        turn.answer("bot.long_reason", longest=LONGEST_REASON)
        return
    submission = _asked_about(turn, state)
    if submission is None:
        turn.answer("bot.confirmation_over")
        return
    reject(turn.session, submission, turn.address.person, text, now=turn.now)
    dialogues.close(turn)
    turn.answer("bot.form_rejected", unit=submission.unit.name, number=submission.number, reason=text)


STEPS: Mapping[str, Callable[[Turn, dict[str, Any], str], None]] = {
    "document": _take_document,
    "reason": _take_reason,
}


def _confirm(
    turn: Turn,
    submission: Submission,
    *,
    document: str | None = None,
    day: date | None = None,
    signed_copy: Sequence[NewPage] = (),
) -> None:
    known = submission.confirmed_at is not None
    confirm(
        turn.session,
        submission,
        actor=turn.actor,
        person=turn.address.person,
        document=document,
        day=day,
        signed_copy=signed_copy,
        now=turn.now,
    )
    unit = submission.unit
    if known:
        turn.answer("bot.confirmed_before", unit=unit.name, number=submission.number)
    elif not turn.speaks_for(unit.id, Role.CONTACT):  # contacts are told in any case
        turn.answer("bot.form_confirmed", unit=unit.name, number=submission.number)


def own(turn: Turn, submission_id: int, *roles: Role) -> Submission:
    """The submission of a pressed button. Raises Refused for one of a unit that the person has no such part in."""
    submission = turn.session.get(Submission, submission_id)
    if submission is None:
        raise Refused(Text("bot.old_button"))
    if not turn.speaks_for(submission.unit_id, *roles):
        raise Refused(
            Text("bot.not_your_unit" if Role.CONTACT in roles else "bot.only_head", unit=submission.unit.name)
        )
    return submission
