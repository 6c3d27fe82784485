import pytest

from forms.google import file_id_in
from tests.forms.world import World

ID = "1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms"


@pytest.mark.parametrize(
    "link",
    [
        f"https://docs.google.com/spreadsheets/d/{ID}",
        f"https://docs.google.com/spreadsheets/d/{ID}/edit",
        f"https://docs.google.com/spreadsheets/d/{ID}/edit?usp=sharing",
        f"https://docs.google.com/spreadsheets/d/{ID}/edit#gid=2310",
        f"https://docs.google.com/spreadsheets/u/1/d/{ID}/edit",
        f"https://docs.google.com/a/so.example.vn/spreadsheets/d/{ID}/edit",
        f"  http://docs.google.com/spreadsheets/d/{ID}?usp=drivesdk\n",
    ],
)
def test_a_link_to_a_sheet_leads_to_its_id(link: str) -> None:
    assert file_id_in(link) == ID


@pytest.mark.parametrize(
    "link",
    [
        "",
        ID,
        f"https://docs.google.com/document/d/{ID}/edit",
        f"https://drive.google.com/drive/folders/{ID}",
        f"https://docs.google.com/spreadsheets/d/e/2PACX-{ID}/pubhtml",
        f"https://docs.google.com.example.vn/spreadsheets/d/{ID}/edit",
        f"https://example.vn/?u=https://docs.google.com/spreadsheets/d/{ID}/edit",
        f"https://docs.google.com/spreadsheets/d/{ID}/edit xem giúp",
        "https://docs.google.com/spreadsheets/d/ngan",
        f"https://docs.google.com/spreadsheets/d/{'x' * 101}/edit",
    ],
)
def test_a_link_to_anything_else_leads_nowhere(link: str) -> None:
    assert file_id_in(link) is None


def test_the_port_knows_links_too(world: World) -> None:
    assert world.forms().file_id_in(f"https://docs.google.com/spreadsheets/d/{ID}/edit") == ID
