"""How a command ends that cannot do what was asked: what is said, and the exit code.

1: errors were found, or an action was refused. 2: wrong use, wrong settings, or a machine that does not let us work.
"""

from dataclasses import dataclass

from campaign.refusal import Refused
from words import Text

FOUND_ERRORS = 1
WRONG_USE = 2


class WrongUseError(Exception):
    """A command called wrongly, or with settings that cannot be used; each of `texts` says what, and what to do."""

    def __init__(self, *texts: Text) -> None:
        super().__init__(*texts)
        self.texts = texts


@dataclass(frozen=True, slots=True)
class Failure:
    """What is said of an exception, a line each, and the exit code."""

    texts: tuple[Text, ...]
    code: int


def explain(error: Exception) -> Failure | None:
    """Return what to say of an exception; None for one that only a defect of ours explains."""
    match error:
        case Refused():
            return Failure((error.text,), FOUND_ERRORS)
        case WrongUseError():
            return Failure(error.texts, WRONG_USE)
        case OSError(filename=str(file), strerror=str(why)):
            return Failure((Text("app.file_unusable", file=file, why=why),), WRONG_USE)
    in_the_database = _of_the_database(error)
    return Failure((Text("app.database_unusable", error=in_the_database),), WRONG_USE) if in_the_database else None


def _of_the_database(error: Exception) -> str | None:
    """Why the database cannot be used, in one line; None where a statement of ours is the reason, or something else."""
    from sqlalchemy.exc import ArgumentError, InterfaceError, NoSuchModuleError, OperationalError  # noqa: PLC0415 - slow

    match error:
        case InterfaceError() | OperationalError():
            return " ".join(str(error.orig).split())
        case ArgumentError() | NoSuchModuleError():
            return " ".join(str(error).split())
    return None
