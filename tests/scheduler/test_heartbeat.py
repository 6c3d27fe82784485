"""The heartbeat, with the real APScheduler. Nothing sleeps: beats come by waking it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from scheduler.heartbeat import Heartbeat


def beating(
    pulse: Callable[[], Awaitable[None]], work: Callable[[Heartbeat], Awaitable[None]], every: float = 3600
) -> None:
    """Run the work beside a heartbeat."""

    async def run() -> None:
        heartbeat = Heartbeat(pulse, every)
        heartbeat.start()
        try:
            await asyncio.wait_for(work(heartbeat), timeout=20)
        finally:
            heartbeat.stop()

    asyncio.run(run())


def test_waking_returns_when_the_pulse_is_over() -> None:
    seen = []

    async def pulse() -> None:
        seen.append("begins")
        await asyncio.get_running_loop().run_in_executor(None, seen.append, "works")
        seen.append("ends")

    async def work(heartbeat: Heartbeat) -> None:
        await heartbeat.wake()
        assert seen == ["begins", "works", "ends"]
        await heartbeat.wake()
        assert len(seen) == 6

    beating(pulse, work)


def test_an_exception_of_the_pulse_is_raised_to_who_woke_it_and_the_next_beat_works() -> None:
    beats = 0

    async def pulse() -> None:
        nonlocal beats
        beats += 1
        if beats == 1:
            raise RuntimeError("the first one")

    async def work(heartbeat: Heartbeat) -> None:
        with pytest.raises(RuntimeError, match="the first one"):
            await heartbeat.wake()
        await heartbeat.wake()

    beating(pulse, work)
    assert beats == 2


def test_two_pulses_never_run_at_once() -> None:
    running = most = 0

    async def pulse() -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.get_running_loop().run_in_executor(None, sum, range(1000))
        running -= 1

    async def work(heartbeat: Heartbeat) -> None:
        await asyncio.gather(*(heartbeat.wake() for _ in range(5)))

    beating(pulse, work)
    assert most == 1


def test_it_beats_by_itself_and_an_exception_is_logged_and_does_not_stop_it(caplog: pytest.LogCaptureFixture) -> None:
    beats = 0
    enough = asyncio.Event()

    async def pulse() -> None:
        nonlocal beats
        beats += 1
        if beats == 1:
            raise RuntimeError("the first one")
        enough.set()

    async def work(_: Heartbeat) -> None:
        await enough.wait()

    with caplog.at_level(logging.ERROR):
        beating(pulse, work, every=0.01)
    assert ["the first one" in str(each.exc_info) for each in caplog.records if each.levelno == logging.ERROR] == [True]


def test_a_job_a_second_late_is_not_dropped() -> None:
    async def pulse() -> None:
        """Nothing to do."""

    async def work(heartbeat: Heartbeat) -> None:
        (job,) = heartbeat._scheduler.get_jobs()
        assert (job.misfire_grace_time, job.coalesce, job.max_instances) == (None, True, 1)
        assert job.trigger.interval == timedelta(hours=1)

    beating(pulse, work)


def test_who_stops_waiting_for_a_pulse_does_not_disturb_it(caplog: pytest.LogCaptureFixture) -> None:
    begun, released, ended = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def pulse() -> None:
        begun.set()
        await released.wait()
        ended.set()

    async def work(heartbeat: Heartbeat) -> None:
        waiting = asyncio.ensure_future(heartbeat.wake())
        await begun.wait()
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        released.set()
        await ended.wait()
        await heartbeat.wake()

    beating(pulse, work)
    assert [each for each in caplog.records if each.levelno >= logging.ERROR] == []
