"""`python -m hunnan_tui`."""

from hunnan_tui.cli import main

if __name__ == "__main__":
    main()
