"""Offering a ranking for approval, and publishing the approved one: the files, and who is told what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy.orm import Session

from campaign.files import keep
from campaign.finding import last_ranking
from campaign.models import Address, Campaign, Ranking, RankingFile
from campaign.outbox import addresses_of, enqueue
from campaign.plan import regulation_of
from campaign.ranking import compute, mark_published, offer
from campaign.roles import Role
from campaign.stages import Stage
from reports.attachments import Attachment, attachments
from reports.chat import NAME_LENGTH, in_messages, ranking_lines, said_remarks, shorten
from reports.ranking import Approval, GroupTable, RankedUnit, RankingTable, UnrankedUnit
from reports.tabulating import ranking_table
from reports.wording import category_points
from scoring import Unit
from words import Language, Text, Value


def propose(session: Session, campaign: Campaign, *, now: datetime, actor: str, language: Language) -> Ranking:
    """Compute the ranking, keep it with its files as the next version, and ask the leaders to approve it.

    What is on offer already and has not changed stays on offer, and nobody is asked again. Raises Refused in a stage
    in which nothing can be offered.
    """
    computed = compute(session, campaign)
    newest = last_ranking(session, campaign)
    if newest and campaign.stage is Stage.OFFERED and newest.document == computed.document:
        return newest
    table = ranking_table(computed.regulation, computed.document, computed.units, title=campaign.title)
    files = attachments(table, language, name=f"du-thao-xep-hang-{campaign.year}", created=now)
    ranking = offer(session, campaign, computed, [each.file for each in files], actor=actor, now=now)
    for address in addresses_of(session, campaign, Role.LEADER):
        _ask_for_approval(_Mail(session, ranking, address, now), table, files)
    return ranking


def publish(session: Session, ranking: Ranking, *, now: datetime, actor: str) -> None:
    """Publish the approved ranking: each unit its own result, leaders and officers the whole with its files.

    The files are printed anew from the approved document, in the regulation's language: they name the decision where
    the offered ones say that they are a draft. Raises Refused for a ranking that is not approved.
    """
    mark_published(session, ranking, actor=actor, now=now)
    campaign, table = ranking.campaign, table_of(ranking)
    language = cast("Language", table.regulation.language)
    files = attachments(table, language, name=f"xep-hang-{campaign.year}", created=now)
    _keep_files(session, ranking, files)
    _send_results(session, ranking, table, now)
    readers = (*addresses_of(session, campaign, Role.LEADER), *addresses_of(session, campaign, Role.OFFICER))
    for address in readers:  # who is both is told once: the same key decides a message once
        _send_summary(_Mail(session, ranking, address, now), table, files)


def table_of(ranking: Ranking) -> RankingTable:
    """Return the table of a ranking that is kept, with its decision once it is approved."""
    campaign = ranking.campaign
    approval = None
    if ranking.decision_number and ranking.decision_day:
        approval = Approval(ranking.decision_number, ranking.decision_day)
    units = (Unit(each.code, each.name, each.group, each.parent) for each in campaign.units)
    return ranking_table(regulation_of(campaign), ranking.document, units, title=campaign.title, approval=approval)


def _keep_files(session: Session, ranking: Ranking, files: tuple[Attachment, ...]) -> None:
    """The published files follow the offered ones in the list of the ranking's files."""
    offered = len(ranking.files)
    ranking.files.extend(
        RankingFile(position=offered + place, sha256=keep(session, each.file)) for place, each in enumerate(files)
    )
    session.flush()


@dataclass(frozen=True, slots=True)
class _Mail:
    """What one address is sent about one ranking; each `topic` once."""

    session: Session
    ranking: Ranking
    address: Address
    now: datetime

    def send(self, kind: str, topic: str, facts: Mapping[str, Value], file: str | None = None) -> None:
        enqueue(
            self.session,
            self.address,
            kind,
            key=f"{topic}:{self.address.id}",
            now=self.now,
            campaign=self.ranking.campaign,
            file=file,
            not_before=self.now,
            **facts,
        )

    def send_files(self, occasion: str, files: tuple[Attachment, ...]) -> None:
        for place, each in enumerate(files):
            topic = f"{occasion}:{self.ranking.id}:file:{place}"
            self.send(each.caption.id, topic, each.caption.values, file=keep(self.session, each.file))

    def send_part(self, occasion: str, part: int, parts: int, lines: tuple[Text, ...]) -> None:
        topic = f"{occasion}:{self.ranking.id}:part:{part}"
        title = self.ranking.campaign.title
        self.send("reports.ranking_part", topic, {"title": title, "part": part, "parts": parts, "ranking": lines})


def _ask_for_approval(mail: _Mail, table: RankingTable, files: tuple[Attachment, ...]) -> None:
    """Send the files and the ranking first, so that the button to approve stands under everything it approves."""
    facts: dict[str, Value] = {"title": table.title, "version": mail.ranking.number, "ranking_id": mail.ranking.id}
    parts = in_messages(ranking_lines(table), Text("reports.offered", ranking=(), **facts))
    mail.send_files("offered", files)
    for part, lines in enumerate(parts[:-1], start=1):
        mail.send_part("offered", part, len(parts), lines)
    mail.send("reports.offered", f"offered:{mail.ranking.id}", {**facts, "ranking": parts[-1]})


def _send_summary(mail: _Mail, table: RankingTable, files: tuple[Attachment, ...]) -> None:
    facts: dict[str, Value] = {"title": table.title, **_decision(table)}
    parts = in_messages(ranking_lines(table), Text("reports.summary", ranking=(), **facts))
    mail.send("reports.summary", f"summary:{mail.ranking.id}", {**facts, "ranking": parts[0]})
    for part, lines in enumerate(parts[1:], start=2):
        mail.send_part("summary", part, len(parts), lines)
    mail.send_files("summary", files)


def _send_results(session: Session, ranking: Ranking, table: RankingTable, now: datetime) -> None:
    """Tell the contacts of every unit how it stands."""
    campaign = ranking.campaign
    units = {unit.code: unit for unit in campaign.units}
    for group in table.groups:
        for row in group.rows:
            unit = units[row.code]
            for address in addresses_of(session, campaign, Role.CONTACT, unit.id):
                _send_result(_Mail(session, ranking, address, now), table, group, row, unit.id)


def _send_result(
    mail: _Mail, table: RankingTable, group: GroupTable, row: RankedUnit | UnrankedUnit, unit_id: int
) -> None:
    topic = f"result:{mail.ranking.id}:{unit_id}"
    facts: dict[str, Value] = {
        "unit": shorten(row.name, NAME_LENGTH),
        "unit_id": unit_id,
        "title": table.title,
        **_decision(table),
    }
    if isinstance(row, RankedUnit):
        mail.send("reports.result", topic, {**facts, **_standing(table, group, row)})
    else:
        mail.send("reports.result_not_ranked", topic, {**facts, "reason": row.reason})


def _decision(table: RankingTable) -> dict[str, Value]:
    if table.approval is None:
        raise ValueError("Only an approved ranking has results to tell.")
    return {"decision": table.approval.number, "decision_day": table.approval.day}


def _standing(table: RankingTable, group: GroupTable, unit: RankedUnit) -> dict[str, Value]:
    rungs = zip(table.ladders, unit.rungs, strict=True)
    standing = [Text("reports.standing", ladder=ladder.head, rung=rung) for ladder, rung in rungs]
    standing.append(Text("reports.standing_rank", rank=unit.rank, ranked=len(group.ranked), group=group.label))
    if unit.remarks:
        standing.append(Text("reports.result_remarks", remarks=said_remarks(unit)))
    lines = [category_points(line, unit) for line in (*group.categories, *group.pillars)]
    return {
        "total": unit.total,
        "of": group.maximum,
        "standing": tuple(standing),
        "lines": tuple(lines),
    }
