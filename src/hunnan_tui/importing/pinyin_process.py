"""`python -m hunnan_tui.importing.pinyin_process`: words as JSON in, their pinyin out.

The dictionary of readings takes more memory than a whole import: it goes with its process.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence


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
    from pypinyin import lazy_pinyin

    words = json.loads(sys.stdin.buffer.read())
    json.dump(["-".join(lazy_pinyin(word)) for word in words], sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
