"""Texts that read as places, references or formulas of ours: they are shown, and stand for nothing.

What begins a reference is shown by its number, as other characters are that would mislead.
"""

import json

from components import ids
from components.visible import visible
from tests.browser.conftest import SESSION
from tests.browser.test_payloads import bring, table
from tests.browser.test_payloads_files import example, safetensors

MARKS = [
    *("⟦w:2:1:1⟧", "⟦#:5⟧", "⟦!:0.1⟧", "⟦text:message.close⟧", "⟦J:3:1⟧", "⟦≈⟧", "⟦/:3⟧"),
    *("⟦⟦#:5⟧⟧", "⟦text:⟦#:1⟧⟧", "{{name}}", "{{count}}", "{{key}}", "{{typed}}", "{{{name}}}"),
    *("$&", "$1", "$`", "$'", "$$", "$<name>", "$x^2$", "$\\alpha$", "\\(x\\)", "$⟦#:5⟧$"),
    *(
        "⟦constructor:1⟧",
        "⟦__proto__:1⟧",
        "⟦text:__proto__⟧",
        "⟦text:constructor⟧",
        "{{__proto__}}",
    ),
    *("{{constructor}}", "%{y}", "&amp;"),
]
WORDS = " ".join(MARKS)
TOLD = [visible(mark) for mark in MARKS]


def message_of(page):
    return page.js("return document.getElementById('message').textContent")


def test_what_is_typed_is_told_as_it_is(page):
    for i, mark in enumerate(MARKS * 2):
        field = (ids.SEED, ids.LEARNING_RATE)[i // len(MARKS)]
        page.js("deltaflow.press('edit', arguments[0], arguments[1])", field, mark)
        told = visible(mark)
        page.wait("document.getElementById('message').textContent.includes(arguments[0])", told)


def test_what_an_address_brings_is_told_as_it_is(page):
    for mark in MARKS[:6]:
        page.open(f"?{ids.SEED}=" + mark.replace("#", "%23"))
        assert visible(mark) in message_of(page)


def test_names_of_files_are_told_as_they_are(page):
    for mark in MARKS:
        name = mark.replace("/", "") + ".odd"
        page.bring("x", name)
        assert visible(name) in message_of(page)


def test_names_of_tensors_are_told_as_they_are(page):
    page.click("export")
    for mark in MARKS:
        page.bring(safetensors([mark]), f"{mark}.safetensors".replace("/", ""), by="weights-open")
        assert page.text("export-told").count(visible(mark).replace("/", "")) + ("/" in mark) >= 2


def test_names_and_cells_of_a_table_are_told_as_they_are(page):
    rows = [[n, n * n % 7, mark] for n, mark in enumerate(MARKS * 2)]
    bring(page, table([[MARKS[0], MARKS[9], MARKS[20]], *rows, [1, MARKS[1], MARKS[2]]]))
    page.wait("document.querySelectorAll('#own-problems li').length > 0")
    told = page.text("own-problems")
    assert TOLD[1] in told and TOLD[9] in told
    page.js("document.getElementById('own-dialog').close()")
    bring(page, table([[MARKS[0], MARKS[9], MARKS[20]], *rows]))
    page.js("document.querySelector('[data-choice=\"header yes\"]').click()")
    page.wait("!document.getElementById('own-use').disabled")
    assert all(mark in page.text("own-told") for mark in sorted(TOLD)[:6])
    page.click("own-use")
    page.wait("deltaflow.state.fields.dataset === 'own'")
    page.click("train-epoch")
    page.wait("!deltaflow.state.training && !deltaflow.state.pass.live")
    page.click("plot-confusion")
    page.wait("document.querySelectorAll('#confusion [scope=row]').length")
    heads = page.js(
        "return [...document.querySelectorAll('#confusion [scope=row]')]"
        ".map((th) => th.textContent.trim())"
    )
    assert set(TOLD) <= set(heads)


def test_texts_of_an_example_are_told_as_they_are(page):
    marked = {**example(), "title": WORDS[:390], "source": WORDS[-390:]}
    page.hand(json.dumps([marked]), "⟦#:5⟧.json")
    told = visible(WORDS[:390]), visible(WORDS[-390:])
    page.wait("document.getElementById('examples').textContent.includes(arguments[0])", told[0])
    assert told[1] in page.text("examples")
    for part in ("loss", "learning_rate"):
        page.bring(json.dumps([{**marked, part: WORDS[:30]}]), "⟦#:5⟧.json")
        assert TOLD[0] in message_of(page) and visible("⟦#:5⟧.json") in message_of(page)


def test_texts_of_a_session_are_told_as_they_are(page):
    session = json.loads(page.promise(SESSION))
    for mark in MARKS[:12]:
        session["fields"]["loss"] = mark
        page.bring(json.dumps(session), "session.json")
        assert visible(mark) in message_of(page)
