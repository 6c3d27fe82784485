"""What the tests of reports share: LibreOffice, as the reader of workbooks that computes."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>
"""


@pytest.fixture
def recalculate(tmp_path: Path) -> Callable[[Path], Path]:
    """Let LibreOffice compute every formula of a workbook anew and save it; return the new file."""
    program = shutil.which("soffice")
    if program is None:
        if os.environ.get("XEPHANG_TEST_REQUIRE") == "all":
            pytest.fail("LibreOffice is required (XEPHANG_TEST_REQUIRE=all) and not installed.")
        pytest.skip("LibreOffice is not installed; it computes the workbook's formulas in this test.")
    profile = tmp_path / "profile"
    (profile / "user").mkdir(parents=True)
    # Without this LibreOffice believes the values that stand beside the formulas.
    (profile / "user" / "registrymodifications.xcu").write_text(RECALCULATE)

    def run(workbook: Path) -> Path:
        target = tmp_path / "recalculated"
        command = [program, "--headless", f"-env:UserInstallation={profile.as_uri()}", "--convert-to", "xlsx"]
        subprocess.run([*command, "--outdir", str(target), str(workbook)], check=True, capture_output=True, timeout=120)
        return target / workbook.name

    return run
