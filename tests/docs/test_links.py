"""Links and file paths in the documents lead somewhere."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tests.docs.pages import (
    PAGES,
    ROOT,
    read_anchors,
    read_codes,
    read_links,
    read_prose,
)

_PATH = re.compile(r"[\w.]+(?:/[\w.]+)*(?:/|\.(?:py|toml|md|svg|tcss))")
_BASES = (ROOT, ROOT / "src" / "hunnan_tui", ROOT / "docs")
_OF_USERS = {
    *("config.toml", "projects.toml", "TABLE.map.toml"),
    *("ledger.toml", "ledger.csv.map.toml"),
}


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(page: Path) -> None:
    for link in read_links(page):
        if link.startswith("https://"):
            continue
        name, _, anchor = link.partition("#")
        target = page.parent / name if name else page
        assert target.exists(), link
        assert not anchor or anchor in read_anchors(target), link


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_files_and_folders_that_are_named_exist(page: Path) -> None:
    for code in read_codes(read_prose(page)):
        if _PATH.fullmatch(code) and code not in _OF_USERS:
            assert any((base / code).exists() for base in _BASES), code


def test_each_page_can_be_reached_from_the_readme() -> None:
    readme = ROOT / "README.md"
    linked = {(readme.parent / link).resolve() for link in read_links(readme)}
    assert set(PAGES) - {readme} <= linked


def test_the_test_command_of_the_readme_is_what_ci_runs() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    command = re.search(r"## Test\n\n```sh\n(.+)\n```", text)
    assert command is not None
    assert (ROOT / ".ci" / "run").read_text("utf-8").splitlines()[-1] == command[1]


def test_the_readme_counts_the_shipped_projects() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    for path in (ROOT / "data").glob("*.toml"):
        count = len(tomllib.loads(path.read_text("utf-8"))["projects"])
        assert re.search(rf"\b{count}\b", text), path.name
