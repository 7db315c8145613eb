from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.query.engine.cooperative import (
    build_list,
    iterate_in_steps,
    pause,
    set_pause,
)


@given(st.lists(st.integers(), max_size=40), st.integers(0, 60))
def test_it_has_every_value_whatever_was_said_of_their_number(
    values: list[int], count: int
) -> None:
    assert build_list(iter(values), count) == values


def test_there_is_a_rest_after_each_step_where_one_is_wished_for() -> None:
    made: list[int] = []
    rests: list[int] = []
    with set_pause(lambda: rests.append(len(made))):
        made.extend(iterate_in_steps(range(2_500)))
        made.extend(build_list(range(2_000), 2_000))
        pause()
    made.extend(iterate_in_steps(range(5_000)))
    assert made == [*range(2_500), *range(2_000), *range(5_000)]
    assert len(rests) == 4


def test_a_rest_may_end_the_work() -> None:
    class EndError(Exception):
        pass

    def end() -> None:
        raise EndError

    values = iter(range(5_000))
    with pytest.raises(EndError), set_pause(end):
        list(iterate_in_steps(values))
    assert 0 < next(values) < 5_000


def test_another_thread_does_not_rest() -> None:
    rests: list[None] = []
    with set_pause(lambda: rests.append(None)):
        thread = threading.Thread(target=lambda: list(iterate_in_steps(range(5_000))))
        thread.start()
        thread.join()
    assert not rests
