"""`python -m hunnan_tui.importing.pinyin_process`: words as JSON in, their pinyin out.

The dictionary of characters takes memory that goes with its process; that of phrases would
take more than a whole import, so only those that the words hold are taken from its file.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

_LONGEST = 8
"""Characters of a phrase that is looked for: longer ones are sayings."""
_PHRASE = re.compile(r'"([^"]+)"\s*:\s*')


def compute_pinyin(words: Sequence[str]) -> list[str]:
    """Return words with a hyphen between the syllables of what is Chinese in them."""
    import subprocess  # only who asks needs it

    done = subprocess.run(
        [sys.executable, "-P", "-m", "hunnan_tui.importing.pinyin_process"],
        input=json.dumps(list(words)),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        return list(words)  # ids in Chinese are ids as well
    spoken: list[str] = json.loads(done.stdout)
    return spoken


def main() -> int:
    """Read words, write their pinyin."""
    words = json.loads(sys.stdin.buffer.read())
    phrases = _find_phrases(words)
    if phrases is not None:
        os.environ["PYPINYIN_NO_PHRASES"] = os.environ["PYPINYIN_NO_DICT_COPY"] = "1"
    from pypinyin import lazy_pinyin, load_phrases_dict

    if phrases:
        load_phrases_dict(phrases)
    json.dump(["-".join(lazy_pinyin(word)) for word in words], sys.stdout)
    return 0


def _find_phrases(words: Sequence[str]) -> dict[str, list[list[str]]] | None:
    """Return the readings of the phrases in some words; None if there is no such file."""
    spec = find_spec("pypinyin")
    file = Path(spec.origin or "").with_name("phrases_dict.json") if spec else None
    if file is None or not file.is_file():
        return None
    parts = {
        word[start:end]
        for word in words
        for start in range(len(word))
        for end in range(start + 2, min(start + _LONGEST, len(word)) + 1)
    }
    text, read = file.read_text("utf-8"), json.JSONDecoder().raw_decode
    return {
        match[1]: read(text, match.end())[0]
        for match in _PHRASE.finditer(text)
        if match[1] in parts
    }


if __name__ == "__main__":
    sys.exit(main())
