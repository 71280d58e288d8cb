"""Changing numbers on the real page: in the table, on the drawing, by key, finger and pasting."""

import numpy as np
import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.browser.conftest import CHANGE

CELL = "#numbers td[data-symbol='{}'][data-row='{}']"


class Hand:
    """What a person does to a number, and what stands there then."""

    def __init__(self, page):
        self.page = page

    def find(self, selector):
        return self.page.driver.find_element(By.CSS_SELECTOR, selector)

    def cell(self, symbol, row, col=None):
        return self.find(CELL.format(symbol, row) + (f"[data-col='{col}']" if col else ""))

    def value(self, symbol, layer, row, col=1):
        return self.page.js(
            "const s = deltaflow.state;return deltaflow.read(s.pass, s.cursor, ...arguments)",
            *(symbol, layer, row, col),
        )

    def all_w2(self):
        return [self.value("w", 2, j, k) for j in (1, 2, 3) for k in (1, 2, 3)]

    def double_click(self, element):
        ActionChains(self.page.driver).double_click(element).perform()

    def double_click_drawing(self, x, y):
        network = self.find("#network")
        middle_x, middle_y = self.middle("#network")
        actions = ActionChains(self.page.driver).move_to_element(network)
        actions.move_by_offset(round(x - middle_x), round(y - middle_y)).double_click().perform()

    def middle(self, selector, index=0):
        return self.page.js(
            "const all = document.querySelectorAll(arguments[0]);"
            "const box = all[arguments[1]].getBoundingClientRect();"
            "return [(box.left + box.right) / 2, (box.top + box.bottom) / 2]",
            selector,
            index,
        )

    def editor(self):
        """The editor's name and text, None while it is closed."""
        return self.page.js(
            "return document.getElementById('cell-editor').hidden ? null"
            " : [document.getElementById('cell-editor-name').textContent,"
            "    document.getElementById('cell-editor-text').value]"
        )

    def type(self, text, *keys):
        self.page.wait("document.activeElement.id === 'cell-editor-text'")
        self.page.driver.switch_to.active_element.send_keys(Keys.CONTROL, "a")
        self.page.driver.switch_to.active_element.send_keys(text, *keys)

    def press_z(self, *held):
        actions = ActionChains(self.page.driver)
        for key in held:
            actions.key_down(key)
        actions.send_keys("z")
        for key in held:
            actions.key_up(key)
        actions.perform()

    def wait_for(self, value, *place):
        self.page.wait(
            "((s, place) => deltaflow.read(s.pass, s.cursor, ...place))"
            "(deltaflow.state, arguments[0]) === arguments[1]",
            place,
            value,
        )


@pytest.fixture
def hand(page):
    return Hand(page)


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
        "for (let y = box.top; y < box.bottom; y += 3)"
        "  for (let x = box.left; x < box.right; x += 3) {"
        "    const { layer, j, k } = deltaflow.under(x, y)?.edge || {};"
        "    if (layer === 3 && j === 2 && k === 1) return [x, y];"
        "  }"
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


def test_a_change_at_the_start_is_the_new_start(page, hand):
    page.js("deltaflow.press('pick', 2)")
    hand.double_click(hand.cell("b", 1))
    hand.type("2", Keys.ENTER)
    hand.wait_for(2, "b", 2, 1)
    for _ in range(8):
        page.click("next")
    page.wait_at(1, 1)
    assert hand.value("b", 2, 1) != 2
    page.click("reset")
    page.wait_at(0, 0)
    assert hand.value("b", 2, 1) == 2


def test_a_matrix_is_pasted_with_ctrl_v_and_a_bad_one_named(page, hand):
    page.click("step-forward")
    paste = (
        "document.getElementById('numbers').focus();"
        "const data = new DataTransfer(); data.setData('text/plain', arguments[0]);"
        "document.activeElement.dispatchEvent("
        "  new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))"
    )
    page.js(paste, "1 2 3\n4 5 x\n7 8 9")
    assert hand.find("#paste-text").get_attribute("value") == "1 2 3\n4 5 x\n7 8 9"
    page.click("paste-keep")
    page.wait("document.getElementById('paste-refused').textContent")
    assert "w², row 2, column 3: “x”" in page.text("paste-refused")
    hand.find("#paste-text").send_keys(Keys.CONTROL, "a")
    hand.find("#paste-text").send_keys("array([[1., 2., 3.],\n       [4., 5., 6.],\n [7, 8, 9]])")
    page.click("paste-keep")
    hand.wait_for(9, "w", 2, 3, 3)
    assert hand.all_w2() == list(range(1, 10))
    assert not hand.find("#paste-dialog").is_displayed()
    page.click("undo")
    page.wait("deltaflow.state.undo.length === 0")
    assert hand.all_w2() != list(range(1, 10))


def test_one_softmax_target_alone_is_refused_and_all_of_them_are_pasted(page, hand):
    page.open("?output-activation=softmax&loss=cross_entropy")
    page.js("deltaflow.press('pick', 3)")
    hand.double_click(hand.cell("y", 1))
    hand.type("0.5", Keys.ENTER)
    page.wait("document.getElementById('message').textContent.includes('sum is 1')")
    hand.type(Keys.ESCAPE)
    page.click("paste")
    hand.find("[data-paste='y']").click()
    hand.find("#paste-text").send_keys(Keys.CONTROL, "a")
    hand.find("#paste-text").send_keys("0.25, 0.75")
    page.click("paste-keep")
    hand.wait_for(0.75, "y", 3, 2)
    assert hand.value("y", 3, 1) == 0.25


def test_the_second_sample_of_a_batch_is_changed_in_its_column(page, hand):
    page.open("?layer-sizes=2-2-1&sample-x=1%2C+2%3B+3%2C+4&sample-y=0%3B+1")
    hand.double_click(hand.find("td[data-symbol='x'][data-row='1'][data-sample='2']"))
    hand.type("-5", Keys.ENTER)
    hand.wait_for(-5, "x", 1, 1, 2)
    assert page.js("return deltaflow.state.fields['sample-x']") == "1, 2; -5, 4"


def test_reset_at_an_edited_start_takes_the_edits_back_and_undo_brings_them_again(page, hand):
    made = hand.all_w2()

    def is_edited():
        return page.driver.find_element(By.ID, "edited").is_displayed()

    def change(symbol, row, text):
        page.promise(
            CHANGE,
            {
                "symbol": symbol,
                "layer": 1 if symbol == "x" else 2,
                "row": row,
                "col": 1,
                "text": text,
            },
        )

    assert not is_edited() and not page.driver.find_element(By.ID, "reset").is_enabled()
    change("w", 1, "0.5")
    change("x", 2, "-3")
    edited = hand.all_w2()
    assert is_edited() and edited != made
    page.click("next", "next", "reset")
    page.wait("deltaflow.state.cursor === 0")
    assert hand.all_w2() == edited and hand.value("x", 1, 2) == -3
    assert "Take the edits back" in page.js("return document.getElementById('reset').title")
    page.open(fresh=False, query=page.js("return location.search"))
    assert is_edited() and hand.all_w2() == edited
    page.click("reset")
    page.wait("!deltaflow.state.made")
    assert hand.all_w2() == made and hand.value("x", 1, 2) == 0.5
    assert not is_edited() and not page.driver.find_element(By.ID, "reset").is_enabled()
    page.click("undo")
    page.wait("deltaflow.state.made")
    assert is_edited() and hand.all_w2() == edited and hand.value("x", 1, 2) == -3
    # Typed back by hand it is no edit any more.
    change("w", 1, repr(made[0]))
    change("x", 2, "0.5")
    page.wait("document.getElementById('edited').hidden")


def test_a_change_in_a_later_step_is_marked_until_the_start_is_back(page, hand):
    page.promise("for (let i = 0; i < 9; i++) await deltaflow.press('next')")
    page.wait_at(1, 2)
    assert page.js("return document.getElementById('edited').hidden")
    page.promise(CHANGE, {"symbol": "w", "layer": 2, "row": 1, "col": 1, "text": "0.5"})
    page.wait("!document.getElementById('edited').hidden")
    page.click("reset")
    page.wait_at(0, 0)
    page.wait("document.getElementById('edited').hidden")


def test_a_typed_input_is_a_choice_and_not_an_edit_to_take_back(page, hand):
    made = hand.all_w2()
    page.promise(CHANGE, {"symbol": "w", "layer": 2, "row": 1, "col": 1, "text": "0.5"})
    page.promise("await deltaflow.press('edit', 'sample-x', '1, 2, 3')")
    page.click("reset")
    page.wait("!deltaflow.state.made")
    assert hand.all_w2() == made
    assert [hand.value("x", 1, row) for row in (1, 2, 3)] == [1, 2, 3]
