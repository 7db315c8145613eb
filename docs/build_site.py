"""Builds the pages as a site, with mkdocs-material: `./check site`.

    python docs/build_site.py [FOLDER]   writes it there, or into build/site

The pages stay where a forge shows them: some at the root, the others in docs, with
links between the two. A site has one root, so the pages are copied beside each other
with their links, and built there. No reader of it asks another host for anything: fonts
come from the system, and nothing counts visits.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
_LINK = re.compile(r"(?<=\]\()[^)\s#]+")
SLUGIFY = "the anchors of a forge, Chinese ones too"
_SLUGIFY_TAG = (
    '!!python/object/apply:pymdownx.slugs.slugify {"kwds": {"case": "lower"}}'
)
_FENCE = re.compile(r"^ *```.*?^ *```$", re.MULTILINE | re.DOTALL)


def find_pages() -> list[Path]:
    """Return all pages in the order in which the readmes name them, English first."""
    pages: dict[Path, None] = {}
    for readme in (ROOT / "README.md", ROOT / "README.zh-CN.md"):
        pages[readme] = None
        linked = (ROOT / link for link in _LINK.findall(readme.read_text("utf-8")))
        pages |= {path: None for path in linked if path.suffix == ".md"}
    rest = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
    pages |= dict.fromkeys(rest)
    return sorted(pages, key=is_chinese)


def is_chinese(page: Path) -> bool:
    """Return whether a page is in Chinese."""
    return page.name.endswith(".zh-CN.md")


def read_title(page: Path) -> str:
    """Return the first heading of a page."""
    lines = page.read_text("utf-8").splitlines()
    return next(line[2:] for line in lines if line.startswith("# "))


def copy_page(page: Path, folder: Path) -> None:
    """Copy a page into a folder with the files that it links to and are no pages."""

    def point_beside(match: re.Match[str]) -> str:
        target = page.parent / match[0]
        if "://" in match[0] or not target.is_file():
            return match[0]
        if target.suffix != ".md":
            shutil.copyfile(target, folder / target.name)
        return target.name

    text = page.read_text("utf-8")
    fences = list(_FENCE.finditer(text))
    ends = [0, *(fence.end() for fence in fences)]
    starts = [*(fence.start() for fence in fences), len(text)]
    parts = [
        _LINK.sub(point_beside, text[end:start])
        for end, start in zip(ends, starts, strict=True)
    ]
    blocks = [*(fence[0] for fence in fences), ""]
    copied = "".join(part + block for part, block in zip(parts, blocks, strict=True))
    (folder / page.name).write_text(copied, "utf-8")


def make_config(pages: list[Path], source: Path, target: Path) -> dict[str, object]:
    """Return the configuration, in which the pages stand in order."""
    english, chinese = (
        [{read_title(page): page.name} for page in pages if is_chinese(page) == side]
        for side in (False, True)
    )
    return {
        "site_name": "hunnan-tui",
        "docs_dir": str(source),
        "site_dir": str(target),
        "use_directory_urls": False,  # it can be read from a folder, without a server
        "theme": {
            "name": "material",
            "font": False,
            "features": ["navigation.top", "content.code.copy"],
            "palette": [
                {"media": "(prefers-color-scheme: light)", "scheme": "default"},
                {"media": "(prefers-color-scheme: dark)", "scheme": "slate"},
            ],
        },
        "extra": {"generator": False},
        "plugins": [{"search": {"lang": ["en", "zh"]}}],
        "markdown_extensions": [
            {"toc": {"permalink": True, "slugify": SLUGIFY}},
            "tables",
            "pymdownx.superfences",
        ],
        "nav": [*english, {"中文": chinese}],
        "validation": {"anchors": "warn", "omitted_files": "warn"},
        "strict": True,
    }


def build(target: Path) -> None:
    """Build the site into a folder; raises CalledProcessError where a page is wrong."""
    with TemporaryDirectory() as name:
        source = Path(name) / "pages"
        source.mkdir()
        pages = find_pages()
        for page in pages:
            copy_page(page, source)
        config = Path(name) / "mkdocs.yml"  # JSON is YAML
        written = json.dumps(make_config(pages, source, target))
        config.write_text(written.replace(f'"{SLUGIFY}"', _SLUGIFY_TAG), "utf-8")
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--clean"]
        # a banner on what comes after mkdocs, which pyproject.toml has in mind
        environ = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
        command += ["--config-file", str(config)]
        subprocess.run(command, env=environ, check=True)  # noqa: S603


if __name__ == "__main__":
    build(Path(sys.argv[1] if sys.argv[1:] else ROOT / "build" / "site").absolute())
