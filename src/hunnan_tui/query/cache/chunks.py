"""A file of named pieces of bytes with a table of contents in its last line.

The whole file is verified when it is read, block by block, so that its pieces can be
used without further checks.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any, BinaryIO
from zlib import crc32

from hunnan_tui.query.cache.checksums import InvalidIndexError, format_line, parse_line

Chunks = dict[str, list[memoryview]]
"""The pieces by name, in order; a block is freed with its last piece."""
CacheContent = tuple[dict[str, Any], Chunks]
"""The small values of a cache, and its chunks."""
_BLOCK = 8_000_000
"""Bytes after which a block is complete."""
_LENGTH = 16
"""Digits of the length of the last line, at the very end."""


def write_chunks(
    file: BinaryIO, contents: dict[str, Any], chunks: Iterable[tuple[str, bytes]]
) -> None:
    """Write named pieces as they come, and small values about them."""
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
    footer = format_line({**contents, "blocks": blocks})
    file.write(footer)
    file.write(f"{len(footer):0{_LENGTH}x}".encode())


def read_chunks(file: BinaryIO) -> CacheContent:
    """Return the contents and the chunks that `write_chunks` wrote.

    Raises:
        InvalidIndexError: The file is damaged or incomplete.
    """
    try:
        contents = _read_contents(file)
        chunks: Chunks = {}
        file.seek(0)
        for checksum, pieces in contents.pop("blocks"):
            length = sum(length for _, length in pieces)
            block = file.read(length)
            if len(block) != length or crc32(block) != checksum:
                raise InvalidIndexError
            remaining = memoryview(block)
            for name, length in pieces:
                chunks.setdefault(name, []).append(remaining[:length])
                remaining = remaining[length:]
    except (
        OSError,
        ArithmeticError,
        LookupError,
        TypeError,
        ValueError,
        RecursionError,
    ) as error:
        raise InvalidIndexError from error
    return contents, chunks


def _read_contents(file: BinaryIO) -> dict[str, Any]:
    file.seek(-_LENGTH, os.SEEK_END)
    length = int(file.read(_LENGTH), 16)
    file.seek(-_LENGTH - length, os.SEEK_END)
    return parse_line(file.read(length))
