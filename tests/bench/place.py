"""A sandbox in a process of its own: `python -m tests.bench.place ACCOUNTS` says where it is."""

import json
import sys
from datetime import UTC, datetime

from sandbox.google import service_account, shared_folder
from sandbox.server import Sandbox

BEGINS = datetime(2026, 9, 15, 1, tzinfo=UTC)
"""Eight o'clock in Viet Nam on the day of issue."""


def main(accounts: int) -> None:
    """Serve until the input ends."""
    with Sandbox(None, frozen_at=BEGINS) as sandbox:
        keys = [service_account(sandbox.store, sandbox.url, f"xephang-{number}") for number in range(accounts)]
        members = {each["client_email"]: "fileOrganizer" for each in keys}
        folder = shared_folder(sandbox.store, BEGINS, "Phiếu", members)
        print(json.dumps({"url": sandbox.url, "keys": keys, "folder": folder}), flush=True)  # noqa: T201 - for the parent
        sys.stdin.read()


if __name__ == "__main__":
    main(int(sys.argv[1]))
