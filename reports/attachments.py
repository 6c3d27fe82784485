"""The files that go with a ranking: one picture a table, and the workbook."""

from dataclasses import dataclass
from datetime import datetime

from campaign.files import NewFile
from reports.picture import ranking_png
from reports.ranking import GroupTable, RankingTable
from reports.workbook import ranking_xlsx
from words import Language, Text

PNG = "image/png"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file and the caption under which it is sent."""

    file: NewFile
    caption: Text


def attachments(table: RankingTable, language: Language, *, name: str, created: datetime) -> tuple[Attachment, ...]:
    """Render all files of a ranking, in the order in which they are sent; their names begin with `name`."""
    pictures = (_picture(table, group, language, name) for group in table.groups)
    return (*pictures, _workbook(table, language, name, created))


def _picture(table: RankingTable, group: GroupTable, language: Language, name: str) -> Attachment:
    file = NewFile(f"{name}-{group.key}.png", PNG, ranking_png(table, group, language))
    return Attachment(file, Text("reports.picture", title=table.title, group=group.label, status=table.status))


def _workbook(table: RankingTable, language: Language, name: str, created: datetime) -> Attachment:
    file = NewFile(f"{name}.xlsx", XLSX, ranking_xlsx(table, language, created=created))
    return Attachment(file, Text("reports.workbook", title=table.title, status=table.status))
