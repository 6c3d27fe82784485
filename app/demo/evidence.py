"""Contacts who send files as evidence: one to the bot, one into the unit's folder in Drive."""

from app.demo.company import Company, player_of, unit_of
from app.demo.steps import Step


async def send_to_bot(company: Company, key: str, step: Step) -> None:
    """Send a paper to the bot, with the question's number in the caption."""
    player = player_of(step)
    for question in company.sent_as_files(player)[:1]:
        number = company.numbers(unit_of(player))[question.key]
        await company.stage.upload(key, player.id, "Quyet dinh mau.pdf", _paper(number), number)


async def put_into_folder(company: Company, key: str, step: Step) -> None:
    """Put a paper into the unit's folder, with the question's number before its name."""
    player = player_of(step)
    for question in company.sent_as_files(player)[1:2]:
        number = company.numbers(unit_of(player))[question.key]
        folder = await company.stage.folder_of(player.id)
        await company.stage.put(key, folder, f"{number} Kế hoạch mẫu.pdf", _paper(number))


def _paper(number: str) -> bytes:
    return f"%PDF-1.4\n% Tài liệu mẫu cho câu {number}\n%%EOF\n".encode()
