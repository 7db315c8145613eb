"""Each catalogue has every message of the program once, translated, and no others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from string import Formatter

import pytest

pytest.importorskip("babel", reason="./check installs it")

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

SOURCES = Path(__file__).parents[2] / "src" / "hunnan_tui"
CATALOGUES = sorted((SOURCES / "locale").glob("*/LC_MESSAGES/hunnan_tui.po"))
KEYWORDS = {
    "_": None,
    "N_": None,
    "ngettext": (1, 2),
    "ngettext_noop": (1, 2),
    "pgettext": ((1, "c"), 2),
}
HOW = "`./check messages` collects the messages; then translate what is empty"

_Key = tuple[str | None, str | tuple[str, ...]]


def list_texts(text: str | Sequence[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


@pytest.fixture(scope="module")
def messages() -> set[_Key]:
    """The messages of the program, by context and text."""
    found = extract_from_dir(SOURCES, [("**.py", "python")], keywords=KEYWORDS)
    return {(context, text) for _, _, text, _, context in found}


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def iterate(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def read_placeholders(text: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_there_is_a_catalogue() -> None:
    assert CATALOGUES


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_it_has_the_messages_of_the_program_and_no_others(
    path: Path, messages: set[_Key]
) -> None:
    known = {(message.context, message.id) for message in iterate(read(path))}
    assert not messages - known, HOW
    assert not known - messages, HOW


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_no_message_is_empty_or_fuzzy_or_fills_in_something_else(path: Path) -> None:
    catalogue = read(path)
    assert not catalogue.obsolete
    for message in iterate(catalogue):
        assert not message.fuzzy, message.id
        texts = list_texts(message.string)
        forms = catalogue.num_plurals if message.pluralizable else 1
        assert len(texts) == forms, message.id
        wanted = read_placeholders(list_texts(message.id)[-1])
        for text in texts:
            assert text.strip(), message.id
            assert read_placeholders(text) == wanted, message.id
            assert text.endswith("\n") == list_texts(message.id)[-1].endswith("\n")


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_it_is_compiled_as_it_is(path: Path) -> None:
    with path.with_suffix(".mo").open("rb") as file:
        compiled = {
            (each.context, list_texts(each.id)): list_texts(each.string)
            for each in read_mo(file)
        }
    for message in iterate(read(path)):
        texts = list_texts(message.string)
        assert compiled[message.context, list_texts(message.id)] == texts, HOW


def test_chinese_is_written_with_chinese_signs() -> None:
    """Half-width commas and brackets stand beside letters, figures and signs alone."""
    (path,) = (each for each in CATALOGUES if each.parts[-3] == "zh_CN")
    wrong = re.compile(r"[\u4e00-\u9fff][,;?!]|[\u4e00-\u9fff]\.(\s|$)")
    for message in iterate(read(path)):
        for text in list_texts(message.string):
            assert not wrong.search(text), text
