"""Opening the page while the server is wrong or out of reach, and by addresses of all kinds.

What counts as no answer and what as a refusal is held by tests/assets/server/exchange.test.js.
"""

from urllib.parse import urlencode

import pytest

# What window.fetch does with each POST until window.repair() is called.
FAULTS = {
    "502": "new Response('<html>Bad Gateway', { status: 502, statusText: 'Bad Gateway' })",
    "hang": (
        "new Promise((_, fail) => { const end = () => fail(new Error('cut'));"
        " question.signal.addEventListener('abort', end); window.mended.then(end); })"
    ),
}
FAULTY = """
window.asked = 0;
window.mended = new Promise((mend) => { window.repair = () => { window.whole = true; mend(); }; });
const whole = window.fetch;
window.fetch = (path, question) => {
  if (window.whole || question?.method !== "POST") return whole(path, question);
  window.asked++;
  return Promise.resolve().then(() => FAULT);
};
"""
ALIVE = """return [...document.querySelectorAll('header button, .player button, .controls button,'
  + '.controls input, .controls select')].filter((one) => !one.disabled).map(({ id }) => id)"""
PROTOTYPE = [
    *("constructor", "__proto__", "toString", "valueOf", "hasOwnProperty", "isPrototypeOf"),
    *("propertyIsEnumerable", "toLocaleString", "__defineGetter__", "__lookupSetter__"),
]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_server_that_does_not_answer_at_opening_is_told_and_waited_for(page, fault):
    with page.before_the_page(FAULTY.replace("FAULT", FAULTS[fault])):
        page.load()
    page.wait("document.getElementById('message')?.textContent.includes('Waiting for the server')")
    assert page.js(ALIVE) == []
    page.js("document.getElementById('share').click()")
    assert not page.js("return document.querySelector('#page.ready')")
    page.js("window.repair()")
    page.wait_ready()
    page.wait("document.getElementById('message').hidden")
    assert {"step-forward", "next", "play", "export"} <= set(page.js(ALIVE))
    assert "back" not in page.js(ALIVE)
    page.click("next")
    page.wait_at(0, 1)


def test_names_that_every_object_has_are_no_fields(page):
    with page.before_the_page(FAULTY.replace("FAULT", "whole(path, question)")):
        page.load("?" + urlencode(dict.fromkeys(PROTOTYPE, "1")) + "&seed=9")
    page.wait_ready()
    assert page.js("return deltaflow.state.fields.seed") == "9"
    assert page.js("return document.getElementById('message').hidden")
    assert page.js("return window.asked") <= 4


def refusing(answer, status, times):
    """The first so many starts are answered so."""
    refused = f"new Response({answer!r}, {{ status: {status} }})"
    return FAULTY.replace("FAULT", f"window.asked > {times} ? whole(path, question) : {refused}")


@pytest.mark.parametrize(
    ("answer", "status", "told"),
    [
        ("no", 403, "refused this (403"),
        ('{"refused": {"field": null, "text": "It took too long."}}', 200, "It took too long."),
        ('{"refused": {"field": "constructor", "text": "What?"}}', 200, "What?"),
    ],
)
def test_a_refused_address_opens_with_the_defaults_and_says_why(page, answer, status, told):
    with page.before_the_page(refusing(answer, status, 1)):
        page.load("?seed=9&learning-rate=2")
    page.wait_ready()
    assert told in page.text("message")
    assert page.js("return deltaflow.state.fields.seed") == "7"
    page.click("next")
    page.wait_at(0, 1)


def test_a_server_that_refuses_all_is_not_asked_again_and_again(page):
    with page.before_the_page(refusing("no", 403, 1e9)):
        page.load("?seed=9")
    page.wait("document.querySelector('#message button')")
    assert "403" in page.text("message") and "Try again" in page.text("message")
    assert page.js("return window.asked") == 2, "as the address asks for, and the defaults"
    assert page.js(ALIVE) == []
    page.js("document.querySelector('#message button').click()")
    page.wait_ready()


def test_every_field_that_cannot_be_used_is_named_and_the_others_stay(page):
    page.open("?seed=x&learning-rate=fast&layer-sizes=2-2-1&init=constructor")
    text = page.text("message")
    assert "x" in text and "fast" in text and "constructor" in text
    fields = page.js("return deltaflow.state.fields")
    assert (fields["layer-sizes"], fields["seed"]) == ("2-2-1", "7")


def test_a_click_and_a_key_and_a_file_by_a_name_of_every_object_do_nothing(page):
    page.promise(
        "const { make } = await import('/assets/kit/dom.js');"
        "for (const name of given[0]) {"
        "  const button = make('button', { id: name });"
        "  document.querySelector('header').append(button); button.click(); button.remove();"
        "  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true }));"
        "}",
        PROTOTYPE,
    )
    for name in PROTOTYPE:
        page.bring("{}", f"x.{name}")
        assert "cannot be opened here" in page.text("message")
    assert page.at() == (0, 0)


def test_without_scripts_the_page_says_what_it_needs(page):
    page.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        page.driver.get(f"{page.address}/?without")
        text = page.driver.find_element("css selector", "body").text
        box = page.driver.find_element("css selector", ".noscript").rect
    finally:
        page.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    assert "needs JavaScript" in text and "Loading" not in text
    assert 0 < box["y"] < 400 and box["width"] < 800
