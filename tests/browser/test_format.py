"""How a number is written: rounded for the eye."""

import math
import re

import pytest

from tests.browser.table import rounded

VALUES = [
    *(0.0, 1.0, -1.0, 0.1, -2.5, 1 / 3, 2 / 3, 1234.0, 1234.5, 12345.0, 12345.6, 99995.0),
    *(0.99995, 0.99994, 9.9995, 999.95, 9999.5, 1.0625, 0.00012345, 1e-4, 9.9996e-5, 9.9994e-5),
    *(1.5e-7, -1.23456e-300, 5e-324, 9999999.4, 1e7, 1.23456e22, 1.7976931348623157e308),
    *(-9999.4, 0.30000000000000004, 100.0, 1e6),
]


def test_numbers_are_shown_rounded_to_four_digits(page):
    shown = page.js("return arguments[0].map((v) => deltaflow.format.shown(Number(v)))",
                    [repr(v) for v in VALUES])  # fmt: skip
    for value, text in zip(VALUES, shown, strict=True):
        assert text.isascii()
        assert float(text) == float(rounded(value)), (value, text)
        assert math.copysign(1, float(text)) == math.copysign(1, value) or value == 0


def test_a_number_and_its_negative_are_rounded_alike(page):
    plus, minus = page.js("return [12345.5, -12345.5].map((v) => deltaflow.format.shown(v))")
    assert minus == f"-{plus}"


def test_the_whole_value_reads_back_as_the_same_float64(page):
    values = [-0.0, *VALUES]
    exact = page.js(
        "return arguments[0].map((v) => deltaflow.format.exact(Number(v)))", list(map(repr, values))
    )
    for value, text in zip(values, exact, strict=True):
        assert float(text).hex() == value.hex()


POWERS = {
    1e-6: ("10⁻⁶", "10^{-6}"),
    -1e-6: ("−10⁻⁶", "-10^{-6}"),
    2.5e-6: ("2.5 × 10⁻⁶", r"2.5\times 10^{-6}"),
    1.00001e-6: ("1 × 10⁻⁶", r"1\times 10^{-6}"),
    -1.5e22: ("−1.5 × 10²²", r"-1.5\times 10^{22}"),
    0.0001: ("0.0001", "0.0001"),
    0.5: ("0.5", "0.5"),
}


@pytest.mark.parametrize("comma", [False, True])
def test_a_power_of_ten_is_written_as_one_in_words_and_formulas(page, comma):
    page.js("deltaflow.format.settings.comma = arguments[0]", comma)
    written = page.js(
        "const { words, tex } = deltaflow.format;"
        "return arguments[0].map((v) => [words(Number(v)), tex(Number(v))])",
        [repr(value) for value in POWERS],
    )
    for (word, formula), (said, typeset) in zip(written, POWERS.values(), strict=True):
        assert word == (said.replace(".", ",") if comma else said)
        assert formula == (typeset.replace(".", "{,}") if comma else typeset)


SEEN = """
const formula = document.getElementById("formula"), matrices = document.getElementById("matrices");
const spoken = [...formula.querySelectorAll("mjx-assistive-mml")].map((one) => one.textContent);
const words = ["summary", "caption"].map((id) => document.getElementById(id).textContent);
return [...words, matrices.textContent, ...spoken];
"""


@pytest.mark.parametrize("rate", ["0.000001", "0.125", "2.5e-6"])
def test_the_learning_rate_is_read_alike_everywhere(page, rate):
    page.open(f"?learning-rate={rate}")
    page.js(
        "for (const [id, value] of [['digits', '2'], ['decimal', 'comma']]) {"
        "const s = document.getElementById(id); s.value = value;"
        "s.dispatchEvent(new Event('change', { bubbles: true })); }"
    )
    last = "deltaflow.player.state.pass.last"
    page.promise(f"await deltaflow.player.press('timeline', {last})")
    page.click("matrices-tab")
    page.click("formula-tab")
    page.wait("document.querySelector('#formula mjx-assistive-mml')")
    seen = page.js(SEEN)
    said = {"0.000001": "10⁻⁶", "0.125": "0,125", "2.5e-6": "2,5 × 10⁻⁶"}[rate]
    assert all(said in text for text in seen[:3])
    assert not re.search(r"\d\.\d", "".join(seen))
    # The cells of a matrix are as narrow as those of the table.
    for text in (*seen[:2], *seen[3:]):
        assert not re.search(r"\de\W*\d", text), text
