"""Weights saved from the stage and opened onto it again."""

from base64 import b64encode
from itertools import permutations

import numpy as np
from safetensors.numpy import save

SAVED = """
const kept = URL.createObjectURL;
URL.createObjectURL = (blob) => {
  if (blob.type === "application/octet-stream") window.saved = blob; // plotly.js makes some too
  return kept(blob);
};
"""
WEIGHTS = "return deltaflow.stage().weights"


def test_saved_weights_open_again_bit_for_bit_and_can_be_undone(page):
    page.js(SAVED)
    for form in ("weights-npz", "weights-safetensors"):
        hold_saved_weights(page, form)


def hold_saved_weights(page, form):
    page.js("document.getElementById('export-told').replaceChildren()")
    page.promise("await deltaflow.press('edit', 'layer-sizes', '3-4-2')")
    before = page.js(WEIGHTS)
    page.click("export", form)
    page.wait("document.getElementById('export-told').textContent.includes('is saved')")
    page.js("document.getElementById('export-dialog').close()")
    page.promise("await deltaflow.press('edit', 'layer-sizes', '2-2-1')")
    other = page.js(WEIGHTS)
    saved = page.promise("return [...new Uint8Array(await window.saved.arrayBuffer())]")
    page.bring(bytes(saved), "mine", by="weights-open")
    assert page.js(WEIGHTS) == before != other
    assert "mine is on the stage as 3-4-2." in page.text("message")
    page.click("undo")
    page.wait("deltaflow.state.fields['layer-sizes'] === '2-2-1'")
    assert page.js(WEIGHTS) == other


def test_a_file_that_cannot_be_used_is_told_in_the_dialog(page):
    before = page.js("return deltaflow.stage()")
    page.click("export")
    for content, told in ((b"hello", "neither"), (5000001 * b"0", "5.0 MB")):
        page.bring(content, "bad.npz", by="weights-open")
        assert "bad.npz" in page.text("export-told") and told in page.text("export-told")
        assert page.js("return deltaflow.stage()") == before


CHOICES = "Array.from(document.querySelectorAll('#weights-choices button'))"


def bring(page, arrays):
    """Open a file of arrays as a person does, up to what the page says to it."""
    page.click("export")
    page.bring(save(arrays), "words.safetensors", by="weights-open")


def choices(page):
    """The words on the buttons of the question, without the sizes."""
    return [text.split(" (")[0] for text in page.js(f"return {CHOICES}.map((b) => b.textContent)")]


def test_an_order_that_the_file_does_not_tell_is_chosen_by_the_person(page):
    names = ("hidden", "input", "output")
    squares = {n: np.random.default_rng(i).normal(size=(4, 4)) for i, n in enumerate(names)}
    before = page.js(WEIGHTS)
    bring(page, {f"{name}.weight": square for name, square in squares.items()})
    assert "Neither names nor shapes" in page.text("export-told")
    assert page.js(WEIGHTS) == before
    asked = choices(page)
    assert sorted(asked) == sorted(
        " → ".join(f"{name}.weight" for name in order) for order in permutations(names)
    )
    right = "input.weight → hidden.weight → output.weight"
    page.js(f"{CHOICES}[arguments[0]].click()", asked.index(right))
    page.wait("deltaflow.state.fields['layer-sizes'] === '4-4-4-4'")
    assert right in page.text("message") and "that was chosen" in page.text("message")
    assert not page.js("return document.getElementById('export-dialog').open")
    first = page.js("return deltaflow.stage().weights.w[2]")
    assert first == b64encode(squares["input"].tobytes()).decode()
    page.click("undo")
    page.wait("deltaflow.state.fields['layer-sizes'] === '3-3-2'")


def test_many_orders_are_asked_for_one_matrix_after_the_other(page):
    wanted = " → ".join(f"{letter}.weight" for letter in "ecabd")
    bring(page, {f"{letter}.weight": np.eye(3) for letter in "abcde"})
    asked = 0
    while page.js("return document.getElementById('export-dialog').open"):
        begun = [text.removesuffix(" → …") for text in choices(page)]
        assert 2 <= len(begun) <= 6
        taken = next(i for i, text in enumerate(begun) if wanted.startswith(text))
        page.js(f"window.old = {CHOICES}[0]; {CHOICES}[arguments[0]].click()", taken)
        closed = "!document.getElementById('export-dialog').open"
        page.wait(f"{closed} || ({CHOICES}[0] ?? old) !== old")
        asked += 1
    page.wait("deltaflow.state.fields['layer-sizes'] === '3-3-3-3-3-3'")
    assert wanted in page.text("message") and asked == 3


def test_names_of_arrays_are_text_and_a_closed_question_is_gone(page):
    evil = "<img src=x onerror=window.ran=1>"
    bring(page, {f"{evil}.weight": np.eye(2), "b.weight": np.eye(2)})
    assert any(evil in text for text in choices(page))
    assert not page.js("return document.querySelector('#weights-choices img') || window.ran")
    page.js("document.getElementById('export-dialog').close()")
    page.wait("!document.querySelector('#weights-choices button')")
