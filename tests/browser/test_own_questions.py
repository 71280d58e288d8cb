"""What a table leaves open is asked in the preview, and nothing is used before the answer."""

from tests.browser.own_table import FIELDS, KEPT, paste, wait_field

TEXT = "area\tkind\n1,250\ta\n850\tb\n1,020\ta\n900\tb\n"


def press(page, choice):
    page.js(f"document.querySelector('[data-choice=\"{choice}\"]').click()")


def test_a_question_is_answered_by_a_button_and_softmax_is_one_click(page):
    page.click("own-open")
    paste(page, TEXT)
    page.wait("document.querySelector('.own-question') !== null")
    assert "is two numbers" in page.text("own-proposals") and "1250" in page.text("own-preview")
    assert page.js("return document.getElementById('own-use').disabled")
    press(page, "decimal no")
    page.wait("!document.getElementById('own-use').disabled")
    assert page.js("return document.getElementById('own-decimal').value") == "no"
    page.click("own-use-softmax")
    wait_field(page, "dataset", "own")
    fields = page.js(FIELDS)
    assert (fields["output-activation"], fields["loss"]) == ("softmax", "cross_entropy")
    assert fields["layer-sizes"] == "1-3-2"
    steps = page.promise(KEPT)["steps"]
    assert "table.told.settled" in [step["key"] for step in steps]
