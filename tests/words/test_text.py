"""Texts before they have a language, and what the database keeps of them."""

import json
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from words import Series, Text, Value, dump, load

HANOI = timezone(timedelta(hours=7))

single = (
    st.text()
    | st.integers()
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.dates()
    | st.datetimes(timezones=st.just(HANOI), allow_imaginary=False).map(lambda instant: instant.replace(fold=0))
)


def compound(values: st.SearchStrategy[Value]) -> st.SearchStrategy[Value]:
    lines = st.lists(values, max_size=3).map(tuple)
    named = st.dictionaries(st.sampled_from(["n", "unit", "text", "values", "series", "date"]), values, max_size=3)
    return lines | lines.map(Series) | named.map(lambda each: Text("campaign.example", **each))


@given(st.recursive(single, compound, max_leaves=8))
def test_every_value_comes_back_from_json_with_its_type_and_its_digits(value: Value) -> None:
    assert repr(load(json.loads(json.dumps(dump(value))))) == repr(value)


def test_the_stored_form_of_a_text_is_plain_json() -> None:
    text = Text("reports.receipt", unit="Sở Mẫu", at=date(2026, 10, 31), points=Decimal("8.50"))
    assert dump(text) == {
        "text": "reports.receipt",
        "values": {"unit": "Sở Mẫu", "at": {"date": "2026-10-31"}, "points": {"decimal": "8.50"}},
    }


def test_a_text_may_carry_a_value_that_is_itself_called_id() -> None:
    assert Text("bot.choice", id="7").values == {"id": "7"}


def test_texts_are_equal_when_id_and_values_are() -> None:
    same, other = Text("a.b", n=1), Text("a.b", n=2)
    assert Text("a.b", n=1) == same
    assert same != other
    assert len({Text("a.b", n=1), same, other}) == 2


def test_an_instant_keeps_the_offset_in_which_it_is_told() -> None:
    told = datetime(2026, 10, 31, 23, 41, tzinfo=HANOI)
    assert repr(load(dump(told))) == repr(told)
