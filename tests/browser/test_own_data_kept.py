"""Own data beyond the page that brought them: reloads, links, session files."""

from components.cache import ContentCache
from components.data import own as own_data
from tests.browser.conftest import SESSION
from tests.browser.own_table import CSV, FIELDS, KEPT, choose, paste, wait_field

ASKED = """
window.requests = [];
const quick = window.fetch;
window.fetch = (path, question) => {
  if (question?.method === "POST") window.requests.push([path, JSON.parse(question.body)]);
  return quick(path, question);
};
"""
FORGET = """
indexedDB.deleteDatabase("deltaflow-own-data");
sessionStorage.clear();
"""


def bring(page, text=CSV):
    page.click("own-open")
    paste(page, text)
    page.wait("!document.getElementById('own-use').disabled")
    page.click("own-use")
    page.wait("!document.getElementById('own-dialog').open")
    wait_field(page, "dataset", "own")


def test_own_data_outlive_a_reload_and_a_restart_of_the_server(page, monkeypatch):
    bring(page)
    before = page.js(FIELDS)
    monkeypatch.setattr(own_data, "_cache", ContentCache(own_data.CACHE_BYTES))
    monkeypatch.setattr("components.data.samples._cache", ContentCache(2**20))
    page.open(f"?{page.driver.current_url.split('?')[1]}", fresh=False)
    assert page.js(FIELDS) == before
    monkeypatch.setattr(own_data, "_cache", ContentCache(own_data.CACHE_BYTES))
    monkeypatch.setattr("components.data.samples._cache", ContentCache(2**20))
    choose(page, "sample", "2")
    wait_field(page, "sample", "2")


def test_an_address_with_own_data_of_elsewhere_says_so(page):
    page.open(f"?dataset=own&own-data={'ab' * 32}&layer-sizes=2-4-2&seed=9")
    assert "not in this browser" in page.text("message")
    fields = page.js(FIELDS)
    assert (fields["dataset"], fields["layer-sizes"], fields["seed"]) == ("by_hand", "2-4-2", "9")


def test_a_link_opens_no_own_data_though_the_server_has_them(page):
    bring(page)
    address = page.driver.current_url
    key = page.promise(KEPT)["key"]
    # As in a browser of somebody else, which has the address only.
    page.load(address.removeprefix(f"{page.address}/"), FORGET + ASKED)
    page.wait_ready()
    assert "not in this browser" in page.text("message")
    assert page.js(FIELDS)["dataset"] == "by_hand"
    requests = page.js("return window.requests")
    assert requests and key not in str(requests)
    assert not any(body["fields"].get("dataset") == "own" for _, body in requests), "nor again"
    assert not page.js("return document.getElementById('next').disabled")


def test_a_session_file_carries_own_data_whole_and_cannot_replace_others(page):
    bring(page)
    text = page.promise(SESSION)
    kept = page.promise(KEPT)
    page.load("", FORGET)
    page.wait_ready()
    page.bring(text, "session.json")
    wait_field(page, "dataset", "own")
    assert page.promise(KEPT) == kept
    page.bring(text.replace('"cat"', '"cow"'), "session.json")
    assert "not the key" in page.text("message")
    assert page.promise(KEPT) == kept
    assert ["400" in line for line in page.complaints()] == [True]


def test_own_data_that_an_earlier_version_kept_still_open(page):
    """They had no salt, and the field held their key."""
    bring(page)
    old = {k: v for k, v in page.promise(KEPT).items() if k not in ("name", "salt", "key")}
    old["key"] = own_data._key(old)
    page.load("", FORGET)
    page.wait_ready()
    keep = "const { keep } = await import('/assets/server/own_data.js'); await keep(given[0])"
    page.promise(keep, old)
    page.open(f"?dataset=own&own-data={old['key']}&layer-sizes=2-3-1", fresh=False)
    assert page.js(FIELDS)["dataset"] == "own"
    assert page.js(FIELDS)["own-data"] == own_data.name_of(old["key"])
    page.reload()
    assert page.js(FIELDS)["dataset"] == "own"
