"""The default walk against an independent computation, there and back, to the last digit."""

import math

from tests.browser.by_hand import first_step, step_after, walk
from tests.browser.table import place, read_table, rounded, titles, wait_place, walk_on

WALK = walk(3)


def assert_table(page, step, kind, at, layer):
    """Exactly the cells of the position, each right to rounding and rounded to four digits."""
    shown = read_table(page)
    expected = step.cells(kind, at, layer)
    assert set(shown) == set(expected), (kind, at, layer)
    for key, (title, text) in shown.items():
        assert math.isclose(float(title), expected[key], rel_tol=1e-12), (kind, at, key)
        assert rounded(float(title)) == rounded(float(text)), (kind, at, key)
        assert float(text) == float(rounded(float(title))), (kind, at, key)


def pick(page, layer):
    page.driver.find_element("css selector", f"#numbers-layer [data-pick='{layer}']").click()


def test_every_number_of_two_steps_is_right_and_the_second_loss_smaller(page):
    step, losses = first_step(), []
    for number in (1, 2):
        for i, (kind, at) in enumerate(WALK):
            assert place(page) == [number, i + 1, len(WALK)]
            assert_table(page, step, kind, at, layer=at)
            if kind == "loss":
                losses.append(float(titles(page)["J", 3, 1, 0]))
            walk_on(page)
        step = step_after(step)
    assert place(page) == [3, 1, len(WALK)]
    assert losses[1] < losses[0]


def test_every_layer_can_be_picked_at_every_position_and_stays_picked(page):
    step = first_step()
    for i, (kind, at) in enumerate(WALK):
        for layer in (1, 2, 3):
            pick(page, layer)
            assert_table(page, step, kind, at, layer)
        if i < len(WALK) - 1:
            walk_on(page)
            kind, at = WALK[i + 1]
            assert_table(page, step, kind, at, layer=3)
    page.click("follow")
    page.wait("document.querySelector('#numbers td[data-symbol]').dataset.layer === '2'")
    assert_table(page, step, "update", 2, layer=2)


def test_back_finds_the_very_same_strings_across_two_updates(page):
    seen = [titles(page)]
    for _ in range(2 * len(WALK) + 2):
        walk_on(page)
        seen.append(titles(page))
    assert place(page) == [3, 3, len(WALK)]
    for before in reversed(seen[:-1]):
        walk_on(page, "back")
        assert titles(page) == before
    assert place(page) == [1, 1, len(WALK)]
    assert page.js("return document.getElementById('back').disabled")


def test_the_step_buttons_lead_through_the_walk_and_name_what_they_compute(page):
    control = {"forward": "step-forward", "loss": "step-forward", "backward": "step-backward"}
    control |= {"update": "apply-update", "input": "step-forward"}
    steps = ("step-forward", "step-backward", "apply-update")
    for number, (kind, at) in enumerate([*WALK[1:], WALK[0]], 1):
        enabled = [
            n for n in steps if not page.js(f"return document.getElementById('{n}').disabled")
        ]
        assert enabled == [control[kind]]
        label = page.text(control[kind])
        if kind in ("forward", "backward"):
            assert "⁰¹²³"[at] in label and {"forward": "a", "backward": "δ"}[kind] in label
        page.click(control[kind])
        wait_place(page, 1 + number // len(WALK), number % len(WALK) + 1, len(WALK))
        shown = page.js("const s = deltaflow.state; return s.pass.positions[s.cursor]")
        assert shown["kind"] == kind


def test_the_caption_and_the_formula_change_with_every_position(page):
    said = set()
    for _ in WALK:
        assert page.text("caption-done") and page.text("caption-next")
        said.add(page.text("caption-done"))
        page.wait("document.querySelector('#formula svg, #formula mjx-container')")
        walk_on(page)
    assert len(said) == len(WALK)


def test_frozen_biases_stay_while_the_weights_move(page):
    page.js("document.getElementById('update-biases').click()")
    page.wait("deltaflow.state.fields['update-biases'] === 'false'")
    page.js("deltaflow.press('timeline', deltaflow.state.pass.last)")
    moved = titles(page)
    before = first_step()
    for j in (1, 2, 3):
        assert float(moved["b", 2, j, 0]) == before.b[2][j - 1][0] == 0
        assert float(moved["db", 2, j, 0]) != 0
        for k in (1, 2, 3):
            expected = before.w_new[2][j - 1][k - 1]
            assert math.isclose(float(moved["w", 2, j, k]), expected, rel_tol=1e-12)


def test_the_timeline_leads_anywhere_in_the_step(page):
    for value in ("3", "6", "0"):
        page.js(
            "const line = document.getElementById('timeline'); line.value = arguments[0];"
            "line.dispatchEvent(new Event('input', { bubbles: true }))",
            value,
        )
        kind, at = WALK[int(value)]
        assert place(page) == [1, int(value) + 1, len(WALK)]
        assert page.js("return document.getElementById('timeline').value") == value
        assert_table(page, first_step(), kind, at, layer=at)
