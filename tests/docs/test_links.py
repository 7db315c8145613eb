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
CHINESE = {
    page: page.with_name(page.name.replace(".zh-CN", ""))
    for page in PAGES
    if ".zh-CN" in page.name
}
"""The English page of each Chinese one."""
_BASES = (ROOT, ROOT / "src" / "hunnan_tui", ROOT / "docs")
_OF_USERS = {
    *("config.toml", "projects.toml", "TABLE.map.toml"),
    *("ledger.toml", "ledger.csv.map.toml", "ledger.xlsx.map.toml"),
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


def read_linked(page: Path) -> set[Path]:
    return {(page.parent / link).resolve() for link in read_links(page)}


def test_each_page_can_be_reached_from_the_readme() -> None:
    readme = ROOT / "README.md"
    english = {page for page in PAGES if page not in CHINESE}
    assert english - {readme} <= read_linked(readme)


def test_the_chinese_readme_leads_to_chinese_pages_where_there_are_any() -> None:
    linked = read_linked(ROOT / "README.zh-CN.md")
    assert {*PAGES} - {*CHINESE.values()} - {ROOT / "README.zh-CN.md"} <= linked
    assert linked & {*CHINESE.values()} == {ROOT / "README.md"}


def test_a_page_and_the_chinese_one_lead_to_each_other() -> None:
    for page, twin in CHINESE.items():
        assert twin in read_linked(page), page.name
        assert page in read_linked(twin), twin.name


def test_the_test_command_of_the_readme_is_what_ci_runs() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    command = re.search(r"## Test\n\n```sh\n(.+)\n```", text)
    assert command is not None
    assert (ROOT / ".ci" / "run").read_text("utf-8").splitlines()[-1] == command[1]


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_readme_counts_the_shipped_projects(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    for path in (ROOT / "data").glob("*.toml"):
        count = len(tomllib.loads(path.read_text("utf-8"))["projects"])
        assert re.search(rf"(?<!\d){count}(?!\d)", text), path.name
