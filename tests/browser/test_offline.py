"""Without the server for a while, and never with any other host."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from tests.browser.by_hand import walk
from tests.browser.conftest import Page
from tests.browser.table import place, titles, wait_place, walk_on
from tests.browser.test_controls import choose, type_into, wait_field

LAST = len(walk(3))
ROOT = Path(__file__).parents[2]
HOSTS = """
return [...new Set(performance.getEntries().map(({ name }) => name)
  .filter((name) => /^[a-z]+:\\/\\//.test(name)).map((name) => new URL(name).origin))];
"""


class Server:
    """serve.py as a process of its own, which can be killed and started again."""

    def __init__(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.port = listener.getsockname()[1]
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            [sys.executable, "serve.py"],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "PORT": str(self.port)},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert f":{self.port}/" in self.process.stdout.readline()

    def kill(self):
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def server():
    server = Server()
    server.start()
    yield server
    server.kill()


def test_clicks_wait_for_a_server_that_is_gone_and_arrive(driver, server):
    page = Page(driver, f"http://127.0.0.1:{server.port}")
    page.resize(1280, 720)
    page.open()
    seen = {}
    for _ in range(2 * LAST + 2):
        at = tuple(walk_on(page))
        seen[at] = titles(page)
    page.open()
    page.wait("performance.getEntriesByName(location.origin + '/pass').length === 2")
    server.kill()
    clicks = 2 * LAST + 2
    page.js(
        "for (let i = 0; i < arguments[0]; i++) document.getElementById('next').click()", clicks
    )
    wait_place(page, 2, LAST, LAST)
    assert titles(page) == seen[2, LAST, LAST], "what was fetched ahead needs no server"
    page.wait("!document.getElementById('message').hidden")
    assert "server" in page.text("message")
    server.start()
    wait_place(page, 3, clicks - 2 * LAST + 1, LAST)
    assert titles(page) == seen[tuple(place(page))]
    page.wait("document.getElementById('message').hidden")
    driver.get_log("browser")


def test_no_other_host_is_asked_for_anything(page):
    page.click("theme")
    type_into(page, "layer-sizes", "2-4-1")
    wait_field(page, "layer-sizes", "2-4-1")
    choose(page, "dataset", "xor")
    wait_field(page, "dataset", "xor")
    page.js("document.activeElement.blur(); document.getElementById('speed').value = '0'")
    page.click("play")
    page.wait("deltaflow.state.pass.iteration >= 2")
    page.click("play")
    page.click("matrices-tab")
    page.click("help")
    page.keys(Keys.ESCAPE)
    page.wait("document.querySelector('#loss-plot .main-svg')")
    asked = page.js(HOSTS)
    assert asked == [page.address]
    linked = page.js(
        "return [...document.querySelectorAll('[src], link[href], use, image')]"
        ".map((n) => n.src || n.href?.baseVal || n.href)"
    )
    for address in linked:
        assert not address or address.startswith((page.address, "data:", "blob:", "#")), address


ASKED = """
return performance.getEntriesByType('resource').map(({ name, startTime, responseEnd }) =>
  [new URL(name).pathname, startTime, responseEnd])
"""


def asked_for(page, *parts):
    """The scripts asked for so far whose paths have one of these parts."""
    return [path for path, *_ in page.js(ASKED) if any(part in path for part in parts)]


def test_what_the_first_picture_does_not_need_comes_after_it(page):
    page.wait("document.querySelector('#formula mjx-container')")
    passed = min(end for path, _, end in page.js(ASKED) if path.endswith("/pass"))
    assert [begin > passed for path, begin, _ in page.js(ASKED) if "mathjax" in path] == [True]


def test_plotly_and_dash_come_with_the_first_point_of_a_plot(page):
    page.wait("document.querySelector('#formula mjx-container')")
    # No pointer comes near, which would bring them ahead.
    page.js("document.getElementById('begin-close').click()")
    page.keys(*[Keys.ARROW_RIGHT] * (LAST - 2))
    page.wait("deltaflow.state.cursor === arguments[0]", LAST - 2)
    assert page.driver.find_element("id", "loss-empty").is_displayed()
    assert asked_for(page, "plotly", "dash_renderer", "react", "async-graph") == []
    page.keys(Keys.ARROW_RIGHT)
    page.wait("document.querySelector('#loss-plot .scatterlayer .point')")
    assert not page.driver.find_element("id", "loss-empty").is_displayed()
    assert len(asked_for(page, "plotly")) == len(asked_for(page, "dash_renderer")) == 1
    assert asked_for(page, "bootstrap_components", "dash_table", "async-markdown") == []
    page.click("reset")
    page.wait("deltaflow.state.losses.length === 0")
    page.wait("!document.querySelector('#loss-plot:not(.empty)')")
    assert page.driver.find_element("id", "loss-empty").is_displayed()


def test_who_comes_near_a_plot_finds_its_scripts_fetched(page):
    page.wait("document.querySelector('#formula mjx-container')")
    ActionChains(page.driver).move_to_element(page.driver.find_element("id", "train")).perform()
    page.wait("performance.getEntriesByType('resource').some(({ name }) => /plotly/.test(name))")
    page.wait("performance.getEntriesByType('resource').some(({ name }) => /renderer/.test(name))")
    assert page.js("return [window.Plotly, window.DashRenderer]") == [None, None], "they rest"


OTHER_FORM = """
document.addEventListener("readystatechange", () => {
  delete document.getElementById("mathjax-script").dataset.entry;
}, { once: true });
"""


def test_where_mathjax_has_another_form_dash_brings_it(page):
    page.load(before=OTHER_FORM)
    page.wait("document.querySelector('#formula mjx-container')")
    assert asked_for(page, "dash_renderer") and asked_for(page, "async-markdown")
