"""Makes `readings.txt`: how Chinese characters and words are read, from pypinyin's data.

    python docs/make_readings.py          makes it anew
    python docs/make_readings.py --check  exits with 1 if it is not up to date

pypinyin knows 42,000 characters and 47,000 words, and takes a quarter of a second and 50 MB to
load them. Of the words only those matter in which a character is not read as usual: some
3,000.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import defaultdict
from importlib.metadata import distribution
from pathlib import Path

from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from hunnan_tui.query.text.readings import HAN, Readings

FILE = Path(__file__).parents[1] / "src/hunnan_tui/query/text/readings.txt"
_TONES = {
    ord(mark): None for mark in "\N{COMBINING GRAVE ACCENT}\N{COMBINING ACUTE ACCENT}"
}
_TONES |= {ord(mark): None for mark in "\N{COMBINING MACRON}\N{COMBINING CARON}"}


def strip_tone(syllable: str) -> str:
    """Return a syllable without its tone; ü is always ü, also where pinyin spells it u."""
    letters = unicodedata.normalize("NFD", syllable).translate(_TONES)
    plain = unicodedata.normalize("NFC", letters)
    return re.sub("^([jqxy])u", r"\1ü", plain)


def list_characters() -> dict[str, str]:
    """Return the usual reading of each character."""
    characters = {chr(code): read for code, read in PINYIN_DICT.items()}
    return {
        char: strip_tone(readings.split(",")[0])
        for char, readings in sorted(characters.items())
        if re.fullmatch(HAN, char)
    }


def choose_words(characters: dict[str, str]) -> dict[str, str]:
    """Return the words without which some word of pypinyin would be read otherwise."""
    known = {
        word: " ".join(strip_tone(syllable[0]) for syllable in syllables)
        for word, syllables in sorted(
            PHRASES_DICT.items(), key=lambda item: len(item[0])
        )
        if all(char in characters for char in word)
    }
    chosen: dict[str, str] = {}
    is_complete = False
    while not is_complete:  # a word may hold another, in which it is read as usual
        readings = Readings(characters, chosen)
        wrong = [word for word in known if " ".join(readings.read(word)) != known[word]]
        shortest = min(map(len, wrong), default=0)
        chosen |= {word: known[word] for word in wrong if len(word) == shortest}
        is_complete = not wrong
    return chosen


def make_text() -> str:
    """Return the file: the licence, lines of characters, lines of words."""
    package = distribution("pypinyin")
    licence = next(
        file for file in package.files or () if file.name.startswith("LICENSE")
    )
    about = (
        f"Made by docs/make_readings.py from the data of pypinyin {package.version}.\n\n"
        + str(licence.read_text()).strip()
    )
    head = "".join(f"# {line}".rstrip() + "\n" for line in about.splitlines())
    characters = list_characters()
    by_syllable: dict[str, list[str]] = defaultdict(list)
    for char, syllable in characters.items():
        by_syllable[syllable].append(char)
    lines = [
        f"{syllable} {''.join(by_syllable[syllable])}\n"
        for syllable in sorted(by_syllable)
    ]
    words = [
        f"{word} {read}\n" for word, read in sorted(choose_words(characters).items())
    ]
    return head + "\n" + "".join(lines) + "\n" + "".join(words)


def main() -> int:
    """Make the file, or say whether it is up to date."""
    text = make_text()
    if sys.argv[1:] == ["--check"]:
        return int(FILE.read_text("utf-8") != text)
    FILE.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
