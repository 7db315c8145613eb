"""What all tests share."""

from __future__ import annotations

import gc
import os

import pytest
from hypothesis import settings

from hunnan_tui.files.set_aside import take_messages

# a run that decides whether a change is good must give the same answer twice
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")

# whoever runs the tests, no note is theirs
os.environ["GIT_CONFIG_GLOBAL"] = os.devnull
os.environ["GIT_CONFIG_NOSYSTEM"] = "1"

# as the app does at its start: much is made and little dropped
gc.set_threshold(100_000)


@pytest.fixture(autouse=True)
def nothing_told_before() -> None:
    """Let no test see what another one's files were set aside for."""
    take_messages()
