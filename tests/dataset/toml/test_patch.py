from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.dataset.toml.patch import make_reverse_patch

texts = st.lists(st.sampled_from([b"a", b"b", b"\n", b"\xe5\x8c\xba"])).map(b"".join)


@given(texts, texts)
def test_a_patch_gives_back_the_old_bytes(before: bytes, after: bytes) -> None:
    assert make_reverse_patch(before, after).apply(after) == before


@given(texts, texts, texts)
def test_a_patch_is_for_one_text_only(
    before: bytes, after: bytes, other: bytes
) -> None:
    if other != after:
        assert make_reverse_patch(before, after).apply(other) is None


@given(texts, texts, texts, texts)
def test_a_patch_of_a_part_leaves_what_follows(
    before: bytes, after: bytes, tail: bytes, other: bytes
) -> None:
    patch = make_reverse_patch(before + tail, after + tail, len(after))
    assert patch.apply(after + tail + other) == before + tail + other
