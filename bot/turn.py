"""One turn of a conversation: who speaks, what they may do, and how they are answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from campaign.models import Address, Form, Membership, Unit
from campaign.outbox import enqueue
from campaign.people import memberships_of
from campaign.plan import has_form, regulation_of
from campaign.ports import FormError, FormReading, Forms
from campaign.refusal import Refused
from campaign.roles import Role
from scoring import Regulation
from words import Text, Value

Readings = Mapping[str, FormReading | FormError]


class FormWanted(Exception):  # noqa: N818 - it asks for something, it is no error
    """The turn cannot go on before this form was read, which must not happen while the database is locked."""

    def __init__(self, file_id: str, regulation: Regulation, group: str) -> None:
        super().__init__(file_id)
        self.file_id = file_id
        self._regulation = regulation
        self._group = group

    def read(self, forms: Forms) -> FormReading | FormError:
        """Read the form, or say why it could not be read."""
        try:
            return forms.read(self.file_id, self._regulation, self._group)
        except FormError as error:
            return error


@dataclass(slots=True)
class Turn:
    """What a person did is answered in one transaction, with the forms that were read before it."""

    session: Session
    now: datetime
    update_id: int
    address: Address
    readings: Readings = field(default_factory=dict)
    _answers: int = 0

    def answer(self, id: str, /, **values: Value) -> None:  # noqa: A002 - the name that Text gives it
        """Answer with a text of the catalogue."""
        self.say(Text(id, **values))

    def say(self, text: Text) -> None:
        """Answer with a text. It goes out once, however often the update is handled."""
        self._answers += 1
        key = f"update:{self.update_id}:{self._answers}"
        enqueue(self.session, self.address, "bot.answer", key=key, now=self.now, text=text)

    def memberships(self, *roles: Role) -> list[Membership]:
        """The person's memberships with one of the roles, in the newest campaign where they have one.

        Raises Refused for somebody who has no part in any campaign (yet).
        """
        known = memberships_of(self.session, self.address)
        if not known:
            raise Refused(Text("bot.not_armed_yet" if self.address.person.memberships else "bot.no_role"))
        mine = [each for each in known if each.role in roles]
        return [each for each in mine if each.campaign_id == mine[0].campaign_id]

    def is_in(self, campaign_id: int, *roles: Role) -> bool:
        """Whether the person has one of the roles in this very campaign."""
        return any(each.campaign_id == campaign_id and each.role in roles for each in self.address.person.memberships)

    def reading(self, unit: Unit) -> FormReading:
        """The unit's form as it stands now. Raises Refused where there is none yet, FormError if it is out of reach."""
        form = self.session.get(Form, unit.id)
        if form is None or form.file_id is None:
            raise Refused(no_form(unit))
        if form.file_id not in self.readings:
            raise FormWanted(form.file_id, regulation_of(unit.campaign), unit.group)
        found = self.readings[form.file_id]
        if isinstance(found, FormError):
            raise found
        return found


def no_form(unit: Unit) -> Text:
    """Why the unit has no form to look at."""
    return Text("bot.no_form_yet" if has_form(unit) else "bot.nothing_to_declare", unit=unit.name)
