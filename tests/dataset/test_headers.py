from __future__ import annotations

import pytest

from hunnan_tui.dataset.headers import find_headers, has_plain_header
from hunnan_tui.dataset.toml import scanner
from hunnan_tui.storage.dataset_file import DatasetFile


@pytest.mark.parametrize(
    ("text", "is_plain"),
    [
        (b'[[projects]]\nid = "a"\n', True),
        (b'title = "t"\n  [[ projects ]] # the first\nid = "a"\n', True),
        (b'[[projects]]\nsummary = """\n[[projects]]\n"""\n', True),
        (b'title = """\n[[projects]]\n"""\n', False),
        (b"title = '''\n[[projects]]\n'''\n[[projects]]\nid = 'a'\n", False),
        (b'# [[projects]]\nprojects = [{ id = "a" }]\n', False),
        (b'[["projects"]]\nid = "a"\n', False),
        (b"", False),
    ],
)
def test_a_header_is_plain_where_no_long_string_can_hold_it(
    text: bytes, is_plain: bool
) -> None:
    assert has_plain_header(text) is is_plain
    if is_plain:
        assert next(find_headers(text)) == scanner.scan_blocks(text)[0].start


@pytest.mark.parametrize(
    ("text", "shapeless"),
    [
        (b'[[projects]]\nid = "a"\n', False),
        (b'[["projects"]]\nid = "a"\n', False),
        (b'[dataset]\ntitle = """\n[[projects]]\n"""\n[[projects]]\n', False),
        (b'projects = [{ id = "a" }]\n', True),
        (b'projects = [{ id = "a", summary = """\n[[projects]]\n""" }]\n', True),
        (b'format = 1\n[dataset]\ntitle = "none"\n', False),
    ],
)
def test_projects_without_blocks_are_known(text: bytes, shapeless: bool) -> None:
    file = DatasetFile()
    file.parse_text(text, "a.toml")
    assert file.lacks_blocks is shapeless
