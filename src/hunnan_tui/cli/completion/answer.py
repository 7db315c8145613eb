"""Answers a shell that asks what can stand at the cursor; silent whatever goes wrong."""

from __future__ import annotations

import os
import sys
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from hunnan_tui.cli.completion.candidates import Candidate, list_candidates
from hunnan_tui.cli.completion.shell_words import (
    quote_for_bash,
    quote_for_powershell,
    split_line,
)
from hunnan_tui.config.language import choose_language
from hunnan_tui.core.text import UNSAFE, display_line

_MOST = 1_000
"""Candidates that a shell is given."""
_LONGEST_HELP = 80


def answer(argv: Sequence[str]) -> int:
    """Print the candidates for the shell that `argv` begins with, a line each.

    Whatever is wrong with the line, the files or the program, nothing is said: a message
    would be written into the line that somebody is typing.
    """
    try:
        choose_language((), os.environ)
        shell, *typed = argv
        lines = list(islice(_ANSWERS[shell](typed), _MOST))
        sys.stdout.buffer.write("".join(f"{line}\n" for line in lines).encode())
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt):
        if os.environ.get("HUNNAN_TUI_DEBUG"):
            raise
    return 0


def _answer_bash(typed: Sequence[str]) -> Iterator[str]:
    """Yield what bash puts in place of the end of the word at the cursor.

    Args:
        typed: The line up to the cursor, and the characters that end words.
    """
    line = split_line(*typed[:2])
    for each in _drop_unsafe(list_candidates(line.words[1:], line.current)):
        rest = each.value[line.cut :]
        home = ""
        if each.is_path and not line.quote and not line.cut and rest.startswith("~/"):
            home, rest = "~/", rest[2:]  # in quotes it would be no home
        quoted = quote_for_bash(rest, line.quote)
        if quoted is not None:
            # readline closes an open quotation mark
            end = " " if each.is_whole and not line.quote else ""
            yield home + quoted + end


def _answer_zsh(typed: Sequence[str]) -> Iterator[str]:
    """Yield value, help, and a sign for a word that is not whole; zsh quotes."""
    for each in _drop_unsafe(list_candidates(typed[:-1], typed[-1])):
        yield f"{each.value}\t{_shorten(each.help)}\t{'' if each.is_whole else '+'}"


def _answer_fish(typed: Sequence[str]) -> Iterator[str]:
    """Yield value and help; fish quotes, and hands the last word with its quotes."""
    current = split_line(typed[-1]).current
    for each in _drop_unsafe(list_candidates(typed[:-1], current)):
        yield f"{each.value}\t{_shorten(each.help)}"


def _answer_powershell(typed: Sequence[str]) -> Iterator[str]:
    """Yield the quoted value, the value and help.

    Args:
        typed: The words behind the program in UTF-8, a line each, in base64: older
            versions lose quotation marks and empty words on the way to a program.
    """
    *words, current = b64decode(typed[0]).decode().split("\n")
    for each in _drop_unsafe(list_candidates(words, current)):
        shown = _shorten(each.help) or each.value
        yield f"{quote_for_powershell(each.value)}\t{each.value}\t{shown}"


def _drop_unsafe(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield candidates that fit on a line, and that no terminal can obey, once each."""
    seen = set()
    for each in candidates:
        is_safe = not UNSAFE.search(each.value) and not {"\n", "\t"} & {*each.value}
        if each.value and is_safe and each.value not in seen:
            seen.add(each.value)
            yield each


def _shorten(text: str) -> str:
    return display_line(text[:_LONGEST_HELP])


_ANSWERS: Mapping[str, Callable[[Sequence[str]], Iterator[str]]] = {
    "bash": _answer_bash,
    "zsh": _answer_zsh,
    "fish": _answer_fish,
    "powershell": _answer_powershell,
}
