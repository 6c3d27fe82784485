import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.store import Store

DIES_IN_A_TRANSACTION = """
import os, signal, sys
from pathlib import Path
from sandbox.store import Store

store = Store(Path(sys.argv[1]))
store.put("person", "5", {"name": "Hoa"})
store.next("message")
with store.transaction():
    store.put("person", "5", {"name": "half done"})
    store.put("person", "6", {"name": "half done"})
    store.next("message")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@contextmanager
def failing_transaction(store: Store) -> Iterator[None]:
    """A transaction that an exception ends after everything inside is done."""
    with suppress(ZeroDivisionError), store.transaction():
        yield
        raise ZeroDivisionError


def test_a_document_comes_back_as_it_was_put() -> None:
    store = Store(None)
    store.put("person", "5", {"name": "Đặng Thị Hoa"})
    assert store.get("person", "5") == {"name": "Đặng Thị Hoa"}
    assert store.get("person", "6") is None
    store.close()


def test_changing_what_was_read_changes_nothing_in_the_store() -> None:
    store = Store(None)
    store.put("person", "5", {"roles": ["contact"]})
    document = store.get("person", "5")
    assert document is not None
    document["roles"].append("leader")
    assert store.get("person", "5") == {"roles": ["contact"]}
    store.close()


def test_documents_keep_the_order_in_which_they_first_came() -> None:
    store = Store(None)
    for name in ("b", "a", "c"):
        store.put("unit", name, {})
    store.put("unit", "b", {"changed": True})
    store.delete("unit", "a")
    store.put("unit", "a", {"again": True})
    assert store.all("unit") == [("b", {"changed": True}), ("c", {}), ("a", {"again": True})]
    store.close()


def test_counters_count_from_one_each_on_its_own() -> None:
    store = Store(None)
    assert [store.next("x"), store.next("x"), store.next("y"), store.next("x")] == [1, 2, 1, 3]
    store.close()


def test_an_exception_takes_back_everything_since_the_transaction_began() -> None:
    store = Store(None)
    store.put("unit", "a", {"points": 1})
    store.put("unit", "b", {})
    with failing_transaction(store):
        store.put("unit", "a", {"points": 2})
        store.delete("unit", "b")
        store.put("unit", "c", {})
        store.next("unit")
    assert store.all("unit") == [("a", {"points": 1}), ("b", {})]
    assert store.next("unit") == 1
    store.close()


def test_an_inner_transaction_is_part_of_the_outer_one() -> None:
    store = Store(None)
    with failing_transaction(store), store.transaction():
        store.put("unit", "a", {})
    assert store.all("unit") == []
    store.close()


def test_bytes_come_back_by_their_digest_and_are_kept_once() -> None:
    store = Store(None)
    digest = store.keep_bytes(b"\x00\xff")
    assert store.keep_bytes(b"\x00\xff") == digest
    assert store.bytes_of(digest) == b"\x00\xff"
    with pytest.raises(KeyError):
        store.bytes_of("0" * 64)
    store.close()


def test_a_file_opened_again_has_everything_in_the_same_order(tmp_path: Path) -> None:
    first = Store(tmp_path / "sandbox.db")
    for name in ("b", "a", "c"):
        first.put("unit", name, {"name": name})
    digest = first.keep_bytes(b"picture")
    first.next("unit")
    first.close()
    again = Store(tmp_path / "sandbox.db")
    assert again.all("unit") == [("b", {"name": "b"}), ("a", {"name": "a"}), ("c", {"name": "c"})]
    assert again.bytes_of(digest) == b"picture"
    assert again.next("unit") == 2
    again.close()


def test_a_process_killed_in_a_transaction_leaves_what_was_there_before_it(tmp_path: Path) -> None:
    path = tmp_path / "sandbox.db"
    died = subprocess.run([sys.executable, "-c", DIES_IN_A_TRANSACTION, str(path)], check=False)
    assert died.returncode == -signal.SIGKILL
    store = Store(path)
    assert store.all("person") == [("5", {"name": "Hoa"})]
    assert store.next("message") == 2
    store.close()


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["put", "delete", "fail"]), st.integers())))
def test_the_store_and_its_file_never_differ(moves: list[tuple[str, str, int]]) -> None:
    store = Store(None)
    expected: dict[str, dict[str, int]] = {}
    for name, move, number in moves:
        if move == "put":
            store.put("unit", name, {"n": number})
            expected[name] = {"n": number}
        elif move == "delete":
            store.delete("unit", name)
            expected.pop(name, None)
        else:
            with failing_transaction(store):
                store.delete("unit", name)
                store.put("unit", name, {"n": number})
    rows = store._database.execute("SELECT id, body FROM document WHERE kind = 'unit' ORDER BY position")
    assert store.all("unit") == list(expected.items())
    assert [id_ for id_, _ in rows] == list(expected)
    store.close()


def test_a_large_document_is_packed_and_comes_back_as_it_was(tmp_path: Path) -> None:
    large = {"cells": [[row, "Nội dung"] for row in range(2_000)]}
    store = Store(tmp_path / "sandbox.db")
    store.put("google_book", "1", large)
    store.close()
    assert (tmp_path / "sandbox.db").stat().st_size < 60_000
    store = Store(tmp_path / "sandbox.db")
    assert store.get("google_book", "1") == large
    store.close()


def test_a_look_shows_what_is_there_now_in_order() -> None:
    store = Store(None)
    for name in ("b", "a"):
        store.put("unit", name, {"name": name})
    assert store.look("unit") == {"b": {"name": "b"}, "a": {"name": "a"}}
    store.put("unit", "b", {"name": "c"})
    store.delete("unit", "a")
    assert list(store.look("unit").items()) == [("b", {"name": "c"})]
    store.close()
