"""What the doctor says of the bot's account."""

from bot.doctor import BotCheck, ask_username, check_bot
from tests.bot.world import World
from words import Text


def test_a_good_token_is_answered_with_the_bot_s_name(world: World) -> None:
    where = (world.sandbox.token, f"{world.sandbox.url}/telegram", None)
    assert world.run(ask_username(*where)) == "xephang_sandbox_bot"
    fine = BotCheck("telegram.bot", ok=True, hint=Text("bot.check_fine", username="xephang_sandbox_bot"))
    assert world.run(check_bot(*where)) == (fine,)


def test_a_wrong_token_is_told(world: World) -> None:
    token = "7000000001:AAF-another-token-0000000000000000000"
    rejected = BotCheck("telegram.bot", ok=False, hint=Text("bot.token_rejected"))
    assert world.run(check_bot(token, f"{world.sandbox.url}/telegram", None)) == (rejected,)


def test_a_telegram_out_of_reach_is_told(world: World, unused_port: int) -> None:
    error = "httpx.ConnectError: All connection attempts failed"
    unreachable = BotCheck("telegram.bot", ok=False, hint=Text("bot.telegram_unreachable", error=error))
    assert world.run(check_bot(world.sandbox.token, f"http://127.0.0.1:{unused_port}", None)) == (unreachable,)
