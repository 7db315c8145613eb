"""Speaks what Textual's driver for browsers speaks, and does what is typed."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path


def send(kind: bytes, payload: bytes) -> None:
    os.write(1, kind + len(payload).to_bytes(4, "big") + payload)


def send_meta(**values: object) -> None:
    send(b"M", json.dumps(values).encode())


def read(size: int) -> bytes:
    data = b""
    while len(data) < size:
        more = os.read(0, size - len(data))
        if not more:
            sys.exit(0)
        data += more
    return data


def main() -> None:
    os.write(1, b"__GANGLION__\n")
    size = f"{os.environ['COLUMNS']}x{os.environ['ROWS']}"
    send(b"D", f"pid {os.getpid()} {size} {' '.join(sys.argv[1:])}".encode())
    while True:
        kind, length = read(1), int.from_bytes(read(4), "big")
        payload = read(length)
        if kind == b"D":
            typed = payload.decode()
            if typed == "download":
                send_meta(
                    type="deliver_file_start",
                    key="k" * 32,
                    path="/somewhere/名.csv",
                    open_method="download",
                    mime_type="text/html",
                    encoding="",
                    name="5",
                )
            elif typed == "crash":
                sys.exit("it broke\x1b[31m")
            elif typed == "hang":
                while True:
                    read(1)
            else:
                send(b"D", f"typed {typed}".encode())
            continue
        values = json.loads(payload)
        if values["type"] == "quit":
            Path("saved").touch()
            send_meta(type="exit")
            return
        if values["type"] == "resize":
            send(b"D", f"size {values['width']}x{values['height']}".encode())
        elif values["type"] == "deliver_chunk_request":
            deliver(values["key"])


CHUNKS = [b"a,b\n1", b""]


def deliver(key: str) -> None:
    from textual._binary_encode import dump

    send(b"P", dump(("deliver_chunk", key, CHUNKS.pop(0))))


if __name__ == "__main__":
    main()
