"""The policy in a real browser: nothing but our own scripts runs; the page lives under a prefix."""

import pytest

from app import create_app
from components.serving.settings import Settings
from tests.browser.conftest import served, visited

SCRIPTS = {
    "an element": "const s = document.createElement('script'); s.textContent = 'window.ran = 1';"
    "document.body.append(s)",
    "an attribute": "document.body.insertAdjacentHTML('beforeend',"
    "'<img src=x onerror=\"window.ran = 1\">')",
    "another host": "const s = document.createElement('script'); s.src = 'http://127.0.0.2:9/x.js';"
    "document.body.append(s)",
}


def test_a_script_that_is_not_ours_does_not_run_and_is_complained_of(page):
    page.open()
    for name, script in SCRIPTS.items():
        assert page.complaints() == [], name
        page.promise(f"{script}; await new Promise((go) => setTimeout(go, 300)); return 1")
        assert page.js("return window.ran") is None, name
        assert any("Content Security Policy" in complaint for complaint in page.complaints()), name


@pytest.fixture
def below(driver):
    """The page of a server that is shown under /deltaflow/."""
    app = create_app(Settings(prefix="/deltaflow/")).server
    with served(app) as address, visited(driver, f"{address}/deltaflow") as page:
        yield page


def test_under_a_prefix_the_page_opens_steps_trains_and_is_reloaded(below):
    below.open("?dataset=moons&layer-sizes=2-4-1")
    asked = below.js("return performance.getEntriesByType('resource').map((e) => e.name)")
    assert asked and all(url.startswith(below.address) for url in asked if "127.0.0.1" in url)
    below.click("step-forward")
    below.wait_at(0, 1)
    below.click("train")
    below.wait("Number(document.getElementById('epoch').textContent.match(/\\d+/)[0]) > 0")
    below.click("train")
    below.open("?dataset=moons&layer-sizes=2-4-1", fresh=False)
    assert below.js("return location.pathname") == "/deltaflow/"
