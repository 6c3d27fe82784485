"""The language of files.list: `'X' in parents and (trashed = false or name = 'Y')`."""

import operator
import re
from collections.abc import Callable
from datetime import UTC, datetime

from sandbox.google.drive.access import ROLES
from sandbox.google.drive.files import rfc3339
from sandbox.google.errors import GoogleError, invalid_parameter, not_stood_in
from sandbox.google.json_object import JSON

Test = Callable[[JSON], bool]
"""Whether a file is looked for."""

TOKEN = re.compile(
    r"""\s*(?:(?P<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?P<sign>!=|<=|>=|[=<>(){}])|(?P<word>[A-Za-z]+))\s*"""
)
ORDER = {"<": operator.lt, "<=": operator.le, "=": operator.eq, "!=": operator.ne, ">=": operator.ge, ">": operator.gt}
PEOPLE = {"owners": ("owner",), "writers": ("owner", "organizer", "fileOrganizer", "writer"), "readers": tuple(ROLES)}
DEEPEST = 100  # brackets and negations
NOT_STOOD_IN = {"fullText", "viewedByMeTime", "sharedWithMe", "visibility", "memberCount", "starred"}


def read_query(text: str, root: str) -> Test:
    """The test that a query is; `root` is the id that 'root' stands for. 400 where it cannot be read."""
    return _Parser(text, root).whole()


def _invalid() -> GoogleError:
    return invalid_parameter("Invalid Value", "q")


class _Parser:
    def __init__(self, text: str, root: str) -> None:
        self._tokens: list[tuple[str, str]] = []
        self._root = root
        if text.count("(") + text.count("not") > DEEPEST:
            raise _invalid()
        at = 0
        while at < len(text):
            found = TOKEN.match(text, at)
            if found is None or found.lastgroup is None:
                raise _invalid()
            self._tokens.append((found.lastgroup, found[found.lastgroup]))
            at = found.end()

    def whole(self) -> Test:
        test = self._any()
        if self._tokens:
            raise _invalid()
        return test

    def _is_next(self, text: str) -> bool:
        if self._tokens and self._tokens[0][1] == text:
            self._tokens.pop(0)
            return True
        return False

    def _take(self, kind: str) -> str:
        if not self._tokens or self._tokens[0][0] != kind:
            raise _invalid()
        return self._tokens.pop(0)[1]

    def _expect(self, text: str) -> None:
        if not self._is_next(text):
            raise _invalid()

    def _any(self) -> Test:
        tests = [self._all()]
        while self._is_next("or"):
            tests.append(self._all())
        return tests[0] if len(tests) == 1 else lambda file: any(test(file) for test in tests)

    def _all(self) -> Test:
        tests = [self._one()]
        while self._is_next("and"):
            tests.append(self._one())
        return tests[0] if len(tests) == 1 else lambda file: all(test(file) for test in tests)

    def _one(self) -> Test:
        if self._is_next("not"):
            test = self._one()
            return lambda file: not test(file)
        if self._is_next("("):
            test = self._any()
            self._expect(")")
            return test
        if self._tokens and self._tokens[0][0] == "string":
            value = self._string()
            self._expect("in")
            return self._collection(self._take("word"), value)
        return self._term(self._take("word"))

    def _string(self) -> str:
        return re.sub(r"\\(.)", r"\1", self._take("string")[1:-1])

    def _term(self, name: str) -> Test:
        if name in NOT_STOOD_IN:
            raise not_stood_in(f"searching files by {name}")
        if name in {"name", "mimeType"}:
            return self._text(name)
        if name in {"modifiedTime", "createdTime"}:
            return self._time(name)
        if name == "trashed":
            return self._trashed()
        if name in {"appProperties", "properties"}:
            return self._property(name)
        self._expect("in")  # gspread writes: parents in "X"
        return self._collection(name, self._string())

    def _text(self, name: str) -> Test:
        if self._is_next("contains"):
            part = self._string().casefold()
            return lambda file: _contains(file[name].casefold(), part, words=name == "name")
        equal = self._equality()
        value = self._string()
        return lambda file: (file[name] == value) is equal

    def _equality(self) -> bool:
        sign = self._take("sign")
        if sign not in {"=", "!="}:
            raise _invalid()
        return sign == "="

    def _time(self, name: str) -> Test:
        sign = self._take("sign")
        if sign not in ORDER:
            raise _invalid()
        moment = _moment(self._string())
        return lambda file: ORDER[sign](file[name], moment)

    def _trashed(self) -> Test:
        equal = self._equality()
        told = self._take("word")
        if told not in {"true", "false"}:
            raise _invalid()
        return lambda file: (file["trashed"] is (told == "true")) is equal

    def _property(self, name: str) -> Test:
        self._expect("has")
        self._expect("{")
        self._expect("key")
        self._expect("=")
        key = self._string()
        self._expect("and")
        self._expect("value")
        self._expect("=")
        value = self._string()
        self._expect("}")
        return lambda file: file.get(name, {}).get(key) == value

    def _collection(self, name: str, value: str) -> Test:
        if name == "parents":
            wanted = self._root if value == "root" else value
            return lambda file: wanted in file.get("parents", [])
        if name not in PEOPLE:
            raise _invalid()
        return lambda file: any(
            each["role"] in PEOPLE[name] and each.get("emailAddress", "").casefold() == value.casefold()
            for each in file["permissions"]
        )


def _contains(text: str, part: str, *, words: bool) -> bool:
    """Names are searched by the beginnings of their words, types anywhere."""
    return any(
        text.startswith(part, at) for at in range(len(text)) if not words or at == 0 or not text[at - 1].isalnum()
    )


def _moment(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise _invalid() from None
    return rfc3339(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
