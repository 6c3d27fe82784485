"""One turn of a conversation: who speaks, what they may do, and how they are answered."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar, cast

from sqlalchemy.orm import Session

from bot.fetching import DownloadError, Found, Sources, Wanted
from campaign.filling import drafted
from campaign.folder_files import record_folder
from campaign.issuing import key_of
from campaign.models import Address, Form, FormKind, Membership, Unit
from campaign.outbox import enqueue
from campaign.people import memberships_of
from campaign.plan import form_kind, has_form, regulation_of
from campaign.ports import FolderFile, FormError, FormReading, Forms
from campaign.refusal import Refused
from campaign.roles import Role
from words import Text, Value

T = TypeVar("T")


@dataclass(slots=True)
class Turn:
    """What a person did is answered in one transaction, with what was fetched before it.

    `now` is when it came (and was stored): who acts in time is in time, however long it waits to be handled.
    """

    session: Session
    now: datetime
    update_id: int
    address: Address
    bot_username: str
    found: Found = field(default_factory=dict)
    _answers: int = 0

    @property
    def actor(self) -> str:
        """Who does it, for the history."""
        return f"person:{self.address.person_id}"

    def answer(self, id: str, /, **values: Value) -> None:  # noqa: A002 - the name that Text gives it
        """Answer with a text of the catalogue."""
        self.say(Text(id, **values))

    def say(self, text: Text, *, file: str | None = None) -> None:
        """Answer with a text, and with a stored file by its SHA-256. It goes out once, however often handled."""
        self._answers += 1
        key = f"update:{self.update_id}:{self._answers}"
        enqueue(self.session, self.address, "bot.answer", key=key, now=self.now, file=file, text=text)

    def fetch(self, name: str, work: Callable[[Sources], T]) -> T:
        """What `work` gives; it runs once, after this attempt was rolled back, so it must not hold on to rows.

        Raises FormError or DownloadError where it did.
        """
        if name not in self.found:
            raise Wanted(name, work, self.now)
        found = self.found[name]
        if isinstance(found, FormError | DownloadError):
            raise found
        return cast("T", found)

    def memberships(self, *roles: Role) -> list[Membership]:
        """The person's memberships with one of the roles, in the newest campaign where they have one.

        Raises Refused for somebody who has no part in any campaign (yet).
        """
        known = memberships_of(self.session, self.address)
        if not known:
            raise Refused(Text("bot.not_armed_yet" if self.address.person.memberships else "bot.no_role"))
        mine = [each for each in known if each.role in roles]
        return [each for each in mine if each.campaign_id == mine[0].campaign_id]

    def speaks_for(self, unit_id: int, *roles: Role) -> bool:
        """Whether the person has one of the roles in this very unit."""
        return any(each.unit_id == unit_id and each.role in roles for each in self.address.person.memberships)

    def is_in(self, campaign_id: int, *roles: Role) -> bool:
        """Whether the person has one of the roles in this very campaign."""
        return any(each.campaign_id == campaign_id and each.role in roles for each in self.address.person.memberships)

    def reading(self, unit: Unit) -> FormReading:
        """The unit's form as it stands now; of a unit that works with Excel, what it sent last.

        What lies in the unit's folder is recorded with it. Raises Refused where there is no form yet, FormError if it
        is out of reach.
        """
        form = self.session.get(Form, unit.id)
        if form is None or form.issued_at is None:
            raise Refused(no_form(unit))
        if form_kind(unit) is FormKind.EXCEL or form.file_id is None:
            return drafted(self.session, unit)
        file_id, folder_id, regulation, group = form.file_id, form.folder_id, regulation_of(unit.campaign), unit.group
        key = key_of(unit)

        def read(sources: Sources) -> tuple[FormReading, tuple[FolderFile, ...] | None]:
            if sources.forms is None:
                raise FormError("no_google", retry=False)
            reading = sources.forms.read(file_id, key, regulation, group)
            return reading, _lying_in(folder_id, sources.forms)

        reading, files = self.fetch(f"form {file_id}", read)
        if files is not None:
            record_folder(self.session, unit, files, now=self.now)
        return reading


def _lying_in(folder_id: str | None, forms: Forms) -> tuple[FolderFile, ...] | None:
    """All files in a unit's folder; None where it has no folder (any more), which is no trouble of its form."""
    if folder_id is None:
        return None
    try:
        return forms.folder_files(folder_id)
    except FormError as error:
        if error.retry:
            raise
        return None


def no_form(unit: Unit) -> Text:
    """Why the unit has no form to look at."""
    return Text("bot.no_form_yet" if has_form(unit) else "bot.nothing_to_declare", unit=unit.name)
