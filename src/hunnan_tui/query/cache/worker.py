"""`python -m hunnan_tui.query.cache FILE`: the survey of a file on standard output.

Exit status: 0 for a whole survey, 1 for a file that has to be read in another way. It
ends by itself when nobody reads what it writes.
"""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

from hunnan_tui.core.errors import HunnanError
from hunnan_tui.dataset.incremental import NotInBlocksError
from hunnan_tui.query.cache.builder import survey


def main() -> int:
    """Write the survey of the file that the command line names."""
    gc.disable()  # hundreds of thousands of values and no garbage
    if hasattr(os, "nice"):
        os.nice(5)  # the screen goes first where there are few processors
    try:
        survey(Path(sys.argv[1]), sys.stdout.buffer.write)
        sys.stdout.buffer.flush()
    except (HunnanError, NotInBlocksError, OSError):
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
