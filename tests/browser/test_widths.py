"""Widths do not lie: an edge is drawn otherwise only when its weight is another."""

import pytest

WIDTHS = """
return [...document.querySelectorAll("#network .lines:not(.leaving) .edges line")]
  .map((line) => parseFloat(line.style.strokeWidth));
"""


def test_a_width_changes_only_with_its_weight(page):
    page.wait_at(0, 0)
    before = page.js(WIDTHS)
    assert max(before) > 2
    # The weights that another η would make are not those that are drawn.
    page.promise("await deltaflow.press('edit', 'learning-rate', '2')")
    assert page.js(WIDTHS) == pytest.approx(before, abs=0.02)
    page.promise("await deltaflow.press('edit', 'learning-rate', '0.5')")
    page.promise("await deltaflow.press('timeline', deltaflow.state.pass.last)")
    # No weight moves by more than a twentieth of the largest, though the largest passes 1.
    assert page.js(WIDTHS) == pytest.approx(before, abs=0.05 * max(before))
    assert page.js("return document.getElementById('legend').querySelector('em') === null")
