"""The app in Chromium: what a reader sees and does there."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest

from tests.serving.host import PATIENCE, find_port
from tests.serving.test_real_app import (
    ESCAPE,
    Serving,
    read_notes,
    start_server,
    stop_server,
)

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
pytestmark = [
    pytest.mark.posix,
    pytest.mark.skipif(find_spec("selenium") is None, reason="selenium is missing"),
    pytest.mark.skipif(
        not (CHROMIUM and DRIVER), reason="there is no Chromium with its driver"
    ),
]
_T = TypeVar("_T")
_RECORD = """
const Socket = window.WebSocket;
window.drawn = "";
window.WebSocket = class extends Socket {
  constructor(...args) {
    super(...args);
    window.rows = Number(new URL(args[0]).searchParams.get("height"));
    this.addEventListener("message", (event) => {
      if (typeof event.data === "string") return;
      window.drawn += new TextDecoder().decode(event.data);
    });
  }
};
"""
"""Keeps what the app draws, which is pixels on the page."""
_DATASET = """\
[[projects]]
id = "a"
name = "Aster 沈阳"
investment = 5_000_000
investment_source = "s"
sources = ["s"]
[[projects]]
id = "b"
name = "Borage"

[[sources]]
id = "s"
title = "A paper"
url = "URL"
"""


def wait_for(find: Callable[[], _T]) -> _T:
    """Return what is found, when it is."""
    end = time.monotonic() + PATIENCE
    while not (found := find()):
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.05)
    return found


@pytest.fixture
def chrome(tmp_path: Path) -> Iterator[Chrome]:
    from selenium.webdriver import Chrome, ChromeOptions, ChromeService

    options = ChromeOptions()
    options.binary_location = CHROMIUM or ""
    for word in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage"):
        options.add_argument(word)
    options.add_argument("--window-size=1200,700")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    options.add_experimental_option(
        "prefs",
        {
            "download.default_directory": str(tmp_path / "downloads"),
            "download.prompt_for_download": False,
        },
    )
    driver = Chrome(options, ChromeService(DRIVER))
    try:
        record = {"source": _RECORD}
        driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", record)
        granted = {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]}
        driver.execute_cdp_cmd("Browser.grantPermissions", granted)
        yield driver
    finally:
        driver.quit()


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Serving]:
    port = find_port()
    opened = f"http://127.0.0.1:{port}/static/opened"
    (tmp_path / "projects.toml").write_text(_DATASET.replace("URL", opened))
    server = start_server(tmp_path, port=port)
    try:
        yield server
    finally:
        server.process.kill()
        server.process.communicate()


def type_keys(chrome: Chrome, *keys: str) -> None:
    from selenium.webdriver import ActionChains

    for key in keys:
        ActionChains(chrome).send_keys(key).perform()


class Screen:
    """What the app has drawn since the last look."""

    def __init__(self, chrome: Chrome) -> None:
        self._chrome = chrome

    def wait_for(self, text: str) -> None:
        """Wait until a text is drawn; the next one must be drawn behind it."""

        def find() -> int:
            drawn = self._chrome.execute_script("return window.drawn || ''")
            plain = ESCAPE.sub(b"", drawn.encode()).decode()
            return int(text in plain)

        wait_for(find)
        self._chrome.execute_script("window.drawn = ''")


def test_a_reader_works_as_in_a_terminal(chrome: Chrome, serving: Serving) -> None:
    begin(chrome, serving)  # one browser for all: it takes seconds to start
    copy_follow_and_click(chrome, serving)
    write_and_export(chrome, serving)
    end_and_begin_again(chrome, serving)


def write_and_export(chrome: Chrome, serving: Serving) -> None:
    from selenium.webdriver import ActionChains
    from selenium.webdriver.common.keys import Keys

    screen, folder = Screen(chrome), serving.folder
    type_keys(chrome, "n")
    screen.wait_for("New note")
    type_keys(chrome, "新注 note")
    screen.wait_for("新注 note")
    control = ActionChains(chrome).key_down(Keys.CONTROL)
    control.send_keys("s").key_up(Keys.CONTROL).perform()
    wait_for(lambda: read_notes(serving.dataset))
    assert read_notes(serving.dataset) == {"新注 note": "李雷"}

    type_keys(chrome, "x")
    screen.wait_for("goes to your browser")
    type_keys(chrome, Keys.ENTER)
    (written,) = wait_for(lambda: list((folder / "downloads").glob("*.csv")))
    assert "Aster 沈阳" in written.read_text("utf-8-sig")
    left = {path.name for path in folder.iterdir()}
    assert left == {"projects.toml", "home", "downloads"}


def end_and_begin_again(chrome: Chrome, serving: Serving) -> None:
    from selenium.webdriver.common.by import By

    screen = Screen(chrome)
    ended = chrome.find_element(By.ID, "reason")
    assert not ended.is_displayed()
    type_keys(chrome, "q")
    wait_for(ended.is_displayed)
    chrome.find_element(By.ID, "again").click()
    screen.wait_for("Quit")
    stop_server(serving)
    ended = chrome.find_element(By.ID, "reason")
    wait_for(ended.is_displayed)
    assert ended.text == "The server was stopped. All is saved."
    logged = chrome.get_log("browser")
    # what its policy refuses, and errors of scripts
    expected = ("status of 40", "already in CLOSING")
    assert not [
        each
        for each in logged
        if each["level"] == "SEVERE"
        and not any(words in each["message"] for words in expected)
    ]


def copy_follow_and_click(chrome: Chrome, serving: Serving) -> None:
    from selenium.webdriver import ActionChains
    from selenium.webdriver.common.by import By

    screen = Screen(chrome)
    type_keys(chrome, "Y")
    screen.wait_for("Copied the citation in the browser")
    read = "return navigator.clipboard.readText()"
    assert "Aster 沈阳" in chrome.execute_script(read)

    type_keys(chrome, "o")
    screen.wait_for("Open this address?")
    type_keys(chrome, "y")
    wait_for(lambda: len(chrome.window_handles) > 1)
    own, opened = chrome.window_handles
    chrome.switch_to.window(opened)
    wait_for(lambda: chrome.current_url == f"{serving.url}/static/opened")
    assert chrome.execute_script("return window.opener") is None
    chrome.close()
    chrome.switch_to.window(own)

    # the second project of the list, 40 % of the window from its left
    terminal = chrome.find_element(By.CLASS_NAME, "xterm-screen")
    width, height = terminal.size["width"], terminal.size["height"]
    line = height / chrome.execute_script("return window.rows")
    left, top = round(width * -0.1), round(line * 5.5 - height / 2)
    mouse = ActionChains(chrome)
    mouse.move_to_element_with_offset(terminal, left, top).click().perform()
    screen.wait_for("Id         b")
    type_keys(chrome, "k")  # the first one again


def begin(chrome: Chrome, serving: Serving) -> None:
    """Let a reader in, with a name."""
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    chrome.get(f"{serving.url}/?secret=wrong")
    assert "not the secret" in chrome.page_source
    chrome.get(f"{serving.url}/?secret={serving.secret}")
    assert serving.secret not in chrome.current_url
    chrome.find_element(By.NAME, "name").send_keys("李雷", Keys.ENTER)
    # keys work, and the last line says which, without a click first
    Screen(chrome).wait_for("Quit")
