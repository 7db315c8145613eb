"""Make a large, clearly synthetic dataset: `python benchmarks/synthetic.py 100000 FILE`.

About 730 bytes a project, with Chinese text, comments, tags and notes. The same count
gives the same bytes.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
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
WORDS_ZH = [
    "燃气轮机",
    "机器人",
    "传感器",
    "冷却",
    "电池",
    "石墨烯",
    "芯片",
    "疫苗",
    "影视",
    "园区",
    "航空",
    "发动机",
]
PLACES = ["East", "North", "South", "West", "Riverside", "Airport", "University"]
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
    word, chinese = random.choice(WORDS), random.choice(WORDS_ZH)
    place = random.choice(PLACES)
    stage = random.choice(list(STAGES))
    year, month, day = random.randint(2019, 2026), random.randint(1, 12), 1
    lines = [
        "",
        "[[projects]]",
        f'id = "synthetic-{number:07}"',
        f'name = "Synthetic {word} project {number:07}"',
        f'name_zh = "合成{chinese}{random.choice(WORDS_ZH)}项目{number}号"',
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
        f'parties = [{{ name = "Made-up {word} company {number % 5003}", role = "developer" }}]',
        f'summary = "A made-up {word} works that shall employ {random.randint(20, 900)} people; 虚构的{chinese}项目,拟建厂房与研发中心,仅用于测量,并不存在。"',
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
