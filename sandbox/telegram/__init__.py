"""A stand-in for the Telegram Bot API 10.3: the methods the product uses, as strict as the real ones.

Stricter than Telegram, so that a mistake shows at once: a parameter that the method does not have here is
refused instead of ignored, and text is measured in UTF-16 units. Simpler than Telegram: HTML is the only parse
mode, links and mentions are not found in plain text, every size of a photo gives the bytes that were sent.
"""
