"""The process of an import speaks the language of the app."""

from __future__ import annotations

from pathlib import Path

import pytest

from hunnan_tui.config.language import choose_language
from hunnan_tui.core.errors import HunnanError
from hunnan_tui.tui.background.import_process import ImportProcess


async def test_it_says_why_in_the_language_of_the_app(tmp_path: Path) -> None:
    choose_language(["--lang", "zh"], {}, has_setting=False)
    request = {"table": str(tmp_path / "none.csv")}
    with pytest.raises(HunnanError, match=r"[\u4e00-\u9fff]"):
        await ImportProcess().run(request, lambda _: None)
