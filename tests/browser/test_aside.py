"""What a tab had kept and cannot be read: set aside, told, offered as a file."""

import json

import pytest

from tests.english import english

SAVED = """
const kept = URL.createObjectURL;
URL.createObjectURL = (blob) => {
  if (blob.type === "application/json") blob.text().then((text) => { window.saved = text; });
  return kept(blob);
};
"""
# Another connection to what the page keeps.
STORE = "const store = await import('/assets/server/store.js');"
ASIDE = f"""{STORE}
const keys = (await store.keys("sessions")).filter((key) => key.startsWith("aside-"));
return Promise.all(keys.map((key) => store.read("sessions", key)));
"""
LATEST = "sessionStorage.setItem('deltaflow-2', JSON.stringify({ at: 9e15, skeleton: %s }))"
NAME = "const tab = sessionStorage.getItem('deltaflow-tab');"
SESSION = "{ shelf: 'sessions', key: tab, value }"
PUT = f"{STORE} {NAME} const value = %s; await store.change([{SESSION}])"
PARTS = f"""{STORE} {NAME}
const keys = (await store.keys("chunks")).filter(([name]) => name === tab);
await store.change(keys.map((key) => ({{ shelf: "chunks", key, value: %s }})));
"""
SKELETON = f"""{STORE} {NAME}
const value = await store.read("sessions", tab);
(%s)(value.skeleton);
await store.change([{SESSION}]);
"""
# What is done to a saved session, and whether what the tab wrote last is done away with as well.
DAMAGE = {
    "sessionStorage is no JSON": ("sessionStorage.setItem('deltaflow-2', '{bad')", False),
    "sessionStorage is a number": ("sessionStorage.setItem('deltaflow-2', '7')", False),
    "the latest is tampered with": (LATEST % "{ fields: {} }", False),
    "the latest is a text": (LATEST % "'<img src=x onerror=alert(1)>'", False),
    "a session of garbage": (PUT % "'garbage'", True),
    "a session of null": (PUT % "{ at: Date.now(), skeleton: null }", True),
    "parts are gone": (PARTS % "undefined", True),
    "parts of garbage": (PARTS % "[1, 2, 3]", True),
    "a history of garbage": (SKELETON % "(s) => { s.history = { branches: 7 }; }", True),
    "a cursor of garbage": (SKELETON % "(s) => { s.cursor = '__proto__'; }", True),
    "IndexedDB is deleted": ("indexedDB.deleteDatabase('deltaflow')", True),
    "weights of other sizes": (SKELETON % "(s) => { s.fields['layer-sizes'] = '3-9-2'; }", True),
}


ADDRESS = "?learning-rate=0.25"
TRAINED = """
while (deltaflow.state.pass.iteration === 0) await deltaflow.press("next");
await deltaflow.saveAll();
"""


def damaged(page, name):
    """The page loaded again after the damage; a setting that is damaged is asked for as well."""
    code, latest = DAMAGE[name]
    page.promise(f"{code}; return 1")
    if latest:
        page.js("addEventListener('pagehide', () => sessionStorage.removeItem('deltaflow-2'))")
    else:
        page.js(
            "const text = sessionStorage.getItem('deltaflow-2');"
            "addEventListener('pagehide', () => sessionStorage.setItem('deltaflow-2', text))"
        )
    page.open(ADDRESS + ("&layer-sizes=3-9-2" if "sizes" in name else ""), fresh=False)


def hold_against(page, name):
    """One damage: told, set aside, offered."""
    page.promise(TRAINED)
    before, at = len(page.promise(ASIDE)), page.at()
    damaged(page, name)
    assert "could not be read" in page.text("message"), name
    # Where IndexedDB still has all but the last moment, the walk is where it was.
    assert page.at() == ((0, 0) if DAMAGE[name][1] else at), name
    aside = page.promise(ASIDE)
    assert len(aside) == min(3, before + 1) or "deleted" in name, name
    why = english(aside[-1]["why"])
    assert why in page.text("message"), name
    page.js(SAVED)
    page.driver.find_element("css selector", "#message button").click()
    file = json.loads(page.wait("window.saved"))
    assert file["kind"] == "deltaflow unreadable session" and english(file["why"]) == why
    assert set(file["found"]) >= {"latest", "parts"}
    page.complaints()  # weights that the server refuses are told there as well


def hold_afterwards(page):
    """What is done next is kept again, and nothing more is told."""
    page.click("next")
    page.promise("await deltaflow.saveAll(); return 1")
    at = page.at()
    page.reload()
    assert page.at() == at and "could not be read" not in page.text("message")


@pytest.mark.parametrize("stored", [False, True], ids=["the latest", "the store"])
def test_what_cannot_be_read_is_set_aside_told_and_offered(page, stored):
    page.open(ADDRESS)
    for name in [name for name, (_, where) in DAMAGE.items() if where == stored]:
        hold_against(page, name)
    hold_afterwards(page)


def test_a_first_visit_and_a_plain_reload_have_nothing_to_tell(page):
    page.open()
    for _ in range(2):
        page.reload()
        assert page.js("return document.getElementById('message').hidden")


def test_only_the_newest_few_are_kept(page):
    page.open()
    page.promise(
        "const { put } = await import('/assets/walk/aside.js');"
        "for (let i = 0; i < 5; i++) {"
        "  await put({ latest: String(i), parts: [] }, 'because');"
        "  await new Promise((go) => setTimeout(go, 2)); }"
        "return 1"
    )
    assert [one["found"]["latest"] for one in page.promise(ASIDE)] == ["2", "3", "4"]
