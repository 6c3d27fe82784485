"""The demo: a whole campaign in the sandbox, played by scripted people over HTTP."""
