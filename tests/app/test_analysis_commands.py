"""The commands that look behind a ranking: what is missing to the next grade, another year, how firm it is."""

import json
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from tests.app.command_line import xephang

UNITS = """unit,name,group,status
so-a,Sở A,so,
so-b,Sở B,so,
so-c,Sở C,so,late
xa-a,Xã A,xa,
"""
ANSWERS = """unit,key,value,by,previous
so-a,machines_all,4,,
so-a,protected,3,,
so-a,wall,có,,không
so-a,plan_made,late,,
so-a,posts_made,12,officer,
so-b,machines_all,10,,
so-b,protected,10,,
so-b,wall,không,,không
so-b,plan_made,on_time,,
so-b,posts_made,0,officer,
xa-a,wall,có,,
"""
BEFORE = """unit,key,value,by
so-a,machines_all,4,
so-a,protected,1,
so-b,wall,có,
so-b,plan_made,on_time,
xa-a,wall,không,
"""


@pytest.fixture(scope="module")
def first_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a regulation, units, and the answers and rankings of two years."""
    office = tmp_path_factory.mktemp("office")
    small = Path(__file__).parents[1] / "scoring" / "small.yaml"
    for name, text in (("units", UNITS), ("answers", ANSWERS), ("before", BEFORE)):
        (office / f"{name}.csv").write_text(text, "utf-8")
    (office / "small.yaml").write_text(small.read_text("utf-8"), "utf-8")
    for name, answers in (("now.json", "answers.csv"), ("then.json", "before.csv")):
        scored = xephang(office, "score", "small.yaml", "--answers", answers, "--units", "units.csv", "--json")
        (office / name).write_text(scored.stdout, "utf-8")
    return office


@pytest.fixture
def office(first_office: Path, tmp_path: Path) -> Path:
    """A copy of the folder, to change things in."""
    return Path(copytree(first_office, tmp_path / "office"))


FILES = ("small.yaml", "--answers", "answers.csv", "--units", "units.csv")


SAID = (
    "Để đạt Tốt, còn thiếu 2,00 điểm ở “Tổng điểm” (hiện có 6,00, cần 8,00). "
    "Chỉ cần đạt điểm tối đa ở 1 tiêu chí: Có tường lửa (thêm 2,00 điểm)."
)


def read(office: Path, *words: str) -> Any:  # noqa: ANN401 - any JSON document
    answer = xephang(office, *words, "--json")
    assert (answer.returncode, answer.stderr) == (0, "")
    return json.loads(answer.stdout)


def test_a_unit_is_told_what_it_lacks_to_the_next_grade(office: Path) -> None:
    answer = xephang(office, "next", *FILES, "--unit", "so-b")

    # 4,00 + 0,00 + 2,00 + 0,00 = 6,00 of the 8,00 for Tốt
    assert (answer.returncode, answer.stderr, answer.stdout) == (
        0,
        "",
        f"Sở B: {SAID}\nĐiểm còn có thể đạt thêm ở “Tổng điểm”:\n    2,00  Có tường lửa\n    2,00  Tin bài\n",
    )


def test_a_program_is_told_the_same(office: Path) -> None:
    assert read(office, "next", *FILES, "--unit", "so-b") == {
        "problems": [],
        "unit": "so-b",
        "group": "so",
        "status": "ranked",
        "reason": None,
        "next_grade": {
            "label": "Tốt",
            "shortfalls": [
                {
                    "node": "total",
                    "points": "6.00",
                    "minimum": "8.00",
                    "lacks": "2.00",
                    "gains": [
                        {"node": "firewall", "room": "2.00", "points": "2.00"},
                        {"node": "posts", "room": "2.00", "points": "2.00"},
                    ],
                }
            ],
            "enough": ["firewall"],
            "text": SAID,
        },
        "next_level": None,
    }


def test_at_the_top_and_without_an_assessment_that_is_said(office: Path) -> None:
    # 3,00 + 2,00 + 1,00 + 2,00 = 8,00
    top, late = (xephang(office, "next", *FILES, "--unit", unit) for unit in ("so-a", "so-c"))

    assert (top.returncode, top.stdout) == (0, "Sở A: đã ở mức cao nhất.\n")
    assert (late.returncode, late.stdout) == (0, "Sở C: Gửi phiếu chậm: không xếp hạng (Điều 2)\n")


def test_an_unknown_unit_is_wrong_use(office: Path) -> None:
    answer = xephang(office, "next", *FILES, "--unit", "so-x")

    told = "Không có đơn vị nào mang mã “so-x” trong tệp đơn vị. Hãy dùng mã ở cột unit.\n"
    assert (answer.returncode, answer.stderr) == (2, told)


@pytest.mark.parametrize("command", [("next", "--unit", "so-a"), ("robustness", "--values", "5")])
def test_a_bad_row_ends_the_command_with_its_place(office: Path, command: tuple[str, ...]) -> None:
    (office / "answers.csv").write_text("unit,key,value\nso-a,wall,có lẽ\n", "utf-8")
    name, *options = command
    told, listed = (xephang(office, name, *FILES, *options, *json) for json in ((), ("--json",)))

    assert (told.returncode, told.stdout, told.stderr.startswith("answers.csv:2 value")) == (1, "", True)
    problem, *_ = json.loads(listed.stdout)["problems"]
    assert (listed.returncode, problem["code"], problem["line"]) == (1, "wrong_value", 2)


COLUMNS = (
    "Các cột: nhóm; hạng năm nay, năm trước, số bậc tăng; tổng điểm theo % năm nay, năm trước, chênh lệch (điểm %); "
    "đơn vị."
)


RANKINGS = ("small.yaml", "--this", "now.json", "--previous", "then.json")


def test_two_years_are_compared_unit_by_unit(office: Path) -> None:
    answer = xephang(office, "compare", *RANKINGS, "--units", "units.csv", "--answers", "answers.csv")

    # so-a: 8,00 after 1,00 of 10; so-b: 6,00 after 2,00 + 2,00; the earlier firewalls are noted for so-a and so-b
    assert (answer.returncode, answer.stderr, answer.stdout.splitlines()) == (
        0,
        "",
        [
            COLUMNS,
            "so             1     2     1    80,00    10,00    70,00  Sở A",
            "so             2     1    -1    60,00    40,00    20,00  Sở B",
            "so             –     –     –        –        –        –  Sở C (năm nay không được đánh giá)",
            "xa             1     1     0    50,00     0,00    50,00  Xã A",
            "2/3 đơn vị có tường lửa (năm trước: 0/2)",
        ],
    )


def test_the_earlier_answers_may_be_a_file_of_their_own(office: Path) -> None:
    found = read(office, "compare", *RANKINGS, "--answers", "answers.csv", "--previous-answers", "before.csv")

    assert found["sentences"] == ["2/3 đơn vị có tường lửa (năm trước: 1/3)"]
    assert (found["regulation"], found["previous_regulation"], found["problems"]) == ("small", "small", [])
    assert list(found["units"][0]) == ["unit", "group", "fate", "note", "rank", "previous_rank", "climbed", "nodes"]
    assert found["units"][0]["nodes"]["virus"] == {
        "now": {"points": "3.00", "percent": "75.00"},
        "previous": {"points": "1.00", "percent": "25.00"},
        "change": "50.00",
        "reason": None,
    }


def test_mergers_are_read_from_a_file(office: Path) -> None:
    (office / "now.json").write_text((office / "now.json").read_text("utf-8").replace('"so-b"', '"so-moi"'), "utf-8")
    (office / "merged.csv").write_text("former,unit\nso-b,so-moi\n", "utf-8")

    found = read(office, "compare", *RANKINGS, "--merged", "merged.csv")

    assert [(each["unit"], each["fate"], each["previous_rank"]) for each in found["units"]] == [
        ("so-a", "compared", 2),
        ("so-moi", "compared", 1),
        ("so-c", "not_assessed", None),
        ("xa-a", "compared", 1),
    ]


def test_lines_that_can_never_be_compared_are_told_once(office: Path) -> None:
    mapping = "comparisons: {old: {nodes: {total: total}, not_comparable: {virus: Cách tính đã đổi}}}\n"
    text = (office / "small.yaml").read_text("utf-8")
    (office / "small.yaml").write_text(text + mapping, "utf-8")
    (office / "then.json").write_text((office / "then.json").read_text("utf-8").replace('"small"', '"old"'), "utf-8")

    answer = xephang(office, "compare", *RANKINGS)

    assert answer.returncode == 0, answer.stderr
    assert [line for line in answer.stdout.splitlines() if "không so sánh được" in line] == [
        "Máy tính: không so sánh được: năm trước không có tiêu chí tương ứng",
        "Tỷ lệ máy có diệt virus: không so sánh được: Cách tính đã đổi",
        "Có tường lửa: không so sánh được: năm trước không có tiêu chí tương ứng",
        "Báo cáo: không so sánh được: năm trước không có tiêu chí tương ứng",
        "Kế hoạch: không so sánh được: năm trước không có tiêu chí tương ứng",
        "Tin bài: không so sánh được: năm trước không có tiêu chí tương ứng",
    ]


def test_a_file_that_is_no_ranking_is_said_in_one_line(office: Path) -> None:
    answer = xephang(office, "compare", "small.yaml", "--this", "answers.csv", "--previous", "then.json")

    assert (answer.returncode, answer.stdout, answer.stderr.count("\n")) == (1, "", 1)
    assert answer.stderr.startswith("answers.csv: lỗi: Tệp này không phải là bảng xếp hạng")


def test_a_ranking_of_another_regulation_is_said(office: Path) -> None:
    answer = xephang(office, "compare", "cao-bang-2310", "--this", "now.json", "--previous", "then.json")

    told = (
        "now.json regulation.id: lỗi: Bảng xếp hạng này theo quy định “small”, không phải “cao-bang-2310”. "
        "Hãy chọn đúng tệp hoặc đúng quy định.\n"
    )
    assert (answer.returncode, answer.stderr) == (1, told)


def test_the_ranks_of_a_ranking_are_tried(office: Path) -> None:
    answer = xephang(office, "robustness", *FILES, "--values", "5", "--draws", "20")

    # 8,00 and 6,00 are too far apart for one machine more or less
    assert (answer.returncode, answer.stdout.splitlines()) == (
        0,
        [
            "Xếp hạng lại 20 lần.",
            "Mỗi lần, từng số liệu dạng số thay đổi ngẫu nhiên trong khoảng ± 5 %.",
            "Các cột: nhóm, hạng, hạng cao nhất và thấp nhất qua các lần, tỷ lệ số lần giữ nguyên hạng, đơn vị.",
            "so            1      1–1  100,00 %  Sở A",
            "so            2      2–2  100,00 %  Sở B",
            "xa            1      1–1  100,00 %  Xã A",
        ],
    )
    assert answer.stderr == "values: lưu ý: Xã: không có số liệu dạng số nào nên không có giá trị để thay đổi.\n"


def test_one_seed_gives_one_result(office: Path) -> None:
    options = ("robustness", *FILES, "--weights", "40", "--values", "40", "--draws", "30")
    first, again = (read(office, *options, "--seed", "7") for _ in range(2))

    assert first == again
    assert [(first[name]) for name in ("draws", "seed", "weights", "values")] == [30, 7, 40, 40]
    assert first["units"][0] == {
        "unit": "so-a",
        "group": "so",
        "rank": 1,
        "best": 1,
        "worst": 2,
        "kept": 28,
        "kept_percent": "93.33",
        "unranked": 0,
    }


def test_what_is_not_asked_for_is_not_tried(office: Path) -> None:
    answer = xephang(office, "robustness", *FILES)

    told = "Chưa chọn thay đổi gì. Hãy cho biết biên độ của trọng số, của số liệu, hoặc cả hai.\n"
    assert (answer.returncode, answer.stdout, answer.stderr) == (1, "", f"weights: lỗi: {told}")
