"""`python -m hunnan_tui`."""

import sys

from hunnan_tui.cli import main

if __name__ == "__main__":
    sys.exit(main())
