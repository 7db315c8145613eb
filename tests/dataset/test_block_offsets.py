from __future__ import annotations

from array import array
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.dataset import block_offsets
from hunnan_tui.dataset.block_offsets import BlockOffsets

lengths = st.lists(st.integers(1, 90), min_size=1, max_size=30)


@given(lengths, st.data())
def test_edits_move_what_is_behind_them(before: list[int], data: st.DataObject) -> None:
    now = list(before)
    known = BlockOffsets(array("Q", [0, *accumulate(before)][:-1]))
    places = st.integers(0, len(before) - 1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(block_offsets, "MOST_SHIFTS", data.draw(st.integers(0, 5)))
        for edit in data.draw(st.lists(st.dictionaries(places, st.integers(1, 90)))):
            known = known.grow({each: edit[each] - now[each] for each in edit})
            for place, length in edit.items():
                now[place] = length
    expected = [0, *accumulate(now)][:-1]
    assert list(known) == expected
    assert [known[place] for place in range(len(known))] == expected
    assert known[-1] == expected[-1]
    assert known[1:] == expected[1:]
