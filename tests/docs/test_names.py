"""Classes and functions that the documents name are in the code."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from tests.docs.pages import PAGES, ROOT, read_codes, read_prose

_NAME = re.compile(r"(?:[A-Z]\w*[a-z]\w*\.)?[a-z_]\w*\(\)|[A-Z][a-z]\w+")
_OF_OTHERS = {"Static"}
_FOR_DEVELOPERS = ("architecture.md", "performance.md", "reliability.md")


@cache
def read_source() -> str:
    paths = sorted((ROOT / "src").rglob("*.py"))
    return "\n".join(path.read_text("utf-8") for path in paths)


@pytest.mark.parametrize(
    "page",
    [page for page in PAGES if page.name in _FOR_DEVELOPERS],
    ids=lambda path: path.name,
)
def test_names_exist(page: Path) -> None:
    for code in read_codes(read_prose(page)):
        if _NAME.fullmatch(code) and code not in _OF_OTHERS:
            for name in code.removesuffix("()").split("."):
                assert re.search(rf"\b(?:def|class) {name}\b", read_source()), code
