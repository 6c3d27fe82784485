import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.google.errors import Invalid
from sandbox.google.formulas.evaluation import Place
from sandbox.google.formulas.values import Failure, Value
from sandbox.google.sheets.computed import evaluation
from tests.sandbox.google.paper import paper, value

CELLS = {
    "A1": "1",
    "A2": "2,5",
    "A3": "Có",
    "A4": "TRUE",
    # A5 is empty
    "A6": "=1/0",
    "A7": "có",
    "A8": "10",
    "B1": "3",
    "B2": "4",
    "B3": "5",
    "B8": '=""',
    "C1": "0,1",
    "C2": "0,2",
    "'Số liệu'!A1": "42",
}

TABLE: list[tuple[str, Value]] = [
    # counting by several conditions, and text in pieces
    ('=COUNTIFS(A1:A3;">0";B1:B3;">=4")', 1.0),
    ('=COUNTIFS(A1:A3;"Có")', 1.0),
    ('=COUNTIFS(A1:A3;">0";B1:B2;">0")', "#VALUE!"),
    ('=COUNTIFS(A1:A3;">0";B1:B3)', "#N/A"),
    ('=SUMIFS(B1:B3;A1:A3;">0";B1:B3;"<4")', 3.0),
    ("=COUNTIF('Số liệu'!A1:A9;42)", 1.0),
    ("=COUNTIF('Số liệu'!A:A;\"<>\"&A9)", 1.0),
    ('=MID("1.2a – Kế hoạch";1;4)', "1.2a"),
    ('=MID("abc";0;1)', "#VALUE!"),
    ('=MID("abc";3;9)', "c"),
    ('=FIND(" ";"1.2a – x")', 5.0),
    ('=FIND("A";"banana")', "#VALUE!"),
    ('=SEARCH("A";"banana";3)', 4.0),
    ('=LEFT("1.2a – x";FIND(" ";"1.2a – x")-1)', "1.2a"),
    ('=UPPER("đạt")&LOWER("ĐẠT")', "ĐẠTđạt"),
    ('=EXACT("Có";"có")', False),
    ('=TEXTJOIN("; ";TRUE;A3:A5;"x")', "Có; TRUE; x"),
    ('=TEXTJOIN(", ";FALSE;"a";"";"b")', "a, , b"),
    ('=REGEXEXTRACT("công văn 15/SNV";"\\d+/(\\w+)")', "SNV"),
    ('=REGEXEXTRACT("abc";"\\d")', "#N/A"),
    ('=REGEXREPLACE("15.763";"(\\d+)\\.(\\d+)";"$1$2")', "15763"),
    ('=REGEXMATCH("a";"(?=a)")', "#REF!"),
    ('=REGEXMATCH("aa";"(a)\\1")', "#REF!"),
    ('=IFNA(REGEXEXTRACT("abc";"\\d");"không")', "không"),
    ('=IFNA(1/0;"không")', "#DIV/0!"),
    ("=ISNA(IFNA(1;2))", False),
    ("=ISLOGICAL(A4)", True),
    ("=ISNONTEXT(A1)", True),
    # operators
    ("=1+2*3", 7.0),
    ("=(1+2)*3", 9.0),
    ("=7-2-1", 4.0),
    ("=8/4/2", 1.0),
    ("=-2^2", 4.0),
    ("=2^-1", 0.5),
    ("=--A1", 1.0),
    ("=50%", 0.5),
    ("=57%", 0.57),
    ("=1/4", 0.25),
    ("=2,5+1", 3.5),
    ("=1e3", 1000.0),
    ('="a"&"b"', "ab"),
    ("=A2&A3", "2,5Có"),
    ("=A4&A5", "TRUE"),
    ('=1/3&""', "0,333333333333333"),
    ('="nói ""có"""', 'nói "có"'),
    ("=1=1,0", True),
    ('="A"="a"', True),
    ("=A3=A7", True),
    ('="10">"9"', False),
    ('="a">5', True),
    ("=C1+C2=0,3", True),
    ("=1<>2", True),
    ("=2<=2", True),
    ("=A5=0", True),
    ('=A5=""', True),
    ("=A5=FALSE", True),
    # references
    ("=A1", 1.0),
    ("=$A$1+A$2+$B1", 6.5),
    ("='Số liệu'!A1", 42.0),
    ("='số LIỆU'!A1", 42.0),
    ("=SUM('Số liệu'!A:A)", 42.0),
    ("=SUM(A1:B2)", 10.5),
    ("=SUM(B2:A1)", 10.5),
    ("=SUM(B:B)", 12.0),
    ("=SUM(1:1)", 4.1),
    ("=SUM(B2:B)", 9.0),
    ("=A5", None),
    ("=Không!A1", "#REF!"),
    ("=A2000", "#REF!"),
    ("=#REF!+1", "#REF!"),
    ("=diem", "#NAME?"),
    ("=B1:B3", "#VALUE!"),
    # blanks, text and errors in arithmetic
    ("=A5+1", 1.0),
    ("=A4+1", 2.0),
    ('="2,5"*2', 5.0),
    ('="1.234,5"+0', 1234.5),
    ('=""+1', "#VALUE!"),
    ("=A3+1", "#VALUE!"),
    ("=A6+1", "#DIV/0!"),
    ("=1/0", "#DIV/0!"),
    ("=1/A5", "#DIV/0!"),
    ("=10^400", "#NUM!"),
    ("=1e300*1e300", "#NUM!"),
    ("=0^-1", "#NUM!"),
    ("=(-8)^0,5", "#NUM!"),
    ("=SUM(A1:A6)", "#DIV/0!"),
    # choosing
    ('=IF(A1>0;"dương";"không")', "dương"),
    ("=IF(A1<0;1)", False),
    ("=IF(TRUE;;5)", None),
    ("=IF(FALSE;1/0;2)", 2.0),
    ("=IF(A3;1;2)", "#VALUE!"),
    ("=IFS(A1>5;1;A1>0;2)", 2.0),
    ("=IFS(A1>5;1)", "#N/A"),
    ("=AND(A1>0;A2>0)", True),
    ("=AND(A1>0;A4;A5)", True),
    ("=OR(A1>5;A2>5)", False),
    ("=OR(A3:A5)", True),
    ('=OR("x";A1)', "#VALUE!"),
    ("=OR(A3:A3)", "#VALUE!"),
    ('=NOT("false")', True),
    ("=NOT(A4)", False),
    ("=IFERROR(A6;-1)", -1.0),
    ("=IFERROR(1/0)", ""),
    ("=IFERROR(5;1/0)", 5.0),
    ('=SWITCH(A3;"không";0;"CÓ";1)', 1.0),
    ("=SWITCH(9;1;2;3;4;-1)", -1.0),
    ("=SWITCH(9;1;2)", "#N/A"),
    ('=CHOOSE(2;"a";"b")', "b"),
    ('=CHOOSE(3;"a";"b")', "#NUM!"),
    ("=TRUE()", True),
    # asking
    ("=ISBLANK(A5)", True),
    ("=ISBLANK(B8)", False),
    ("=ISBLANK(A6)", False),
    ("=ISNUMBER(A1)", True),
    ("=ISNUMBER(A4)", False),
    ("=ISNUMBER(A6)", False),
    ("=ISTEXT(A3)", True),
    ("=ISTEXT(A1)", False),
    ("=ISERROR(1/0)", True),
    ("=N(A4)", 1.0),
    ("=N(A3)", 0.0),
    ("=N(A5)", 0.0),
    ("=N(A6)", "#DIV/0!"),
    # rounding
    ("=ROUND(2,5)", 3.0),
    ("=ROUND(-2,5)", -3.0),
    ("=ROUND(2,675;2)", 2.68),
    ("=ROUND(1,005;2)", 1.01),
    ("=ROUND(8,995;2)", 9.0),
    ("=ROUND(0,1*3*10/2;0)", 2.0),
    ("=ROUND(1234;-2)", 1200.0),
    ("=ROUND(5;500)", 5.0),
    ("=ROUND(5;-500)", 0.0),
    ("=ROUNDUP(2,001;2)", 2.01),
    ("=ROUNDUP(-2,1;0)", -3.0),
    ("=ROUNDDOWN(2,999;2)", 2.99),
    ("=ROUNDDOWN(0,29*100;0)", 29.0),
    ("=INT(-2,5)", -3.0),
    ("=ABS(-3)", 3.0),
    ("=QUOTIENT(7;2)", 3.0),
    ("=QUOTIENT(-7;2)", -3.0),
    ("=QUOTIENT(7;0)", "#DIV/0!"),
    ("=MOD(7;3)", 1.0),
    ("=MOD(-7;3)", 2.0),
    ("=MOD(7;0)", "#DIV/0!"),
    # many cells
    ("=SUM(A1:A5)", 3.5),
    ('=SUM(1;"2";TRUE)', 4.0),
    ('=SUM(1;"x")', "#VALUE!"),
    ("=MIN(B1:B3)", 3.0),
    ("=MIN(A5)", 0.0),
    ("=MAX(B1:B3;9)", 9.0),
    ("=AVERAGE(B1:B3)", 4.0),
    ("=AVERAGE(A3)", "#DIV/0!"),
    ("=COUNT(A1:A8)", 3.0),
    ("=COUNTA(A1:A8)", 7.0),
    ("=COUNTA(B8)", 1.0),
    ("=COUNTBLANK(A1:B8)", 6.0),
    ('=COUNTIF(A1:A8;"có")', 2.0),
    ('=COUNTIF(A1:A8;"C*")', 2.0),
    ('=COUNTIF(A1:A8;"?ó")', 2.0),
    ('=COUNTIF(A1:A8;"~*")', 0.0),
    ('=COUNTIF(B1:B3;">=4")', 2.0),
    ('=COUNTIF(B1:B3;"<>4")', 2.0),
    ('=COUNTIF(C1:C2;">0,15")', 1.0),
    ("=COUNTIF(B1:B3;4)", 1.0),
    ("=COUNTIF(A1:A8;TRUE)", 1.0),
    ("=COUNTIF(A1:A8;A6)", 1.0),
    ('=COUNTIF(A1:A8;"true")', 1.0),
    ('=COUNTIF(A1:A8;">B")', 2.0),
    ('=COUNTIF(A1:A5;"")', 1.0),
    ('=SUMIF(B1:B3;">3")', 9.0),
    ('=SUMIF(A1:A3;"có";B1:B3)', 5.0),
    ("=SUMIF(A1:A3;1;B1:B2)", "#VALUE!"),
    ("=SUMPRODUCT(B1:B3)", 12.0),
    ("=SUMPRODUCT(A1:A2;B1:B2)", 13.0),
    ("=SUMPRODUCT(A1:A3;B1:B3)", 13.0),
    ('=SUMPRODUCT((A1:A3="Có")*B1:B3)', 5.0),
    ("=SUMPRODUCT(--(B1:B3>3))", 2.0),
    ("=SUMPRODUCT(B1:B3>3)", 0.0),
    ("=SUMPRODUCT(ROUND(B1:B3/3;1)*1)", 4.0),
    ("=SUMPRODUCT(IF(B1:B3>3;1;0))", 2.0),
    ("=SUMPRODUCT(IFERROR(1/A4:A6;0)*1)", 1.0),
    ("=SUMPRODUCT(1/A4:A6)", "#DIV/0!"),
    ("=SUMPRODUCT(A1:A2;B1:B3)", "#VALUE!"),
    ("=SUMPRODUCT(A1:A2*B1:B3)", "#VALUE!"),
    # finding
    ("=VLOOKUP(2,5;A1:B3;2;FALSE)", 4.0),
    ('=VLOOKUP("CÓ";A1:B3;2;FALSE)', 5.0),
    ("=VLOOKUP(99;A1:B3;2;FALSE)", "#N/A"),
    ("=VLOOKUP(1;A1:B3;3;0)", "#REF!"),
    ("=VLOOKUP(1;A1:B3;0;0)", "#VALUE!"),
    ("=MATCH(5;B1:B3;0)", 3.0),
    ("=MATCH(6;B1:B3;0)", "#N/A"),
    ("=MATCH(4;A1:B3;0)", "#N/A"),
    ("=INDEX(B1:B3;2)", 4.0),
    ("=INDEX(A1:B1;2)", 3.0),
    ("=INDEX(A1:B3;2;2)", 4.0),
    ("=SUM(INDEX(A1:B3;0;2))", 12.0),
    ("=INDEX(B1:B3;4)", "#NUM!"),
    ("=INDEX(B1:B3;MATCH(4;B1:B3;0))", 4.0),
    # text
    ('=CONCATENATE(A3;" ";A2)', "Có 2,5"),
    ("=LEN(A3)", 2.0),
    ('=TRIM("  hai   từ ")', "hai từ"),
    ('=SUBSTITUTE("15.763";".";"")', "15763"),
    ('=SUBSTITUTE("15.763";"";"x")', "15.763"),
    ('=VALUE("8,5")', 8.5),
    ("=VALUE(12)", 12.0),
    ('=VALUE("mười hai")', "#VALUE!"),
    ('=REGEXMATCH("8,5";"^[0-9]+(,[0-9]+)?$")', True),
    ('=REGEXMATCH("1.5";"^[0-9]+(,[0-9]+)?$")', False),
    ('=REGEXMATCH("1";"(")', "#REF!"),
    ('=LEFT("Sở Tư pháp";2)', "Sở"),
    ('=LEFT("Sở")', "S"),
    ('=RIGHT("Sở Tư pháp";4)', "pháp"),
    ('=LEFT("Sở";-1)', "#VALUE!"),
    ('=TEXT(2,5;"0,00")', "2,50"),
    ('=TEXT(1234,5;"#.##0,0")', "1.234,5"),
    ('=TEXT(0,256;"0,0%")', "25,6%"),
    ('=TEXT(46083;"dd/mm/yyyy")', "02/03/2026"),
    ('=TEXT(A3;"0")', "Có"),
    ('=TEXT(5;"[xanh]0")', "#VALUE!"),
    # what cannot be read in this locale, and what has the wrong number of arguments
    ("=SUM(A1,A2)", "#ERROR!"),
    ("=ROUND(A1,2)", "#ERROR!"),
    ("=1.5+1", "#ERROR!"),
    ("=1+", "#ERROR!"),
    ("=(1", "#ERROR!"),
    ("=1)", "#ERROR!"),
    ('="mở', "#ERROR!"),
    ("=SUM(", "#ERROR!"),
    ("=ROUND()", "#N/A"),
    ("=ROUND(1;2;3)", "#N/A"),
]


@pytest.mark.parametrize(("formula", "expected"), TABLE, ids=[formula for formula, _ in TABLE])
def test_a_formula_has_its_value_in_the_vietnamese_locale(formula: str, expected: Value) -> None:
    got = value(paper({**CELLS, "E20": formula}), "E20")
    assert (type(got), got) == (type(expected), expected)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("=SUM(A1,A2)", 3.5),
        ("=ROUND(2.675,2)", 2.68),
        ("=SUM(A1;A2)", 3.5),
        ("=1,5", "#ERROR!"),
        ('=TEXT(1234.5,"#,##0.0")', "1,234.5"),
        ('=1/4&""', "0.25"),
        ('=COUNTIF(A1:A2,">1.5")', 1.0),
    ],
)
def test_a_formula_has_its_value_in_a_locale_with_a_decimal_point(formula: str, expected: Value) -> None:
    assert value(paper({"A1": "1", "A2": "2.5", "B1": formula}, "en_GB"), "B1") == expected


@pytest.mark.parametrize(
    ("formula", "named"),
    [
        ("=VSTACK(A1:A2)", "the function VSTACK"),
        ("=1+SQRT(2)", "the function SQRT"),
        ("=VLOOKUP(1;A1:B2;2)", "VLOOKUP in a sorted range; say FALSE or 0 for an exact search"),
        ("=MATCH(1;A1:A2;1)", "MATCH in a sorted range; say FALSE or 0 for an exact search"),
        ("=2^3^2", "a^b^c without brackets: programs disagree on what it means"),
        ("=" + "(" * 61 + "1" + ")" * 61, "more than 60 brackets within brackets"),
    ],
)
def test_a_formula_that_the_sandbox_does_not_compute_is_refused_by_name(formula: str, named: str) -> None:
    with pytest.raises(Invalid) as refusal:
        paper({"A1": formula})
    assert str(refusal.value) == f"The sandbox does not compute {named}: {formula}"


def test_cells_that_depend_on_themselves_are_ref_errors() -> None:
    edit = paper({"A1": "=B1", "B1": "=C1+1", "C1": "=A1", "D1": "=A1+1", "E1": "=E1", "F1": "=SUM(F:F)", "G1": "=1"})
    assert [value(edit, name) for name in ("A1", "B1", "C1", "D1", "E1", "F1", "G1")] == ["#REF!"] * 6 + [1.0]


def test_a_long_chain_of_cells_is_computed() -> None:
    cells = {f"A{row}": f"=A{row - 1}+1" for row in range(2, 1001)}
    assert value(paper({"A1": "1", **cells}), "A1000") == 1000.0


def test_a_long_sum_is_computed() -> None:
    assert value(paper({"A1": "=0" + "+1" * 20_000}), "A1") == 20_000.0


def test_a_range_gives_the_cell_level_with_the_formula() -> None:
    edit = paper({"A1": "1", "A2": "2", "B1": "7", "B2": "=A1:A3*10", "B3": "=A1:C1", "D9": "=A1:A3"})
    assert (value(edit, "B2"), value(edit, "B3"), value(edit, "D9")) == (20.0, 7.0, "#VALUE!")


PIECES = st.sampled_from(
    [
        *"0123456789,.;:+-*/^&=<>%()$!'\" é",
        *("A1", "B2", "A1:B3", "A:A", "TRUE", "FALSE", '"a"', '">1"', "1,5", "1e300", "#REF!", "'Số liệu'!A1"),
        *("SUM(", "IF(", "ROUND(", "COUNTIF(", "SUMPRODUCT(", "VLOOKUP(", "INDEX(", "TEXT(", "MATCH(", "LEFT("),
        *("CHOOSE(", "SWITCH(", "MOD(", "QUOTIENT(", "AND(", "AVERAGE(", "NGHĨA("),
    ]
)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_the_evaluator_never_raises(body: str) -> None:
    values = evaluation(paper(CELLS).book)
    found = values.formula("=" + body, Place(0, 19, 4))
    assert found is None or isinstance(found, float | str | bool | Failure)
