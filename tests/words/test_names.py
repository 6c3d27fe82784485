"""Names in the order of the Vietnamese alphabet."""

from hypothesis import given
from hypothesis import strategies as st

from words import in_order


def test_letters_go_before_tones_and_each_vietnamese_letter_has_its_place() -> None:
    names = [
        "Sở Y tế",
        "Sở Xây dựng",
        "Đông Hà",
        "Dương",
        "Dĩ An",
        "Ăn",
        "Âu",
        "An",
        "Ơ",
        "Ô",
        "O",
        "Ư",
        "U",
        "Huế",
        "Hue",
    ]

    ordered = sorted(names, key=in_order)

    expected = ["An", "Ăn", "Âu", "Dĩ An", "Dương", "Đông Hà", "Hue", "Huế", "O", "Ô", "Ơ", "Sở Xây dựng", "Sở Y tế"]
    assert ordered == [*expected, "U", "Ư"]


def test_composed_and_decomposed_letters_are_the_same_name() -> None:
    assert in_order("Hu\u1ebf") == in_order("Hue\u0302\u0301")


def test_equal_names_are_told_apart_by_what_is_given_besides() -> None:
    assert sorted([("Sở", "b"), ("Sở", "a")], key=lambda each: in_order(*each)) == [("Sở", "a"), ("Sở", "b")]


@given(st.text())
def test_any_text_has_its_place(text: str) -> None:
    assert in_order(text) == in_order(text)
