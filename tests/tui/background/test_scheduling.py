"""Threads rest behind a key, and what can wait waits until no key comes."""

from __future__ import annotations

import pytest

from hunnan_tui.tui.background import scheduling
from hunnan_tui.tui.background.scheduling import (
    StoppedError,
    record_key,
    wait_until_idle,
    yield_to_keys,
)


class Clock:
    """Time that passes in sleep only; keys are pressed at given moments."""

    def __init__(self, *pressed: float) -> None:
        self.now, self.pressed = 100.0, list(pressed)

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        if self.pressed and self.now >= self.pressed[0]:
            self.pressed.pop(0)
            record_key()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(scheduling, "monotonic", lambda: clock.now)
    monkeypatch.setattr(scheduling, "sleep", clock.sleep)
    monkeypatch.setattr(scheduling, "_last_key", 0.0)
    return clock


def test_without_a_key_no_thread_rests(clock: Clock) -> None:
    yield_to_keys()
    wait_until_idle(lambda: None)
    assert clock.now == 100


def test_a_thread_rests_for_a_moment_behind_a_key(clock: Clock) -> None:
    record_key()
    yield_to_keys()
    assert 100 < clock.now < 100.05
    before = clock.now
    yield_to_keys()
    assert clock.now == before


def test_what_can_wait_waits_for_the_last_key(clock: Clock) -> None:
    clock.pressed = [100.1, 100.2, 100.4]
    record_key()
    wait_until_idle(lambda: None)
    assert clock.pressed == []
    assert 100.7 <= clock.now < 100.8


def test_who_waits_can_be_stopped(clock: Clock) -> None:
    record_key()

    def look() -> None:
        if clock.now > 100.1:
            raise StoppedError

    with pytest.raises(StoppedError):
        wait_until_idle(look)
    assert clock.now < 100.2
