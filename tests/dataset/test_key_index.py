from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.dataset import key_index
from hunnan_tui.dataset.key_index import KeyIndex

keys = st.lists(st.text(max_size=3), unique=True, max_size=30)


@given(keys, keys, st.integers(1, 9), st.integers(1, 4), st.data())
def test_every_key_has_its_number_at_any_time(
    known: list[str], more: list[str], part: int, step: int, data: st.DataObject
) -> None:
    first = data.draw(st.lists(st.sampled_from(range(len(known))))) if known else []
    added = [key for key in more if key not in known]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(key_index, "_DICT_SIZE", part)
        patch.setattr(key_index, "_BATCH", step)
        numbers = KeyIndex(list(known), first)

        def look() -> None:
            assert list(numbers.items()) == list(zip(known, range(99), strict=False))
            assert not any(key in numbers for key in added)
            assert [numbers.get(key, -1) for key in added] == [-1] * len(added)

        look()
        numbers.complete(look)
        look()
        numbers.extend(added)
    everything = [*known, *added]
    assert list(numbers) == everything
    assert [numbers[key] for key in everything] == list(range(len(everything)))
    assert 1 not in numbers  # type: ignore[comparison-overlap]  # any object may be asked for
    with pytest.raises(KeyError):
        numbers["no such key"]
