"""A session as a file: all of it, or a message."""

import json
import math
import re
import struct
from base64 import b64encode

from tests.browser.conftest import SESSION
from tests.browser.keeping import QUERY, pause, state_of, train


def test_a_session_file_brings_everything_back_to_the_last_bit(page):
    page.open(QUERY)
    train(page)
    pause(page)
    page.js(
        "const line = document.getElementById('epoch-timeline');"
        "line.value = 1; line.dispatchEvent(new Event('input'))"
    )
    page.wait("deltaflow.state.run.batch <= 2 && !deltaflow.state.pass.live")
    train(page)
    pause(page)
    before = state_of(page)
    assert len(before["history"]) == 2
    text = page.promise(SESSION)
    page.open()
    page.bring(text, "session.json")
    assert state_of(page) == before
    assert page.promise(SESSION) == text
    page.click("undo")
    page.wait("deltaflow.state.fields['layer-sizes'] === '3-3-2'")


def changed(text, old, new):
    assert old in text
    return text.replace(old, new, 1)


def not_a_number(text):
    session = json.loads(text)
    session["weights"]["w"]["2"] = b64encode(struct.pack("<12d", *[math.nan] * 12)).decode()
    return json.dumps(session)


WRONG = {
    "no JSON": (lambda text: "x,y\n1,2", "not JSON"),
    "other JSON": (lambda text: '{"w": 1}', "not a session"),
    "older": (lambda text: changed(text, '"version":1', '"version":0'), "version 0"),
    "other network": (lambda text: changed(text, '"3-4-2"', '"3-5-2"'), "w² is not 5×3"),
    "nan weights": (lambda text: not_a_number(text), "w² is not 4×3 finite numbers"),
    "a field's text": (
        lambda text: changed(text, '"learning-rate":"0.01"', '"learning-rate":"fast"'),
        "fast",
    ),
}


def test_a_wrong_file_is_a_message_and_the_stage_stays(page):
    page.open(QUERY)
    before = state_of(page)
    text = page.promise(SESSION)
    for name, (make, words) in WRONG.items():
        page.bring(make(text), "session.json")
        assert words in page.text("message") and "session.json" in page.text("message"), name
        assert state_of(page) == before, name


def test_parts_of_a_history_that_do_not_fit_are_left_out_with_a_word(page):
    page.open(QUERY)
    train(page)
    pause(page)
    session = json.loads(page.promise(SESSION))
    session["history"]["branches"][0]["kept"][0]["weights"]["w"]["2"] = "AAAA"
    session["history"]["branches"][0]["points"][0]["train_loss"] = "<b>"
    page.bring(json.dumps(session), "session.json")
    assert "2 parts of its history" in page.text("message")


def test_what_a_file_is_refused_for_is_told_in_the_language_of_the_page(page):
    page.open("?lang=zh")
    for content, name in (("…", "cat.png"), ("x,y", "a.json"), ('{"w": 1}', "b.json")):
        page.bring(content, name)
        assert name in page.text("message")
        assert re.search("无法打开|不是 JSON|不是 Deltaflow", page.text("message"))
        assert not re.search("cannot|stage|This is", page.text("message"))


def test_a_picture_and_a_huge_file_are_named(page):
    page.bring("…", "cat.png")
    assert "cat.png" in page.text("message") and ".json" in page.text("message")
    page.bring("1", "huge.json", size=2e8)
    assert "200.0 MB" in page.text("message") and "64 MB" in page.text("message")
