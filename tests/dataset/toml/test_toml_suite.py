"""The public TOML suite: valid text survives an edit, invalid text is refused."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import tomli

from hunnan_tui.core.changes import AddTags, Edit
from hunnan_tui.core.errors import DataError
from hunnan_tui.dataset.parser import parse
from hunnan_tui.dataset.toml import scanner
from hunnan_tui.storage.store import Store
from hunnan_tui.storage.transaction import PendingTransaction

SUITE = zipfile.ZipFile(Path(__file__).with_name("toml_suite") / "toml-test.zip")
BOM = b"\xef\xbb\xbf"


def cases(kind: str, version: str) -> list[str]:
    names = SUITE.read(f"files-toml-{version}").decode().split()
    return [name for name in names if name.startswith(kind) and name.endswith(".toml")]


VALID = cases("valid/", "1.1.0")
INVALID = cases("invalid/", "1.1.0")
ONLY_1_0_REFUSES = set(cases("invalid/", "1.0.0")) - set(INVALID)

OURS = b'[[projects]]\nid = "ours"\nname = "Ours"  # kept\n'


def ours_in(text: bytes, *, first: bool) -> bytes | None:
    """Put our project before or behind a foreign text; None where it cannot stand."""
    bare = text.removeprefix(BOM)
    if first:
        # keys of the foreign text without a header would become the project's own
        joined = OURS + b"\n[foreign]\n" + bare
    else:
        joined = text + (b"" if text.endswith(b"\n") else b"\n") + b"\n" + OURS
    try:
        record = tomli.loads(joined.removeprefix(BOM).decode())
    except ValueError:
        return None
    is_alone = record.get("projects") == [{"id": "ours", "name": "Ours"}]
    return joined if is_alone else None


def edited(path: Path, text: bytes) -> bytes:
    path.write_bytes(text)
    store = Store(path)
    store.load()
    saved = store.save([PendingTransaction(1, (Edit("ours", AddTags(("watch",))),))])
    assert not saved.results[1].refused
    return path.read_bytes()


def test_the_suite_is_all_there() -> None:
    assert len(VALID) == 214
    assert len(cases("valid/", "1.0.0")) == 205
    assert len(INVALID) == 466
    assert len(cases("invalid/", "1.0.0")) == 473


@pytest.mark.parametrize("first", [True, False])
def test_foreign_text_survives_an_edit_byte_for_byte(
    tmp_path: Path, first: bool
) -> None:
    survived = 0
    for name in VALID:
        text = ours_in(SUITE.read(name), first=first)
        if text is None:
            continue
        new = edited(tmp_path / "f.toml", text)
        newline = scanner.detect_newline(text)
        line = b'tags = ["watch"]' + newline
        assert line in new, name
        assert new.replace(line, b"", 1) == text, name
        survived += 1
    assert survived >= 150


def test_the_statements_of_valid_text_are_found() -> None:
    for name in VALID:
        text = SUITE.read(name)
        keys, in_table = set(), False
        for statement in scanner.scan_statements(text):
            in_table = in_table or statement.kind != "pair"
            if statement.kind != "pair" or not in_table:
                keys.add(statement.path[0])
        assert keys == tomli.loads(text.removeprefix(BOM).decode()).keys(), name


def test_invalid_text_is_refused_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "f.toml"
    for name in INVALID:
        text = SUITE.read(name)
        path.write_bytes(text)
        with pytest.raises(DataError) as error:
            parse(text, "f.toml")
        problem = error.value.problems[0]
        assert problem.line >= 1, name
        assert problem.column >= 1, name
        with pytest.raises(DataError):
            Store(path).load()
        assert path.read_bytes() == text


def test_what_only_version_1_0_refuses_is_the_new_forms_of_1_1() -> None:
    # the policy is to read 1.1 and to write 1.0
    read = set()
    for name in ONLY_1_0_REFUSES:
        try:
            tomli.loads(SUITE.read(name).decode())
        except ValueError:
            continue
        read.add(name)
    assert read == {
        "invalid/datetime/no-secs.toml",
        "invalid/inline-table/linebreak-01.toml",
        "invalid/inline-table/linebreak-02.toml",
        "invalid/inline-table/linebreak-03.toml",
        "invalid/inline-table/linebreak-04.toml",
        "invalid/inline-table/trailing-comma.toml",
        "invalid/local-datetime/no-secs.toml",
        "invalid/local-time/no-secs.toml",
        "invalid/string/basic-byte-escapes.toml",
    }
