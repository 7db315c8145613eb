"""Which addresses may be opened: any text has an answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.core.urls import explain_unopenable


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://example.org/a", ""),
        ("https://例子.中国/", "xn--"),
        ("https://¡", "xn--7a"),
        ("https://例..子", "\\u4f8b"),
        ("https://a@example.org", "user name"),
        ("file:///etc/passwd", "only http"),
        ("https://[", "malformed"),
        ("https://a b", "blanks"),
    ],
)
def test_why_an_address_is_not_opened(url: str, why: str) -> None:
    found = explain_unopenable(url)
    assert why in found
    assert bool(why) == bool(found)


@given(st.text())
def test_any_text_has_an_answer(text: str) -> None:
    explain_unopenable(f"https://{text}")
