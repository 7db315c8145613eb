"""What all tests share.

The folders mirror those of the sources. Beside them stand `faults` (kills, errors and
limits against the real program), `scenarios` (days of a user in a real terminal),
`properties` (laws across the folders) and `docs` (what is documented). Drawn values are in `strategies`; those of one
folder, and the apps that hold one dialog or page, are in a module there.

On Windows, what needs file modes, named pipes or a pseudo-terminal is left out: marked
`posix`, or in `collect_ignore`.

HUNNAN_TUI_NIGHTLY=1 runs more of everything: examples, kills, writers, frames.
"""

from __future__ import annotations

import gc
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from hunnan_tui.core.language import ENGLISH, set_language
from hunnan_tui.core.names import set_names
from hunnan_tui.files.set_aside import take_messages
from tests.strategies import EXAMPLES, NIGHTLY

# A busy machine is slow, and a dataset takes many draws: neither is a fault of a law.
# A run that decides whether a change is good must give the same answer twice, so the one
# of a CI is not random; HUNNAN_TUI_NIGHTLY=1 tries ten times as many examples.
settings.register_profile(
    "laws",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    max_examples=EXAMPLES * NIGHTLY,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.filter_too_much,
    ],
)
settings.load_profile("laws")

# Some environments forbid it. A run compiles the program some hundred times then, once
# for each process that it starts, and all tests once for each worker.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# whoever runs the tests, no note is theirs
os.environ["GIT_CONFIG_GLOBAL"] = os.devnull
os.environ["GIT_CONFIG_NOSYSTEM"] = "1"

# Nor is their language that of whoever runs the tests; those of Chinese say so.
os.environ["LANGUAGE"] = "en"

# No test loses power: what is written is there for all that look, synced or not.
_sync = os.fsync


def _sync_what_is_no_file(fd: Any) -> None:
    """Fail as a sync does, and do not wait for the disk."""
    mode = os.fstat(fd).st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        _sync(fd)


os.fsync = _sync_what_is_no_file

# as the app does at its start: much is made and little dropped
gc.set_threshold(100_000)


collect_ignore = [
    "faults",
    "scenarios",
    "files/test_atomic.py",
    "files/test_pipes.py",
    "files/test_private.py",
    "storage/test_journal.py",
]
if sys.platform != "win32":
    collect_ignore.clear()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what Windows has not."""
    if sys.platform != "win32":
        return
    for item in items:
        if item.get_closest_marker("posix"):
            item.add_marker(pytest.mark.skip(reason="needs what POSIX systems have"))


def pytest_configure(config: pytest.Config) -> None:
    """Compile the catalogues of messages that have changed, once for all workers."""
    if not hasattr(config, "workerinput"):
        build = Path(__file__).parents[1] / "hatch_build.py"
        subprocess.run([sys.executable, str(build)], check=False)


def pytest_sessionfinish() -> None:
    """Look for what was left open: pytest would look five times through all."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def nothing_told_before() -> None:
    """Let no test see what another one's files were set aside for, or its language."""
    take_messages()
    set_language(ENGLISH)
    set_names(None)
