"""What a reload, a second tab, a file and a server that dies leave of a session: everything."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from components.requests.train import answer_turn
from tests.browser.conftest import Page
from tests.browser.keeping import QUERY, pause, state_of, train

CHUNKS = """
const settled = (asked) => new Promise((done) => { asked.onsuccess = () => done(asked.result); });
const database = await settled(indexedDB.open("deltaflow"));
const count = await settled(database.transaction("chunks").objectStore("chunks").count());
database.close();
return count;
"""


def trained_at_once(start, batches):
    """The weights after so many batches in one call, of the stage that `start` is."""
    body = {**start, "batch": 0, "state": None, "batches": batches, "views": []}
    return answer_turn(body)["weights"]


def test_a_reload_in_mid_run_resumes_at_a_turn_with_curves_and_rewind(page):
    page.open(QUERY)
    start = page.js("return deltaflow.stage()")
    train(page)
    page.promise("await deltaflow.saveNow(); return 1")
    saved = state_of(page)["run"]["batch"]
    page.reload()
    kept = state_of(page)
    assert kept["run"]["batch"] >= saved > 0
    assert kept["at"] == kept["run"]["batch"] == kept["history"][0]["points"][-1]["batch"]
    assert kept["weights"] == trained_at_once(start, kept["run"]["batch"])
    assert page.js("return deltaflow.state.training") is False
    assert not page.js("return document.getElementById('epoch-timeline').disabled")
    train(page, kept["run"]["batch"])
    pause(page)
    after = state_of(page)
    assert len(after["history"]) == 1, "the run goes on along its branch"
    assert after["weights"] == trained_at_once(start, after["run"]["batch"])


def test_what_came_after_the_last_saving_survives_too(page):
    page.open(QUERY)
    train(page)
    pause(page)
    page.promise("await deltaflow.saveNow(); return 1")
    train(page, state_of(page)["run"]["batch"])
    pause(page)
    before = state_of(page)
    page.reload()
    assert state_of(page) == before


def test_back_after_a_reload_is_the_step_with_its_own_settings(page):
    page.open("?learning-rate=3")
    page.click(*["next"] * 7)
    page.wait_at(1, 0)
    page.reload()
    page.click("back")
    page.wait_at(0, 6)
    assert page.js("return deltaflow.state.fields['learning-rate']") == "3"


def test_only_what_is_new_is_written_and_what_is_gone_is_removed(page):
    page.open(QUERY)
    train(page)
    pause(page)
    page.promise("await deltaflow.saveNow(); return 1")
    count = CHUNKS
    parts = page.promise(count)
    assert parts > 3
    page.promise("await deltaflow.press('edit', 'seed', '8'); return 1")
    page.js("deltaflow.state.undo = []")
    page.promise("await deltaflow.saveNow(); return 1")
    assert page.promise(count) < parts


FORBIDDEN = (
    "Object.defineProperty(window, 'indexedDB', { get() { throw new Error('forbidden'); } })"
)
FULL = "IDBObjectStore.prototype.put = () => { throw new Error('no room'); }"


@pytest.mark.parametrize(("broken", "why"), [(FORBIDDEN, "forbidden"), (FULL, "no room")])
def test_without_a_store_the_page_works_and_says_what_is_not_kept(page, broken, why):
    with page.before_the_page(broken):
        page.open(QUERY)
        train(page)
        pause(page)
        page.promise("await deltaflow.saveNow(); return 1")
        assert why in page.text("message") and "reload" in page.text("message")
        before = state_of(page)
        page.reload()
        assert state_of(page) == before, "so small a run fits where the tab keeps its place"


def test_two_tabs_do_not_disturb_each_other(page):
    first = page.driver.current_window_handle
    page.open(QUERY)
    train(page)
    pause(page)
    page.promise("await deltaflow.saveNow(); return 1")
    before = state_of(page)
    names = [page.js("return sessionStorage.getItem('deltaflow-tab')")]
    search = page.js("return location.search")
    page.driver.switch_to.new_window("tab")
    try:
        # As a duplicated tab begins: with the name of the first.
        page.load(search, f"sessionStorage.setItem('deltaflow-tab', '{names[0]}')")
        page.wait_ready()
        assert state_of(page) == before
        train(page, before["run"]["batch"])
        pause(page)
        page.promise("await deltaflow.saveNow(); return 1")
        names.append(page.js("return sessionStorage.getItem('deltaflow-tab')"))
    finally:
        page.driver.close()
        page.driver.switch_to.window(first)
    assert len(set(names)) == 2
    page.reload()
    assert state_of(page) == before


class Server:
    """serve.py as a process of its own, which can be killed and started again on its port."""

    def __init__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.process = None

    def start(self):
        environment = {**os.environ, "HOST": "127.0.0.1", "PORT": str(self.port)}
        self.process = subprocess.Popen(
            [sys.executable, "serve.py"],
            cwd=Path(__file__).parents[2],
            env=environment,
            stdout=subprocess.DEVNULL,
        )
        for _ in range(400):
            try:
                return urlopen(f"{self.address}/health").close()
            except OSError:
                time.sleep(0.05)
        raise AssertionError("the server does not start")

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def test_a_killed_server_started_again_costs_a_moment_and_no_bit(page):
    server = Server()
    server.start()
    away = Page(page.driver, server.address)
    try:
        away.open(QUERY)
        start = away.js("return deltaflow.stage()")
        train(away)
        server.kill()
        away.wait("!document.getElementById('message').hidden")
        assert "Waiting for the server" in away.text("message")
        dead = state_of(away)["run"]["batch"]
        time.sleep(0.5)
        assert state_of(away)["run"]["batch"] == dead > 0
        server.start()
        away.wait("deltaflow.state.run.batch > arguments[0]", dead)
        away.wait("document.getElementById('message').hidden")
        pause(away)
        done = state_of(away)
        assert done["weights"] == trained_at_once(start, done["run"]["batch"])
        assert [branch["from"] for branch in done["history"]] == [None]
    finally:
        server.kill()
        away.complaints()  # a refused connection is told in the console
