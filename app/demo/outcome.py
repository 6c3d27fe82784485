"""What the demo leaves behind: the transcript and the messages as the sandbox's Telegram received them, and the files.

units.csv and answers.csv hold what `xephang score` needs to give ranking.json again.
"""

import json
from pathlib import Path
from typing import Any

from app.demo.cast import Cast
from app.demo.stage import Stage
from app.demo.transcript import digest, entries, transcript
from campaign.database import Database
from campaign.finding import campaign_named, last_ranking
from campaign.models import StoredFile
from campaign.ranking import compute
from scoring import write_answers, write_units


async def write_outcome(out: Path, cast: Cast, stage: Stage, database: Database) -> tuple[str, ...]:
    """Write all files of the demo into `out`; return the story in short, a paragraph an item."""
    record = await stage.record()
    lines = [json.dumps(entry, ensure_ascii=False, sort_keys=True) for entry in record]
    (out / "messages.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    seen = {player: await stage.messages(player.id) for player in cast.everyone}
    told = entries(seen)
    (out / "transcript.txt").write_text(transcript(told), "utf-8")
    _write_results(out, database)
    return tuple(digest(told))


def _write_results(out: Path, database: Database) -> None:
    with database.transaction() as session:
        campaign = campaign_named(session, None)
        computed = compute(session, campaign)
        ranking = last_ranking(session, campaign)
        if ranking is None:
            raise LookupError(f"{campaign.code} has no ranking.")
        (out / "units.csv").write_text(write_units(computed.units), "utf-8")
        (out / "answers.csv").write_text(write_answers(computed.regulation, computed.answers), "utf-8")
        (out / "ranking.json").write_text(_json(ranking.document), "utf-8")
        for each in ranking.files:
            file = session.get_one(StoredFile, each.sha256)
            published = f"xep-hang-{campaign.year}"
            if file.name.startswith(published):
                (out / file.name.replace(published, "ranking", 1)).write_bytes(file.content)


def _json(document: Any) -> str:  # noqa: ANN401 - any JSON document
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
