"""LibreOffice as the program that computes workbooks, and as the one that believes what stands in them."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>{mode}</value></prop></item></oor:items>
"""
_ALWAYS, _NEVER = 0, 1


def missing() -> str:
    """Say what is not installed, "" where nothing is missing."""
    return "" if shutil.which("soffice") else "LibreOffice is not installed; it computes the workbook's formulas."


def profile(folder: Path, *, computes: bool) -> Path:
    """Make a profile in which LibreOffice computes every formula anew when it loads a workbook, or none."""
    (folder / "user").mkdir(parents=True)
    settings = _SETTINGS.format(mode=_ALWAYS if computes else _NEVER)
    (folder / "user" / "registrymodifications.xcu").write_text(settings)
    return folder


def convert(workbooks: Sequence[Path], to: str, target: Path, used: Path) -> list[Path]:
    """Load workbooks with a profile and save them as `to` ("xlsx", "csv"); return the new files."""
    program = shutil.which("soffice") or "soffice"
    command = [program, "--headless", f"-env:UserInstallation={used.as_uri()}", "--convert-to", to]
    subprocess.run([*command, "--outdir", target, *workbooks], check=True, capture_output=True, timeout=1200)
    return [target / f"{each.stem}.{to}" for each in workbooks]
