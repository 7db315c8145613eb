"""Values as text: as tomli-w writes them, and many times as fast for most."""

from __future__ import annotations

import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.dataset.toml.writer import format_inline, format_key

TEXTS = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(
    ("", "a b", 'a"b', "a\\b", "a\tb", "浑南", "\u00a0", "\x7f", "a-b_C9", "a.b")
)


@given(TEXTS)
def test_texts_and_keys_are_those_of_tomli_w(text: str) -> None:
    expected = tomli_w.dumps({"x": text}).removeprefix("x = ").rstrip("\n")
    assert format_inline(text).decode() == expected
    expected = tomli_w.dumps({text: 1}).removesuffix(" = 1\n")
    assert format_key(text).decode() == expected
