"""The version stands once, the page for an index leads nowhere wrong, the manual has all."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib

import pytest

from hunnan_tui import __version__
from hunnan_tui.cli.catalog import COMMANDS, OPEN
from tests.docs.pages import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def test_the_changelog_begins_with_the_version() -> None:
    headings = re.findall(
        r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE
    )
    assert headings[0] == __version__
    assert "version" in PROJECT["project"]["dynamic"]


def test_the_page_for_an_index_has_no_link_into_the_repository() -> None:
    page = (ROOT / "README.md").read_text("utf-8")
    hook = PROJECT["tool"]["hatch"]["metadata"]["hooks"]["fancy-pypi-readme"]
    for each in hook["substitutions"]:
        page = re.sub(each["pattern"], each["replacement"], page)
    assert list(re.findall(r"\]\((.*?)\)", page)) == []
    assert "| Guide | a working hour" in page
    assert "docs/screen.svg" not in page
    assert "中文" not in page


@pytest.fixture(scope="module")
def manual() -> str:
    script = ROOT / "docs" / "make_man.py"
    ran = subprocess.run([sys.executable, str(script)], capture_output=True, check=True)
    return ran.stdout.decode()


def test_the_manual_has_every_command_with_its_options_and_examples(
    manual: str,
) -> None:
    plain = re.sub(r"\\f[BIR]|\\&", "", manual).replace("\\-", "-")
    plain = plain.replace("\\(aq", "'").replace("\\(dq", '"').replace("\\(ti", "~")
    for command in (OPEN, *COMMANDS):
        start = f'.SS "{command.name}' if command.name else ".SH OPTIONS"
        _, _, section = plain.partition(start)
        for option in command.options:
            for flag in option.flags:
                assert flag in section, (command.name, flag)
        for example in command.examples:
            assert f"hunnan-tui {example}".rstrip() in section
    assert __version__ in manual


@pytest.mark.skipif(shutil.which("groff") is None, reason="there is no groff")
def test_the_manual_is_well_formed(manual: str) -> None:
    ran = subprocess.run(
        ["groff", "-man", "-ww", "-Tutf8", "-k"],  # noqa: S607
        input=manual.encode(),
        capture_output=True,
        check=True,
    )
    assert ran.stderr == b""
    text = re.sub(".\b", "", ran.stdout.decode())  # bold is struck twice
    assert "tag add ID TAG" in text
