"""A number is read alike wherever the page says it."""

import re

# How a learning rate is read.
SAID = {"0.000001": "10⁻⁶", "0.125": "0,125", "2.5e-6": "2,5 × 10⁻⁶"}
SEEN = """
const formula = document.getElementById("formula"), matrices = document.getElementById("matrices");
const spoken = [...formula.querySelectorAll("mjx-container")].map(({ ariaLabel }) => ariaLabel);
const words = ["summary", "caption"].map((id) => document.getElementById(id).textContent);
return [...words, matrices.textContent, ...spoken];
"""


def test_the_learning_rate_is_read_alike_everywhere(page):
    page.js(
        "for (const [id, value] of [['digits', '2'], ['decimal', 'comma']]) {"
        "const s = document.getElementById(id); s.value = value;"
        "s.dispatchEvent(new Event('change', { bubbles: true })); }"
    )
    for rate, said in SAID.items():
        hold_rate(page, rate, said)


def hold_rate(page, rate, said):
    page.promise("await deltaflow.press('timeline', 0)")
    page.promise("await deltaflow.press('edit', 'learning-rate', given[0])", rate)
    page.promise("await deltaflow.press('timeline', deltaflow.state.pass.last)")
    page.click("matrices-tab")
    page.click("formula-tab")
    page.wait("document.querySelector('#formula mjx-container')")
    seen = page.js(SEEN)
    assert all(said in text for text in seen[:3])
    assert not re.search(r"\d\.\d", "".join(seen))
    # The cells of a matrix are as narrow as those of the table.
    for text in (*seen[:2], *seen[3:]):
        assert not re.search(r"\de\W*\d", text), text
