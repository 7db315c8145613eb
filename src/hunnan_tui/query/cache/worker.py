"""`python -m hunnan_tui.query.cache.worker FILE`: writes the index of a file to stdout.

Exits with 0 if the index is complete, with 1 if the file must be loaded in another way,
and when its output is closed.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from hunnan_tui.core.errors import HunnanError
from hunnan_tui.dataset.incremental import NotInBlocksError
from hunnan_tui.files.platform import lower_priority
from hunnan_tui.query.cache.builder import build_index


def main() -> int:
    """Write the index of the file in the arguments; return the exit status."""
    gc.disable()  # very many values, and no garbage
    lower_priority(5)  # the screen comes first on few processors
    try:
        build_index(Path(sys.argv[1]), sys.stdout.buffer.write)
        sys.stdout.buffer.flush()
    except (HunnanError, NotInBlocksError, OSError):
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
