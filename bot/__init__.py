"""Telegram: conversations with people, and the delivery of what was decided."""

import os

# The library's own switch: durations are timedeltas, as they will be in its next version, and it does not warn of that.
os.environ["PTB_TIMEDELTA"] = "true"
