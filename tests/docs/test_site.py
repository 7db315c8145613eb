"""The site has every page, and whoever reads it asks no other host for anything."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.docs.pages import PAGES, ROOT, read_links

SCRIPT = ROOT / "docs" / "build_site.py"
_LOADED = re.compile(r"url\(\s*['\"]?([^)'\"]+)|@import\s+['\"]([^'\"]+)")


class Requests(HTMLParser):
    """What a browser asks for as it shows a page."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            is_loaded = name in {"src", "srcset", "poster", "action", "data", "style"}
            if is_loaded or (tag == "link" and name == "href"):
                self.urls.append(value or "")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if importlib.util.find_spec("mkdocs") is None:
        pytest.skip("mkdocs is not installed: ./check site")
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, str(SCRIPT), str(folder)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return folder


def test_every_page_is_there_with_a_way_to_it(site: Path) -> None:
    index = (site / "index.html").read_text("utf-8")
    for page in PAGES:
        name = "index" if page.name == "README.md" else page.stem
        assert (site / f"{name}.html").is_file(), page.name
        assert f'href="{name}.html"' in index or name == "index", page.name


def test_its_links_lead_to_anchors(site: Path) -> None:
    for page in PAGES:
        for link in read_links(page):
            name, _, anchor = link.partition("#")
            if anchor and "://" not in link:
                target = Path(name or page.name).stem
                target = "index" if target == "README" else target
                text = (site / f"{target}.html").read_text("utf-8")
                assert f'id="{anchor}"' in text, f"{page.name}: {link}"


def test_it_asks_no_other_host(site: Path) -> None:
    for path in site.rglob("*.html"):
        requests = Requests()
        requests.feed(path.read_text("utf-8"))
        assert len(requests.urls) > 3
        for url in requests.urls:
            assert "//" not in url, f"{path.name}: {url}"
        # the theme fetches the program for diagrams where a page has one
        assert "mermaid" not in path.read_text("utf-8"), path.name
    for suffix in ("css", "svg"):
        for path in site.rglob(f"*.{suffix}"):
            for match in _LOADED.finditer(path.read_text("utf-8")):
                url = match[1] or match[2]
                assert url.startswith("data:") or "//" not in url, f"{path.name}: {url}"
