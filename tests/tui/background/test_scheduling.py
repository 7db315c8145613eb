"""Threads rest behind a key, and what can wait waits until no key comes."""

from __future__ import annotations

import pytest

from hunnan_tui.tui.background import scheduling
from hunnan_tui.tui.background.scheduling import (
    StoppedError,
    give_way,
    key_pressed,
    wait_for_quiet,
)


class Clock:
    """Time that passes in sleep only; keys are pressed at given moments."""

    def __init__(self, *pressed: float) -> None:
        self.now, self.pressed = 100.0, list(pressed)

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        if self.pressed and self.now >= self.pressed[0]:
            self.pressed.pop(0)
            key_pressed()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(scheduling, "monotonic", lambda: clock.now)
    monkeypatch.setattr(scheduling, "sleep", clock.sleep)
    monkeypatch.setattr(scheduling, "_pressed", 0.0)
    return clock


def test_without_a_key_no_thread_rests(clock: Clock) -> None:
    give_way()
    wait_for_quiet(lambda: None)
    assert clock.now == 100


def test_a_thread_rests_for_a_moment_behind_a_key(clock: Clock) -> None:
    key_pressed()
    give_way()
    assert 100 < clock.now < 100.05
    before = clock.now
    give_way()
    assert clock.now == before


def test_what_can_wait_waits_for_the_last_key(clock: Clock) -> None:
    clock.pressed = [100.1, 100.2, 100.4]
    key_pressed()
    wait_for_quiet(lambda: None)
    assert clock.pressed == []
    assert 100.7 <= clock.now < 100.8


def test_who_waits_can_be_stopped(clock: Clock) -> None:
    key_pressed()

    def look() -> None:
        if clock.now > 100.1:
            raise StoppedError

    with pytest.raises(StoppedError):
        wait_for_quiet(look)
    assert clock.now < 100.2
