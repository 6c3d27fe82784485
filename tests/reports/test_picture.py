import subprocess
import sys

from matplotlib.patches import Rectangle
from matplotlib.text import Text as DrawnText

from reports.bars import CATEGORY_COLOURS
from reports.canvas import Canvas
from reports.picture import COMPACT, ROOMY, ROOMY_UP_TO, draw, ranking_png
from reports.picture_text import MARGIN, MOST_ROWS, RIGHT, WIDTH
from tests.reports.samples import Absent, Scored, table


def drawn_texts(canvas: Canvas) -> list[str]:
    return [
        text.get_text() for text in canvas.figure.findobj(DrawnText) if isinstance(text, DrawnText) and text.get_text()
    ]


def bars(canvas: Canvas, colour: str) -> list[tuple[int, int]]:
    """Left and right end, in pixels, of every bar of a colour."""
    found = [each for each in canvas.figure.findobj(Rectangle) if isinstance(each, Rectangle)]
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return [
        (round(each.get_x()), round(each.get_x() + each.get_width()))
        for each in found
        if each.get_height() == 18 and each.get_facecolor()[:3] == (red, green, blue)
    ]


def test_the_picture_prints_title_decision_ranks_totals_grades_and_what_colours_mean() -> None:
    result = table(
        Scored("Sở Nội vụ", (2500, 1410, 5215)),
        Scored("Sở Y tế", (2000, 1000, 4000)),
        Absent("Sở Xây dựng", "Nộp muộn"),
    )

    assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in drawn_texts(draw(result, result.groups[0], "vi"))] == [
        "Đánh giá mẫu 2026",
        "Cơ quan chuyên môn",
        "Công bố theo Quyết định số 15/QĐ-MAU ngày 20/12/2026 · 2 đơn vị được xếp hạng",
        *("1", "Sở Nội vụ", "Tốt", "91,25"),
        *("2", "Sở Y tế", "Khá", "70,00"),
        "Hạ tầng kỹ thuật (tối đa 40,00)",
        "Ứng dụng (tối đa 60,00)",
        "Vạch dọc là ngưỡng xếp loại: Tốt từ 85,00 · Khá từ 65,00 · Trung bình từ 50,00",
        "Không xếp hạng (1):",
        "– Sở Xây dựng: Nộp muộn",
        "Căn cứ: Quy định đánh giá mẫu (Quyết định số 99/QĐ-MAU",
        f"ngày 02/12/2016); mã nội dung SHA-256: {result.regulation.sha256[:12]}",
        "Ghi chú: 2 nội dung văn bản không nêu rõ, được áp dụng",
        "theo giả định; xem trang “Ghi chú” của bảng tính.",
    ]


def test_a_bar_is_as_long_as_its_points() -> None:
    result = table(Scored("Sở Nội vụ", (2500, 1500, 3000)))
    canvas = draw(result, result.groups[0], "vi")

    middle, end = (round(MARGIN + (RIGHT - MARGIN) * share) for share in (0.4, 0.7))
    assert bars(canvas, CATEGORY_COLOURS[0]) == [(MARGIN, middle)]
    assert bars(canvas, CATEGORY_COLOURS[1]) == [(middle, end)]


def test_a_penalty_stands_to_the_left_of_zero() -> None:
    result = table(Scored("Sở Nội vụ", (2500, 1500, -1000)))
    canvas = draw(result, result.groups[0], "vi")

    zero, end = (round(MARGIN + (RIGHT - MARGIN) * share) for share in (10 / 110, 50 / 110))
    assert bars(canvas, CATEGORY_COLOURS[0]) == [(zero, end)]
    assert bars(canvas, CATEGORY_COLOURS[1]) == [(MARGIN, zero)]


def test_the_same_table_gives_the_same_bytes() -> None:
    result = table(Scored("Sở Nội vụ", (2500, 1410, 5215)))

    first, second = (ranking_png(result, result.groups[0], "vi") for _ in range(2))

    assert first == second
    assert first.startswith(b"\x89PNG")
    assert b"matplotlib" not in first.lower()


def test_hostile_names_stay_text_and_long_ones_are_cut_where_the_grade_begins() -> None:
    result = table(Scored("$x^2$ <b>&", (2500, 1500, 6000)), Scored("W" * 500, (0, 0, 1)))
    canvas = draw(result, result.groups[0], "vi")
    formula, cut = (text for text in drawn_texts(canvas) if text.startswith(("$", "WW")))

    assert formula == "$x^2$ <b>&"
    drawn = canvas.figure.findobj(lambda each: isinstance(each, DrawnText) and each.get_text() != "")
    assert [text.get_parse_math() for text in drawn if isinstance(text, DrawnText)] == [False] * len(drawn)
    assert cut == "W" * (len(cut) - 1) + "…"
    assert len(cut) < 30


def test_the_picture_grows_with_its_units_and_puts_names_beside_bars_when_there_are_many() -> None:
    def height(units: int) -> float:
        result = table(*(Scored(f"Sở {number}", (1, 1, number)) for number in range(units)))
        figure = draw(result, result.groups[0], "vi").figure
        assert figure.get_figwidth() * figure.dpi == WIDTH
        return float(figure.get_figheight() * figure.dpi)

    assert height(ROOMY_UP_TO) - height(1) == (ROOMY_UP_TO - 1) * ROOMY.height
    assert height(ROOMY_UP_TO + 2) - height(ROOMY_UP_TO + 1) == COMPACT.height
    assert height(MOST_ROWS + 2) == height(MOST_ROWS + 1)


def test_a_picture_has_room_for_sixty_units_and_says_how_many_more_there_are() -> None:
    result = table(*(Scored(f"Sở {number:03}", (0, 0, number)) for number in range(600)))

    texts = drawn_texts(draw(result, result.groups[0], "vi"))

    assert [text for text in texts if text.startswith("Sở ")] == [f"Sở {number}" for number in range(599, 539, -1)]
    assert "… và 540 đơn vị được xếp hạng tiếp theo, xem bảng tính." in texts


def test_matplotlib_is_loaded_only_when_something_is_drawn() -> None:
    script = "import sys, reports.publication; print('matplotlib' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True).stdout == (
        "False\n"
    )
