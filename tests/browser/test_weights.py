"""Weights saved from the stage and opened onto it again."""

import pytest

SAVED = """
const kept = URL.createObjectURL;
URL.createObjectURL = (blob) => {
  if (blob.type === "application/octet-stream") window.saved = blob; // plotly.js makes some too
  return kept(blob);
};
"""
WEIGHTS = "return deltaflow.player.stage().weights"


@pytest.mark.parametrize("form", ["weights-npz", "weights-safetensors"])
def test_saved_weights_open_again_bit_for_bit_and_can_be_undone(page, form):
    page.open("?layer-sizes=3-4-2&seed=3")
    before = page.js(WEIGHTS)
    page.js(SAVED)
    page.click("export", form)
    page.wait("document.getElementById('export-told').textContent.includes('is saved')")
    page.js("document.getElementById('export-dialog').close()")
    page.promise("await deltaflow.player.press('edit', 'layer-sizes', '2-2-1')")
    other = page.js(WEIGHTS)
    assert page.promise("await deltaflow.weights.open(new File([saved], 'mine')); return true")
    assert page.js(WEIGHTS) == before != other
    assert "mine is on the stage as 3-4-2." in page.text("message")
    page.click("undo")
    page.wait("deltaflow.player.state.fields['layer-sizes'] === '2-2-1'")
    assert page.js(WEIGHTS) == other


@pytest.mark.parametrize(
    ("content", "told"), [("'hello'", "neither"), ("new Uint8Array(5000001)", "5.0 MB")]
)
def test_a_file_that_cannot_be_used_is_told_in_the_dialog(page, content, told):
    before = page.js("return deltaflow.player.stage()")
    page.click("export")
    page.promise(f"await deltaflow.weights.open(new File([{content}], 'bad.npz'))")
    assert "bad.npz" in page.text("export-told") and told in page.text("export-told")
    assert page.js("return deltaflow.player.stage()") == before
