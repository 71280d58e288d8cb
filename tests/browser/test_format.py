"""How a number is written: rounded for the eye."""

import math

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
