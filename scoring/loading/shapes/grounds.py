"""What the shapes of all pieces share: words that may not be empty, and grounds."""

from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from scoring.rules.rule import Written

Slug = Annotated[str, Field(pattern="^[a-z][a-z0-9_]*$")]
Said = Annotated[str, Field(min_length=1)]


class Grounded(Written):
    """Something that rests on a clause, or is assumed for a reason."""

    clause: Said | None = None
    """The clause it rests on, as `clauses` names it."""
    assumed: Said | None = None
    """Why it is taken so, where the text does not say; it is shown under the form and the ranking."""

    @model_validator(mode="after")
    def has_grounds(self) -> Self:
        """Refuse what rests on nothing."""
        if self.clause is None and self.assumed is None:
            raise PydanticCustomError("no_grounds", "a clause or the reason for an assumption is wanted")
        return self
