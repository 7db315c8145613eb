"""Make a large, clearly synthetic dataset: `python benchmarks/synthetic.py 100000 FILE`.

About 800 bytes a project, with comments, tags and notes, and Chinese of as many different
characters as real texts have, in words that mean nothing. The same count gives the same
bytes.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

INDUSTRIES = {
    "advanced-materials": "先进材料",
    "intelligent-manufacturing": "智能制造",
    "information-technology": "信息技术",
    "life-and-health": "生命健康",
    "digital-cultural-creation": "数字文创",
    "other": "其他",
}
STAGES = {
    "planned": "谋划储备",
    "promoted": "推介",
    "signed": "签约",
    "construction": "开工",
    "completed": "竣工",
    "operating": "投产",
}
WORDS = [
    "turbine",
    "robot",
    "sensor",
    "cooling",
    "battery",
    "graphene",
    "chip",
    "vaccine",
    "studio",
    "park",
]
CITIES_ZH = ["东", "西", "南", "北", "中"]
KINDS_ZH = ["有限公司", "股份有限公司", "研究院", "产业园", "制造基地", "科技中心"]
PLACES = ["East", "North", "South", "West", "Riverside", "Airport", "University"]


def make_words() -> list[str]:
    """Return words that no dictionary has, of the 3,755 most usual Chinese characters."""
    source = random.Random(0)
    usual = [
        bytes((row, cell)).decode("gb2312", "ignore")
        for row in range(0xB0, 0xD8)
        for cell in range(0xA1, 0xFF)
    ]
    characters = list(filter(None, usual))
    return ["".join(source.sample(characters, 2)) for _ in range(8_000)]


WORDS_ZH = ["航空", *make_words()]
WEIGHTS = [1 / (rank + 10) for rank in range(len(WORDS_ZH))]
"""As in real texts few words are frequent, and most of them rare."""
TOTALS = list(accumulate(WEIGHTS))
TAGS = ["watch", "region/north", "region/south", "meeting", "call", "later"]


def head() -> str:
    """Return everything that stands before the projects."""
    lines = [
        "# Synthetic data for measurements; no project in it exists.",
        "format = 1",
        "",
        "[dataset]",
        'title = "Synthetic projects"',
        'title_zh = "合成项目"',
        'currency = "CNY"',
        "updated = 2026-11-23",
    ]
    for table, known in (("industries", INDUSTRIES), ("stages", STAGES)):
        for each, chinese in known.items():
            name = each.replace("-", " ").capitalize()
            lines += ["", f"[[{table}]]", f'id = "{each}"', f'name = "{name}"']
            lines += [f'name_zh = "{chinese}"']
    for number in range(20):
        lines += ["", "[[sources]]", f'id = "s{number}"']
        lines += [f'title = "Synthetic page {number}"', 'publisher = "Nobody"']
        lines += [f'url = "https://example.org/{number}"', 'kind = "reference"']
    return "\n".join(lines) + "\n"


def project(number: int, random: random.Random) -> str:
    """Return the table of one project."""
    word, place = random.choice(WORDS), random.choice(PLACES)
    one, two, three, *rest = random.choices(WORDS_ZH, cum_weights=TOTALS, k=15)
    city, kind = random.choice(CITIES_ZH), random.choice(KINDS_ZH)
    stage = random.choice(list(STAGES))
    year, month, day = random.randint(2019, 2026), random.randint(1, 12), 1
    lines = [
        "",
        "[[projects]]",
        f'id = "synthetic-{number:07}"',
        f'name = "Synthetic {word} project {number:07}"',
        f'name_zh = "虚构{city}{one}{two}{three}{kind}项目"',
        f'district = "District {number % 17}"',
        f'place = "{place} zone, made-up street {number % 997}"',
        f'industries = ["{random.choice(list(INDUSTRIES))}"]',
        f'industries_basis = "{random.choice(("stated", "inferred"))}"',
        f'stage = "{stage}"',
        f"stage_date = {year}-{month:02}-{day:02}",
    ]
    if number % 10 < 4:
        lines.append(f"investment = {random.randint(1, 200) * 100_000_000:_}")
    lines += [
        f'parties = [{{ name = "虚构{one}{two}{kind}{number % 5003}", role = "developer" }}]',
        f'summary = "A made-up {word} works that shall employ {random.randint(20, 900)} people; 虚构的项目,{"".join(rest)},仅用于测量,并不存在。"',
        f'caveat = "Made up for measurements: no such {word} works stands in the {place} zone."',
        f'sources = ["s{number % 20}"]',
        f'events = [{{ date = "{year}-{month:02}", what = "Made-up event", stage = "{stage}" }}]',
    ]
    if number % 7 == 0:
        lines.append(f'tags = ["{random.choice(TAGS)}"]  # a comment by hand')
    if number % 13 == 0:
        lines += ["", "[[projects.notes]]", "at = 2026-11-23T09:12:00+08:00"]
        lines += [f'text = """\nCalled about the {word}.\n缺临时用电。\n"""']
    return "\n".join(lines) + "\n"


def dataset(count: int) -> Iterator[str]:
    """Yield the text of a dataset of so many projects, in pieces."""
    source = random.Random(count)
    yield head()
    for number in range(count):
        yield project(number, source)


def write(count: int, path: Path) -> None:
    """Write a dataset of so many projects."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(dataset(count))


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
