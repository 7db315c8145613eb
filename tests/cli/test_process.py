"""The command line as a process of its own: imports, pipes, devices, many writers."""

from __future__ import annotations

import os
import pty
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
import tomli

from hunnan_tui.core.cell_width import measure_width
from hunnan_tui.core.text import UNSAFE
from tests.strategies import NIGHTLY

PROGRAM = (sys.executable, "-m", "hunnan_tui")


def run_python(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    return done.stdout


def test_the_module_runs_as_a_program() -> None:
    done = subprocess.run(
        [*PROGRAM, "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("hunnan-tui ")


def test_importing_the_package_imports_nothing_else_of_it() -> None:
    code = (
        "import sys, hunnan_tui; print([m for m in sys.modules if 'hunnan_tui.' in m])"
    )
    assert run_python(code) == "[]\n"


@pytest.mark.parametrize(
    "argv",
    [["list"], ["show", "bare"], ["tag", "add", "bare", "x"], ["check"], ["agenda"]],
)
def test_no_command_imports_textual_or_rich(argv: list[str], path: Path) -> None:
    code = f"""
import sys
import hunnan_tui.cli
hunnan_tui.cli.main({argv!r})
loaded = {{name.partition(".")[0] for name in sys.modules}}
print("loaded:", loaded & {{"textual", "rich"}})
"""
    assert run_python(code).endswith("loaded: set()\n")


def test_a_list_imports_neither_help_nor_formats_nor_the_editor(path: Path) -> None:
    code = """
import sys
import hunnan_tui.cli
hunnan_tui.cli.main(["list"])
late = {"hunnan_tui.cli.help", "hunnan_tui.export.formats.registry", "hunnan_tui.storage.store", "hunnan_tui.dataset.toml.editor", "hunnan_tui.files.snapshot", "threading"}
print("loaded:", late & set(sys.modules))
"""
    assert run_python(code).endswith("loaded: set()\n")


def test_the_app_starts_without_what_only_a_dialog_needs() -> None:
    late = (
        "textual.widgets._text_area",
        "hunnan_tui.tui.dialogs.note_editor",
        "hunnan_tui.tui.terminal.editor",
        "hunnan_tui.tui.dialogs.note_dialogs",
        "markdown_it",
    )
    code = f"import sys, hunnan_tui.tui.app; print(set({late}) & set(sys.modules))"
    assert run_python(code) == "set()\n"
    code = "import sys, hunnan_tui.tui.dialogs.note_dialogs; print(len(sys.modules))"
    code += f"; print(set({late[:4]}) - set(sys.modules))"
    assert run_python(code).endswith("\nset()\n")


def test_a_closed_pipe_ends_it_quietly(home: Path) -> None:
    projects = (f'[[projects]]\nid = "p{n}"\nname = "P"\n' for n in range(5000))
    (home / "projects.toml").write_text("".join(projects))
    with subprocess.Popen(
        [*PROGRAM, "list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        output = process.stderr.read()
    assert output == b""
    assert process.returncode == 141


PRINTING = [
    ("--help",),
    ("--version",),
    ("list",),
    ("list", "--format", "table"),
    ("show", "bare"),
    ("check",),
    ("diff", "projects.toml", "old.toml"),
    ("export", "-", "--format", "csv"),
    ("export", "-", "--format", "xlsx"),
    ("report",),
    ("stats", "--format", "json"),
    ("coverage",),
    ("where",),
    ("tag", "--help"),
    ("need", "list"),
]


@pytest.fixture
def old(path: Path) -> None:
    (path.parent / "old.toml").write_text("")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("argv", PRINTING)
@pytest.mark.usefixtures("old")
def test_a_full_device_is_a_message(argv: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*PROGRAM, *argv],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 3
    last = done.stderr.splitlines()[-1]
    assert last == "hunnan-tui: Cannot write the output: No space left on device"


@pytest.mark.parametrize("argv", PRINTING)
@pytest.mark.usefixtures("old")
def test_a_closed_stdout_is_a_message(argv: tuple[str, ...]) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", 'exec "$@" >&-', "sh", *PROGRAM, *argv],
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    last = done.stderr.splitlines()[-1]
    assert last == "hunnan-tui: Cannot write the output: standard output is closed"


def test_what_prints_nothing_does_without_any_stream(path: Path) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", 'exec "$@" tag add bare new <&- >&- 2>&-', "sh", *PROGRAM],
        check=False,
    )
    assert done.returncode == 0
    assert "new" in path.read_text()


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "gbk"])
def test_no_locale_makes_it_fail(path: Path, encoding: str) -> None:
    environ = os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    for argv in (["list"], ["list", "--format", "table"], ["show", "hostile"]):
        done = subprocess.run(
            [*PROGRAM, *argv], env=environ, capture_output=True, check=True
        )
        assert done.stdout
    json_lines = subprocess.run(
        [*PROGRAM, "list"], env=environ, capture_output=True, check=True
    ).stdout
    assert "航发" in json_lines.decode("utf-8")


NOTES = 20 * NIGHTLY


def test_four_processes_adding_notes_lose_none(path: Path) -> None:
    code = f"""
import sys
from hunnan_tui.cli import main
for number in range({NOTES}):
    code = main(["note", "add", "bare", f"{{sys.argv[1]}} {{number}}"])
    assert code == 0, code
"""
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", code, name],
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in ("one", "two", "three", "four")
    ]
    for writer in writers:
        _, output = writer.communicate(timeout=600)
        assert writer.returncode == 0, output
    projects = tomli.loads(path.read_text())["projects"]
    notes = next(project for project in projects if project.get("id") == "bare")[
        "notes"
    ]
    assert {note["text"] for note in notes} == {
        f"{name} {number}"
        for name in ("one", "two", "three", "four")
        for number in range(NOTES)
    }
    assert len({note["at"] for note in notes}) == 4 * NOTES
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def is_terminal(*argv: str) -> bytes:
    """What a command writes to a terminal of 60 columns, talk included."""
    process, terminal = pty.fork()
    if not process:
        os.environ["COLUMNS"] = "60"
        os.execv(sys.executable, [*PROGRAM, *argv])  # noqa: S606 - the child
    written = b""
    with suppress(OSError):  # how Linux ends a terminal whose process is gone
        while part := os.read(terminal, 65536):
            written += part
    os.close(terminal)
    os.waitpid(process, 0)
    return written


@pytest.mark.parametrize(
    "argv",
    [
        ("list",),
        ("list", "--format", "json"),
        ("list", "--format", "csv"),
        ("show", "hostile"),
        ("show", "hostile", "--format", "json"),
        ("note", "list"),
        ("check",),
        ("show", "\x1b[31m"),
        ("list", "\x9b31m"),
    ],
)
def test_nothing_that_a_terminal_obeys_reaches_one(
    path: Path, argv: tuple[str, ...]
) -> None:
    written = is_terminal(*argv).decode()
    assert written.strip()
    assert not UNSAFE.search(written.replace("\r\n", "\n"))


def test_a_table_on_a_terminal_keeps_to_its_width(path: Path) -> None:
    header, *lines = is_terminal("list").decode().splitlines()[1:-1]
    assert header.startswith("id")
    assert max(map(measure_width, [header, *lines])) <= 60


DATA = '[[projects]]\nid = "{}"\nname = "A"\n'
COMMANDS_THAT_READ = [
    ("list", "--format", "ids"),
    ("show", "a"),
    ("check",),
    ("export", "-", "--format", "csv"),
    ("report",),
    ("stats",),
    ("coverage",),
    ("where",),
    ("tag", "list"),
    ("note", "list"),
    ("need", "list"),
]


@pytest.mark.parametrize("argv", COMMANDS_THAT_READ)
def test_what_reads_takes_a_pipe(argv: tuple[str, ...], home: Path) -> None:
    (home / "projects.toml").write_text(DATA.format("zzz"))
    # alone a dash stands for ids there
    data = ["-f", "-"] if argv[1:] == ("list",) else ["/dev/stdin"]
    done = subprocess.run(
        [*PROGRAM, *argv, *data],
        input=DATA.format("a").encode(),
        capture_output=True,
        check=True,
    )
    assert b"zzz" not in done.stdout
    assert [each.name for each in home.iterdir()] == ["projects.toml"]


def test_two_pipes_are_compared(home: Path) -> None:
    command = 'exec "$@" <(printf "%s" "$OLD") <(sleep 0.1; printf "%s" "$NEW")'
    done = subprocess.run(
        ["/bin/bash", "-c", command, "bash", *PROGRAM, "diff", "--format", "json"],
        env=os.environ | {"OLD": DATA.format("a"), "NEW": DATA.format("b")},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, b"")


def test_a_socket_on_standard_input_is_read(home: Path) -> None:
    here, there = socket.socketpair()
    with here, there:
        there.sendall(DATA.format("a").encode())
        there.shutdown(socket.SHUT_WR)
        done = subprocess.run(
            [*PROGRAM, "list", "-", "--format", "ids"],
            stdin=here.fileno(),
            capture_output=True,
            check=True,
        )
    assert done.stdout == b"a\n"


def test_no_edit_goes_into_a_pipe(home: Path) -> None:
    done = subprocess.run(
        [*PROGRAM, "tag", "add", "a", "x", "-f", "-"],
        input=DATA.format("a").encode(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert b"it is a pipe" in done.stderr


def test_notes_come_from_a_pipe_too(home: Path) -> None:
    (home / "a.toml").write_text(DATA.format("a"))
    done = subprocess.run(
        [*PROGRAM, "tag", "list", "a.toml", "--notes", "/dev/stdin"],
        input=b'[[projects]]\nid = "a"\ntags = ["seen"]\n',
        capture_output=True,
        check=True,
    )
    assert done.stdout.split() == [b"1", b"seen"]
