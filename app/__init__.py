"""Everything put together: settings, the clock, wiring, the command line, the demo."""
