"""Weights saved from the stage and opened onto it again."""

import pytest

SAVED = """
const kept = URL.createObjectURL;
URL.createObjectURL = (blob) => { window.saved = blob; return kept(blob); };
"""
# A file is chosen: the browser's own dialog cannot be driven.
CHOOSE = """
const [content, name] = arguments, chosen = new DataTransfer();
document.getElementById("weights-open").click();
chosen.items.add(new File([content === "saved" ? window.saved : content], name));
const input = document.querySelector(".chosen-file");
input.files = chosen.files;
input.dispatchEvent(new Event("change"));
"""
WEIGHTS = "return deltaflow.stage().weights"


@pytest.mark.parametrize("form", ["weights-npz", "weights-safetensors"])
def test_saved_weights_open_again_bit_for_bit_and_can_be_undone(page, form):
    page.open("?layer-sizes=3-4-2&seed=3")
    before = page.js(WEIGHTS)
    page.js(SAVED)
    page.click("export", form)
    page.wait("document.getElementById('export-told').textContent.includes('is saved')")
    page.js("document.getElementById('export-dialog').close()")
    page.promise("await deltaflow.press('edit', 'layer-sizes', '2-2-1')")
    other = page.js(WEIGHTS)
    page.js(CHOOSE, "saved", "mine")
    page.wait("document.getElementById('message').textContent.includes('on the stage as 3-4-2.')")
    assert page.js(WEIGHTS) == before != other
    assert "mine is on the stage as 3-4-2." in page.text("message")
    page.click("undo")
    page.wait("deltaflow.state.fields['layer-sizes'] === '2-2-1'")
    assert page.js(WEIGHTS) == other


@pytest.mark.parametrize(
    ("content", "told"), [("hello", "neither"), (5000001 * "0", "5.0 MB")], ids=["text", "large"]
)
def test_a_file_that_cannot_be_used_is_told_in_the_dialog(page, content, told):
    before = page.js("return deltaflow.stage()")
    page.click("export")
    page.js(CHOOSE, content, "bad.npz")
    page.wait("document.getElementById('export-told').textContent.includes('bad.npz')")
    assert told in page.text("export-told")
    assert page.js("return deltaflow.stage()") == before
