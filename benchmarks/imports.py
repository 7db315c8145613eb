"""Measure the import of tables: `python benchmarks/imports.py [COUNT]`.

Prints CPU seconds and the largest memory of any of its processes, each with its budget;
`ledger` makes the table, 20 columns with half of them Chinese.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

COUNT = 100_000
PREVIEWED = 1_000
_HEAD = (
    *("序号", "项目代码", "项目名称", "建设单位", "所属行业", "建设地点"),
    *("总投资（亿元）", "开工时间", "竣工时间", "项目阶段", "建设内容", "备注"),
    *("责任人", "联系电话", "年度计划投资", "本月完成", "区县", "contractor"),
    *("remarks", "网址"),
)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one import took."""

    seconds: float
    """CPU, of all of its processes."""
    megabytes: float


def ledger(count: int) -> Iterator[tuple[object, ...]]:
    """Yield the rows of a table, its header first."""
    yield _HEAD
    for n in range(count):
        yield (
            *(n + 1, f"HN-{n:06}", f"示例{n}号智能制造基地", f"示例{n % 3000}有限公司"),
            *(("装备制造", "信息技术", "新材料")[n % 3], f"示例路{n % 500}号"),
            *(f"{n % 997 / 100:.2f}", f"202{n % 5}年{n % 12 + 1}月"),
            *(f"202{n % 5 + 3}/{n % 12 + 1}/1", ("签约", "在建", "竣工")[n % 3]),
            *(
                f"建设厂房{n % 100}万平方米，购置设备120台（套）",
                "已落实" if n % 3 else "",
            ),
            *("某某", "000", n % 1000, n % 77, f"示例{'甲乙丙'[n % 3]}区"),
            *(f"Example builder {n % 900} Ltd", "text and more text"),
            f"https://example.org/{n}",
        )


def make_tables(folder: Path, count: int) -> tuple[Path, Path]:
    """Write the table as CSV in GB18030, and as a workbook."""
    text, book = folder / f"{count}.csv", folder / f"{count}.xlsx"
    with text.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows(ledger(count))
    with xlsxwriter.Workbook(
        book, {"constant_memory": True, "strings_to_urls": False}
    ) as workbook:
        sheet = workbook.add_worksheet("项目")
        for number, row in enumerate(ledger(count)):
            sheet.write_row(number, 0, row)
    return text, book


def measure(path: Path, *options: str) -> Cost:
    """Return what an import takes, that of its child processes included."""
    process = subprocess.Popen(
        [sys.executable, "-m", "hunnan_tui", "import", str(path), *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{path.name}: exit status {process.returncode}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def main(count: int) -> None:
    print("| import | rows | CPU | budget | memory | budget |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        text, book = make_tables(folder, count)
        preview, _ = make_tables(folder, PREVIEWED)
        for what, path, rows, seconds, megabytes, options in (
            ("CSV", text, count, 7, 60, ("-o", str(folder / "csv.toml"))),
            ("XLSX", book, count, 10, 250, ("-o", str(folder / "xlsx.toml"))),
            ("preview of CSV", preview, PREVIEWED, 0.5, 60, ("--dry-run",)),
        ):
            cost = measure(path, *options)
            print(
                f"| {what} | {rows:,} | {cost.seconds:.2f} s | {seconds} s "
                f"| {cost.megabytes:.0f} MB | {megabytes} MB |"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT)
