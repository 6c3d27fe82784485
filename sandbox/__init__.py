"""Stand-ins for Telegram and Google on loopback, for the demo, for `xephang play` and for the tests."""
