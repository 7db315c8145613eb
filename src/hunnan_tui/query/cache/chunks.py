"""A file of named pieces of bytes, and a last line that says what they are.

All of it is checked when it is read, as its pieces are used without a look at each. It
is read in blocks: each costs a moment in which another thread lets this one go on.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any, BinaryIO
from zlib import crc32

from hunnan_tui.query.cache.checksums import BrokenSurveyError, line, parsed

Chunks = dict[str, list[memoryview]]
"""The pieces of each name, in their order; a block is freed with its last piece."""
_BLOCK = 8_000_000
"""Bytes from which on a block is written."""
_LENGTH = 16
"""Digits, at the very end, of the length of the last line."""


def write_chunks(
    file: BinaryIO, contents: dict[str, Any], chunks: Iterable[tuple[str, bytes]]
) -> None:
    """Write pieces as they come, each with its name, and what there is to say of them."""
    blocks: list[tuple[int, list[tuple[str, int]]]] = []
    block: list[tuple[str, bytes]] = []

    def write() -> None:
        text = b"".join(piece for _, piece in block)
        file.write(text)
        blocks.append((crc32(text), [(name, len(piece)) for name, piece in block]))
        block.clear()

    size = 0
    for chunk in chunks:
        block.append(chunk)
        size += len(chunk[1])
        if size >= _BLOCK:
            write()
            size = 0
    write()
    last = line({**contents, "blocks": blocks})
    file.write(last)
    file.write(f"{len(last):0{_LENGTH}x}".encode())


def read_chunks(file: BinaryIO) -> tuple[dict[str, Any], Chunks]:
    """Return what `write_chunks` was given.

    Raises:
        BrokenSurveyError: The file is damaged or cut off.
    """
    try:
        contents = _contents(file)
        chunks: Chunks = {}
        file.seek(0)
        for check, pieces in contents.pop("blocks"):
            length = sum(length for _, length in pieces)
            block = file.read(length)
            if len(block) != length or crc32(block) != check:
                raise BrokenSurveyError
            rest = memoryview(block)
            for name, length in pieces:
                chunks.setdefault(name, []).append(rest[:length])
                rest = rest[length:]
    except (
        OSError,
        ArithmeticError,
        LookupError,
        TypeError,
        ValueError,
        RecursionError,
    ) as error:
        raise BrokenSurveyError from error
    return contents, chunks


def _contents(file: BinaryIO) -> dict[str, Any]:
    file.seek(-_LENGTH, os.SEEK_END)
    length = int(file.read(_LENGTH), 16)
    file.seek(-_LENGTH - length, os.SEEK_END)
    return parsed(file.read(length))
