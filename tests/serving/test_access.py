"""Who is let in: the secret, the names of the server, and how many at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from hunnan_tui.config.settings import load_settings
from hunnan_tui.config.terminal_kind import is_served
from hunnan_tui.serving.access import (
    Address,
    Origins,
    Tokens,
    make_reader,
    read_reader,
)
from hunnan_tui.serving.limits import (
    Limits,
    OpenSessions,
    TooManySessionsError,
    find_address,
)
from hunnan_tui.serving.readers import Readers

LOCAL = Address("127.0.0.1", 8000)
EVERYWHERE = Address("0.0.0.0", 8000)  # noqa: S104 - a value, not a socket
PROXIED = Address("127.0.0.1", 8000, "https://projects.example.org")


@pytest.mark.parametrize(
    ("address", "host"),
    [
        (LOCAL, "127.0.0.1:8000"),
        (LOCAL, "localhost:8000"),
        (LOCAL, "[::1]:8000"),
        (Address("::1", 8000), "[::1]:8000"),
        (Address("projects.local", 80), "projects.local"),
        (EVERYWHERE, "192.168.7.7:8000"),
        (EVERYWHERE, "localhost:8000"),
        (PROXIED, "projects.example.org"),
        (PROXIED, "127.0.0.1:8000"),
    ],
)
def test_a_server_knows_its_names(address: Address, host: str) -> None:
    assert Origins(address).is_own_host(host)


@pytest.mark.parametrize(
    ("address", "host"),
    [
        (LOCAL, ""),
        (LOCAL, "evil.example"),
        (LOCAL, "evil.example:8000"),
        (LOCAL, "127.0.0.1"),
        (LOCAL, "127.0.0.1:8001"),
        (LOCAL, "127.0.0.1:x"),
        (LOCAL, "localhost.evil.example:8000"),
        (LOCAL, "user@127.0.0.1:8000"),
        (LOCAL, "127.0.0.1:8000/x"),
        (LOCAL, "192.168.7.7:8000"),
        (LOCAL, "[::1"),
        (LOCAL, "127.0.0.1:8000\x00"),
        (EVERYWHERE, "evil.example:8000"),
        (PROXIED, "projects.example.org:8000"),
        (PROXIED, "projects.example.org.evil.example"),
    ],
)
def test_another_name_is_not_the_server(address: Address, host: str) -> None:
    # a page of somebody else can have its own name lead to this machine
    assert not Origins(address).is_own_host(host)


@pytest.mark.parametrize(
    ("origin", "is_own"),
    [
        ("http://localhost:8000", True),
        ("http://127.0.0.1:8000", False),  # not the page that asks
        ("https://localhost:8000", False),
        ("http://localhost:8000.evil.example", False),
        ("http://evil.example", False),
        ("null", False),
        ("", False),
    ],
)
def test_only_the_servers_own_page_may_talk_to_it(origin: str, is_own: bool) -> None:
    assert Origins(LOCAL).is_own_origin(origin, "localhost:8000") is is_own


def test_behind_a_proxy_the_page_is_the_proxys() -> None:
    origins, host = Origins(PROXIED), "projects.example.org"
    assert origins.is_own_origin("https://projects.example.org", host)
    assert not origins.is_own_origin("http://projects.example.org", host)
    assert not origins.is_own_origin("https://evil.example", host)


def test_the_secret_alone_gives_a_token() -> None:
    tokens = Tokens()
    assert len(tokens.secret) > 40
    token = tokens.exchange(tokens.secret)
    assert token not in ("", tokens.secret)
    assert tokens.is_issued(token)
    for wrong in (
        "",
        "x",
        tokens.secret[:-1],
        f"{tokens.secret} ",
        token,
        "秘",
        "\udc80",
    ):
        assert tokens.exchange(wrong) == ""
    assert not tokens.is_issued("")
    assert not tokens.is_issued(tokens.secret)
    assert Tokens().secret != tokens.secret


def test_a_cookie_names_no_path() -> None:
    reader = make_reader()
    assert read_reader(reader) == reader
    for wrong in ("", "..", "../" * 8, reader.upper() + "x", "a" * 31, reader + "\n"):
        assert read_reader(wrong) == ""


def test_sessions_are_limited_in_all_and_by_address() -> None:
    sessions = OpenSessions(Limits(sessions=3, per_address=2))
    with sessions.count("a"), sessions.count("a"):
        with pytest.raises(TooManySessionsError, match="2 sessions of your address"):
            sessions.count("a").__enter__()
        with (
            sessions.count("b"),
            pytest.raises(TooManySessionsError, match="All 3 sessions"),
        ):
            sessions.count("c").__enter__()
        with sessions.count("c"):
            pass
    with sessions.count("a"):  # all have ended
        pass


def test_an_address_is_believed_from_a_proxy_alone() -> None:
    assert find_address("10.0.0.1", "1.2.3.4", is_proxied=False) == "10.0.0.1"
    assert find_address("127.0.0.1", "6.6.6.6, 1.2.3.4", is_proxied=True) == "1.2.3.4"
    assert find_address("127.0.0.1", "", is_proxied=True) == "127.0.0.1"


def test_a_session_gets_folders_of_its_own_and_nothing_of_the_terminal(
    tmp_path: Path,
) -> None:
    readers = Readers(tmp_path)
    reader = make_reader()
    taken = ("EDITOR", "VISUAL", "DISPLAY", "HUNNAN_TUI_DATA", "GIT_DIR", "TMUX")
    environ = {
        **dict.fromkeys(taken, "x"),
        "LANG": "zh_CN.UTF-8",
        "XDG_DATA_HOME": "/d",
    }
    made = readers.make_environment(reader, environ)
    assert not made.keys() & {*taken}
    assert made["LANG"] == "zh_CN.UTF-8"
    homes = {value for name, value in made.items() if name.startswith("XDG_")}
    assert all(home.startswith(str(tmp_path)) for home in homes)
    assert is_served(made)
    assert not is_served(environ)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("李雷", "李雷"),
        ("  Li\n Lei\x1b[31m ", "Li Lei[31m"),
        ("", ""),
        ("a" * 500, "a" * 100),
    ],
)
def test_a_reader_has_the_name_that_was_typed(
    tmp_path: Path, typed: str, kept: str
) -> None:
    readers, reader = Readers(tmp_path), make_reader()
    assert not readers.is_known(reader)
    readers.set_name(reader, typed)
    assert readers.is_known(reader)
    assert readers.get_name(reader) == kept
    settings = load_settings(tmp_path / reader / "config" / "hunnan-tui")
    assert (settings.author, settings.problems) == (kept, ())
