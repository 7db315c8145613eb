"""The page for a team is followed to the letter, in fresh folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.pages import ROOT
from tests.docs.walk import follow_page, read_lines

PAGE = ROOT / "docs" / "with-colleagues.md"


@pytest.mark.posix
def test_a_team_gets_from_nothing_to_a_shared_file(tmp_path: Path) -> None:
    assert len(read_lines(PAGE)) > 30
    said = follow_page(PAGE, tmp_path, work="team")
    shown = said["hunnan-tui show aecc-gas-turbine-base"]
    assert all(
        words in shown for words in ("visited", "watch", "Met the manager", "李")
    )
    blamed = said["hunnan-tui blame aecc-gas-turbine-base"].splitlines()
    (stage,) = [line for line in blamed if line.endswith("Stage: operating")]
    assert "\tAnn\t" in stage
    assert "AECC" in said["hunnan-tui list -q 'by:李 noted:-7d..'"]
