"""The JSON that travels and is stored."""

from typing import Any

JSON = dict[str, Any]
"""A JSON object in one of the API's own shapes: GridRange, CellData, File…"""
