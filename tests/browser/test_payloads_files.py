"""Texts of files and addresses are texts wherever they are shown."""

import json
import struct
from urllib.parse import urlencode

from components.config.fields import FIELDS
from tests.browser.conftest import SESSION
from tests.browser.payloads import PAYLOADS, quiet


def example():
    """An example whose every text is a payload."""
    return {
        "id": PAYLOADS[0], "title": PAYLOADS[0], "source": PAYLOADS[9], "why": PAYLOADS[2],
        "activations": ["sigmoid"], "loss": "half_squared_error", "learning_rate": 0.5,
        "biases_updated": True, "w": [[[0.5]]], "b": [[0.1]], "x": [0.3], "y": [1.0],
        "printed": [
            {"symbol": "z", "layer": 2, "row": 1, "printed": "9.99", "when": "this step",
             "erratum": {"exact": 0.25, "why": text}} for text in PAYLOADS[:3]
        ],
    }  # fmt: skip


def variants():
    """Examples with one more payload each, in a place where only certain words are allowed."""
    for key in ("activations", "loss", "learning_rate", "w", "x"):
        for text in PAYLOADS[:3]:
            yield {**example(), key: [text] if key == "activations" else text}
    yield {**example(), PAYLOADS[0]: PAYLOADS[1]}
    yield [PAYLOADS[0]]


ANSWERED = """
window.answered = window.flying = 0;
const asks = window.fetch;
window.fetch = async (...asked) => {
  window.flying += 1;
  try { return await asks(...asked); } finally {
    setTimeout(() => { window.flying -= 1; window.answered += asked[0] === "example/read"; });
  }
};
"""


def test_texts_of_an_example_are_texts(page):
    examples = f"{PAYLOADS[0]}.json", f"{PAYLOADS[3]}.json"
    page.js(ANSWERED)
    page.hand(json.dumps([example()]), examples[0])
    page.wait("window.answered && !window.flying")
    shown = page.text("examples")
    assert [i for i in (0, 1, 2, 9) if PAYLOADS[i] not in shown] == []
    for wrong in variants():
        before = page.js("return window.answered")
        page.hand(json.dumps([wrong]), examples[1])
        page.wait("window.answered > arguments[0] && !window.flying", before)
    page.wait("document.getElementById('message').textContent.includes(arguments[0])", PAYLOADS[3])
    quiet(page)


def safetensors(names):
    """A file of tensors 1×1 with these names."""
    head = {
        name: {"dtype": "F32", "shape": [1, 1], "data_offsets": [4 * i, 4 * i + 4]}
        for i, name in enumerate(names)
    }
    text = json.dumps({**head, "__metadata__": {PAYLOADS[0]: PAYLOADS[1]}}).encode()
    return struct.pack("<Q", len(text)) + text + b"\0" * 4 * len(names)


def test_names_of_tensors_and_of_files_are_texts(page):
    page.click("export")
    for names in (PAYLOADS, PAYLOADS[:2], PAYLOADS[:1]):
        page.bring(safetensors(names), f"{PAYLOADS[0]}.safetensors", by="weights-open")
    for name in ("constructor", "__proto__", "x.constructor", f"{PAYLOADS[0]}.json", *PAYLOADS[:4]):
        page.bring("x", name)
    assert PAYLOADS[3] in page.text("export-told")
    quiet(page)


def test_texts_of_an_address_are_texts(page):
    fields = dict(zip(FIELDS, PAYLOADS, strict=False))
    page.open("?" + urlencode({**fields, PAYLOADS[0]: PAYLOADS[1]}) + "#" + PAYLOADS[0])
    assert PAYLOADS[0] in page.text("message")
    quiet(page)


def test_texts_of_a_session_file_are_texts(page):
    text = page.promise(SESSION)
    for name, payload in zip(FIELDS, PAYLOADS, strict=False):
        session = json.loads(text)
        session["fields"][name] = payload
        page.bring(json.dumps(session), "session.json")
    session = json.loads(text)
    session["fields"][PAYLOADS[0]] = PAYLOADS[1]
    session["run"]["batch"] = session["made"] = PAYLOADS[0]
    session["history"] = {
        "branches": [{"id": p, "from": p, "points": [p], "kept": [p]} for p in PAYLOADS],
        "current": "__proto__",
        "at": 0,
    }
    session["own"] = {"key": PAYLOADS[0], "kind": "__proto__", "features": PAYLOADS}
    page.bring(json.dumps(session), "session.json")
    quiet(page)
    assert ["400" in line for line in page.complaints()] == [True]
