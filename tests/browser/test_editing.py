"""Changing numbers on the real page: in the table, on the drawing, by key, finger and pasting."""

import numpy as np
import pytest
from selenium.webdriver.common.keys import Keys


def test_a_weight_is_changed_in_the_table_and_everything_follows(page, hand):
    page.click("step-forward", "step-forward")
    page.js("deltaflow.press('pick', 2)")
    before = hand.all_w2()
    hand.double_click(hand.cell("w", 2, 3))
    assert hand.editor() == ["w₂₃² =", repr(before[5])]
    hand.type("1/3", Keys.ENTER)
    hand.wait_for(1 / 3, "w", 2, 2, 3)
    assert hand.all_w2() == [*before[:5], 1 / 3, *before[6:]]
    assert page.at() == (0, 2)
    x = [1, 0.5, -0.5]
    z = np.array([*before[:5], 1 / 3, *before[6:]]).reshape(3, 3) @ x
    assert [hand.value("z", 2, j) for j in (1, 2, 3)] == pytest.approx(z, rel=1e-14)
    hand.press_z(Keys.CONTROL)
    hand.wait_for(before[5], "w", 2, 2, 3)
    assert page.at() == (0, 2)
    hand.press_z(Keys.CONTROL, Keys.SHIFT)
    hand.wait_for(1 / 3, "w", 2, 2, 3)


def test_what_cannot_be_used_stays_in_the_field_until_it_is_mended(page, hand):
    hand.double_click(hand.cell("x", 2))
    hand.type("1_000", Keys.ENTER)
    page.wait("document.getElementById('message').classList.contains('error')")
    assert "x₂" in page.text("message") and "“1_000”" in page.text("message")
    assert hand.editor() == ["x₂ =", "1_000"]
    assert hand.value("x", 1, 2) == 0.5
    hand.type("0,25", Keys.ENTER)
    hand.wait_for(0.25, "x", 1, 2)
    assert hand.editor() is None
    assert "x₂" in page.text("message")
    assert "error" not in hand.find("#message").get_attribute("class")
    assert "sample-x=1%2C+0.25%2C+-0.5" in page.driver.current_url


def test_escape_gives_up_and_a_click_elsewhere_keeps(page, hand):
    hand.double_click(hand.cell("x", 1))
    hand.type("7", Keys.ESCAPE)
    assert hand.editor() is None
    assert hand.value("x", 1, 1) == 1
    hand.double_click(hand.cell("x", 1))
    hand.type("7")
    page.click("step-forward")
    hand.wait_for(7, "x", 1, 1)
    page.wait_at(0, 1)


def test_the_drawing_opens_what_it_shows(page, hand):
    edge = page.js(
        "const box = document.querySelector('#network svg').getBoundingClientRect();"
        "const found = [];"
        "for (let y = box.top; y < box.bottom; y += 3)"
        "  for (let x = box.left; x < box.right; x += 3) {"
        "    const { layer, j, k } = deltaflow.under(x, y)?.edge || {};"
        "    if (layer === 3 && j === 2 && k === 1) found.push([x, y]);"
        "  }"
        # Far from the neurons at its ends.
        "return found[Math.floor(found.length / 2)]"
    )
    hand.double_click_drawing(*edge)
    assert hand.editor() == ["w₂₁³ =", repr(hand.value("w", 3, 2, 1))]
    hand.type("-.3", Keys.ENTER)
    hand.wait_for(-0.3, "w", 3, 2, 1)
    for selector, index, name in (
        (".neuron circle", 1, "x₂ ="),
        (".neuron circle", 4, "b₂² ="),
        (".target", 1, "y₂ ="),
    ):
        hand.double_click_drawing(*hand.middle(f"#network {selector}", index))
        assert hand.editor()[0] == name
        hand.type("0.125", Keys.ENTER)
        page.wait("document.getElementById('cell-editor').hidden")
    hand.wait_for(0.125, "y", 3, 2)
    assert hand.value("x", 1, 2) == hand.value("b", 2, 2) == 0.125
    assert hand.value("y", 3, 1) == 1


def test_the_keyboard_reaches_every_cell_and_the_walk_stays(page, hand):
    page.click("step-forward")
    page.js("document.getElementById('numbers').focus()")
    page.keys(Keys.ENTER, Keys.ARROW_RIGHT, Keys.ARROW_DOWN, Keys.ENTER)
    assert hand.editor()[0] == "w₂₂² ="
    assert "w₂₂²" in page.driver.switch_to.active_element.get_attribute("aria-label")
    hand.type("0.5", Keys.ENTER)
    hand.wait_for(0.5, "w", 2, 2, 2)
    page.wait("document.activeElement.matches(\"td[data-symbol=w][data-row='2'][data-col='2']\")")
    assert page.at() == (0, 1)


def test_the_keyboard_puts_a_neuron_or_a_weight_in_focus_and_lets_go(page, hand):
    focus = "(({ focus: { layer, neuron, input } }) => [layer, neuron, input].join())"
    focus += "(deltaflow.state)"
    page.click("step-forward")
    page.js("document.getElementById('numbers').focus()")
    page.keys(Keys.ENTER, Keys.ARROW_DOWN, "f")
    page.wait(f"{focus} === '2,2,1'")
    page.wait("document.getElementById('focused').textContent.includes('tell of w₂₁²')")
    # The cell keeps the keyboard; Enter explains z, which cannot be changed.
    page.wait("document.activeElement.matches(\"td[data-symbol=w][data-row='2'][data-col='1']\")")
    page.keys(*[Keys.ARROW_RIGHT] * 4, Keys.ENTER)
    page.wait(f"{focus} === '2,2,'")
    page.wait("document.getElementById('focused').textContent.includes('neuron 2 of layer 2')")
    assert hand.editor() is None
    page.wait("document.activeElement.matches(\"td[data-symbol=z][data-row='2']\")")
    page.keys("f")
    page.wait("deltaflow.state.focus.layer === null")
    page.wait("document.getElementById('focused').textContent.includes('follow the walk')")
    assert page.at() == (0, 1)


def test_a_finger_that_stays_opens_the_field(page, hand):
    page.js(
        "const [x, y] = arguments; const target = document.elementFromPoint(x, y);"
        "target.dispatchEvent(new PointerEvent('pointerdown',"
        "  { bubbles: true, pointerType: 'touch', clientX: x, clientY: y }))",
        *hand.middle("#network .neuron circle", 0),
    )
    page.wait("!document.getElementById('cell-editor').hidden")
    assert hand.editor() == ["x₁ =", "1"]


def test_at_the_update_it_is_said_to_step_on_first(page, hand):
    while page.at()[1] < 6:
        page.click("next")
    before = hand.value("w", 2, 1, 1)
    hand.double_click(hand.cell("w", 1, 1))
    assert hand.editor() is None
    assert "step on first" in page.text("message")
    page.click("paste")
    assert not hand.find("#paste-dialog").is_displayed()
    assert hand.value("w", 2, 1, 1) == before
