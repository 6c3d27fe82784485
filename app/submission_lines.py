"""One revision as lines for the terminal, from the same document that programs get."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import reduce
from typing import Any
from zoneinfo import ZoneInfo

from campaign.ports import Fact
from words import Text, Value

Document = Mapping[str, Any]


def submission_lines(document: Document, zone: ZoneInfo) -> Iterator[Text]:
    """Return the whole revision, line by line."""
    yield from _head(document, zone)
    yield from (_fact(Fact(name), text) for name, text in document["facts"].items())
    yield Text("app.submission_answers")
    for answer in document["answers"]:
        yield from _answer(document, answer)
    yield from _section("app.submission_claims", document["not_applicable"], "reason")
    yield from _section("app.submission_explanations", document["explanations"], "text")
    yield Text("app.submission_self_score")
    yield from map(_line, document["self_score"])


def _head(document: Document, zone: ZoneInfo) -> Iterator[Text]:
    yield Text("app.submission", **{name: document[name] for name in ("name", "campaign", "number", "receipt")})
    person = document["person"] or Text("app.person_unknown")
    at = datetime.fromisoformat(document["at"]).astimezone(zone)
    yield Text("app.submission_taken", at=at, person=person, origin=Text(f"app.origin_{document['origin']}"))
    came = datetime.fromisoformat(document["came_at"]).astimezone(zone)
    yield Text("app.submission_late" if document["late"] else "app.submission_on_time", at=came)
    yield Text("app.submission_counts" if document["counts"] else "app.submission_does_not_count")
    if document["head_confirms"] or document["confirmation"]:
        yield from _confirmation(document["confirmation"], zone)
    yield Text("app.submission_hash", sha256=document["sha256"])


def _confirmation(confirmation: Document | None, zone: ZoneInfo) -> Iterator[Text]:
    if confirmation is None:
        yield Text("app.submission_unconfirmed")
        return
    at = datetime.fromisoformat(confirmation["at"]).astimezone(zone)
    by = confirmation["by"] or Text("app.person_unknown")
    yield Text("app.submission_confirmed", at=at, person=by, how=confirmation["how"] or "–")
    pages = confirmation["signed_copy"]
    if pages:
        yield Text("app.submission_signed_copy", n=len(pages))
    for each in pages:
        yield Text("app.submission_signed_page", name=each["name"], sha256=each["sha256"])


def _fact(fact: Fact, text: str) -> Text:
    return Text("app.submission_fact", name=Text(f"app.fact_{fact}"), text=text)


def _answer(document: Document, answer: Document) -> Iterator[Text]:
    yield Text("app.submission_answer", **{name: answer[name] for name in ("question", "label", "said")})
    for each in document["documents"]:
        if each["question"] == answer["question"]:
            yield Text("app.submission_document", document=_cited(each))


def _cited(document: Document) -> Value:
    """What is known of a document, with its day as people write it."""
    day = date.fromisoformat(document["day"]) if document["day"] else ""
    parts: list[Value] = [document["number"], document["name"], day, document["link"], document["sha256"]]
    return reduce(_beside, [each for each in parts if each] or [""])


def _beside(before: Value, part: Value) -> Value:
    return Text("app.submission_parts", before=before, part=part)


def _section(title: str, rows: list[Document], said: str) -> Iterator[Text]:
    if rows:
        yield Text(title)
    for row in rows:
        yield Text("app.submission_remark", label=row["label"], text=row[said])


def _line(line: Document) -> Text:
    points = Text("app.not_known_yet") if line["points"] is None else _comma(line["points"])
    return Text("app.submission_line", number=line["line"], label=line["label"], points=points, max=_comma(line["max"]))


def _comma(number: str) -> Text:
    return Text("app.setting", value=Decimal(number))
