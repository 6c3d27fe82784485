"""The commands, one module a word."""
