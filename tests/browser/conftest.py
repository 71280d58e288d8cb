"""One server and one Chromium for all browser tests, a fresh page for each."""

import base64
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from selenium import webdriver
from selenium.common.exceptions import TimeoutException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from werkzeug.serving import make_server

from app import create_app
from tests.browser.bringing import FILE, SAID
from tests.browser.editing import Hand
from tests.conftest import pytest_setup_options

MOONS = "?dataset=moons&layer-sizes=2-4-1&hidden-activation=tanh&learning-rate=0.1&points=40"

PATIENCE = 20
# What Save session would put on the disk.
SESSION = """
const { createObjectURL } = URL;
return new Promise((done) => {
  URL.createObjectURL = (blob) => {
    URL.createObjectURL = createObjectURL;
    blob.text().then(done);
    return createObjectURL(blob);
  };
  document.getElementById("session-save").click();
});
"""
# What a tab kept is gone before the page's own scripts run.
FORGET = "sessionStorage.clear(); localStorage.clear()"
# A number typed on the page, {symbol, layer, row, col, text}, kept or refused when this is done.
CHANGE = "await new Promise((done) => deltaflow.press('change', given[0], done))"


# An element that can act.
ENABLED = "(one => !one.disabled && one)(document.getElementById(arguments[0]))"


class Page:
    """The page in a real browser, with the few things that tests do to it.

    It opens by itself, as on a first visit, when something is done to it before `open`.
    """

    def __init__(self, browser: webdriver.Chrome, address: str) -> None:
        self._browser, self.address = browser, address
        self._opened = False

    @property
    def driver(self) -> webdriver.Chrome:
        if not self._opened:
            self.open()
        return self._browser

    def open(self, query: str = "", fresh: bool = True) -> None:
        """Load the page and wait until it is drawn; `fresh` forgets what the tab kept."""
        first, self._opened = not self._opened, True
        self.load(query, FORGET if first or fresh else "")
        self.wait_ready()

    def load(self, query: str = "", before: str = FORGET) -> None:
        """The same without waiting; `before` is a script that runs before those of the page."""
        self._opened = True
        if "#" in query:  # another fragment alone would load nothing
            self.driver.get("about:blank")
        with self.before_the_page(before):
            self.driver.get(f"{self.address}/{query}")

    def reload(self) -> None:
        self.driver.refresh()
        self.wait_ready()

    def wait_ready(self) -> None:
        self.wait("document.querySelector('#page.ready')")

    @contextmanager
    def before_the_page(self, source: str) -> Iterator[None]:
        """A script that runs before the page's own, in each page that is loaded meanwhile."""
        added = self._browser.execute_cdp_cmd(
            "Page.addScriptToEvaluateOnNewDocument", {"source": source}
        )
        try:
            yield
        finally:
            self._browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", added)

    def js(self, code: str, *arguments: Any) -> Any:
        return self.driver.execute_script(code, *arguments)

    def promise(self, code: str, *arguments: Any) -> Any:
        """The value of an async function's body."""
        wrapped = (
            "const done = arguments[arguments.length - 1];"
            f"(async (...given) => {{ {code} }})(...arguments)"
            ".then(done, (e) => done('failed: ' + e));"
        )
        value = self.driver.execute_async_script(wrapped, *arguments)
        assert not str(value).startswith("failed:"), value
        return value

    def wait(self, condition: str, *arguments: Any) -> Any:
        """Wait until an expression is true, and return it; asked less often as time goes on."""
        end, pause = time.monotonic() + PATIENCE, 0.01
        while not (value := self.js(f"return {condition}", *arguments)):
            if time.monotonic() > end:
                raise TimeoutException(condition)
            time.sleep(pause)
            pause = min(1.5 * pause, 0.1)
        return value

    def click(self, *names: str) -> None:
        for name in names:
            self.wait(ENABLED, name).click()

    def keys(self, *keys: str) -> None:
        for key in keys:
            ActionChains(self.driver).send_keys(key).perform()

    def bring(
        self, content: str | bytes, name: str, *, size: float | None = None, by: str = ""
    ) -> None:
        """Drop a file, or choose it at the button `by`; done when the page has said what of it."""
        self.hand(content, name, size=size, by=by)
        self.wait(SAID)

    def hand(
        self, content: str | bytes, name: str, *, size: float | None = None, by: str = ""
    ) -> None:
        """The same without waiting, for what the page takes without a word."""
        data = content if isinstance(content, bytes) else content.encode()
        self.js(FILE, base64.b64encode(data).decode(), name, size, by)

    def at(self) -> tuple[int, int]:
        """The iteration and the cursor."""
        return tuple(self.js("const s = deltaflow.state; return [s.pass.iteration, s.cursor]"))

    def wait_at(self, iteration: int, cursor: int) -> None:
        self.wait(
            "(s => s.pass.iteration === arguments[0] && s.cursor === arguments[1])"
            "(deltaflow.state)",
            iteration,
            cursor,
        )

    def text(self, name: str) -> str:
        return self.driver.find_element(By.ID, name).text

    def resize(self, width: int, height: int) -> None:
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self._browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)

    def complaints(self) -> list[str]:
        """What the console has had to say since last asked."""
        return [
            entry["message"]
            for entry in self._browser.get_log("browser")
            if entry["level"] == "SEVERE"
        ]


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address of a server of the app, on a port of its own."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def leave(page: Page) -> None:
    """Nothing that the page still loads or asks reaches the next test.

    A page that leaves by itself leaves its process to the next one, with all scripts compiled.
    """
    page.js("location.replace('about:blank')")
    page.wait("location.href === 'about:blank'")


@contextmanager
def visited(driver: webdriver.Chrome, address: str) -> Iterator[Page]:
    """The page as on a first visit at 1280×720; the console must be clean at the end."""
    page = Page(driver, address)
    page.resize(1280, 720)
    page.complaints()  # of the test before
    yield page
    told = page.complaints()
    leave(page)
    assert told == []


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    with served(create_app().server) as found:
        yield found


@pytest.fixture(scope="session")
def driver() -> Iterator[webdriver.Chrome]:
    browser = webdriver.Chrome(options=pytest_setup_options())
    browser.set_script_timeout(60)
    yield browser
    browser.quit()


@pytest.fixture
def page(driver: webdriver.Chrome, address: str) -> Iterator[Page]:
    """The page of the one server."""
    with visited(driver, address) as found:
        yield found


@pytest.fixture
def moons(page: Page) -> Page:
    page.open(MOONS)
    page.wait("deltaflow.samples()")
    page.js("document.getElementById('train-speed').value = '1'")
    return page


@pytest.fixture
def hand(page: Page) -> Hand:
    return Hand(page)
