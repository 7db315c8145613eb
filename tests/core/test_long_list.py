from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.query.long_list import long_list


@given(st.lists(st.integers(), max_size=40), st.integers(0, 60))
def test_it_has_every_value_whatever_was_said_of_their_number(
    values: list[int], count: int
) -> None:
    assert long_list(iter(values), count) == values
