"""The table of numbers and the drawing as they stand on the page."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

__all__ = ["Shown", "place", "read_table", "rounded", "titles", "wait_place", "walk_on"]

READ = """
return [...document.querySelectorAll("#numbers td[data-symbol]")].map((cell) => {
  const { symbol, layer, row, col, sample } = cell.dataset;
  return [symbol, layer, row, col ?? null, sample ?? null, cell.title, cell.textContent];
});
"""
CLICK = """
const button = document.getElementById(given[0]);
const position = document.getElementById("position");
const before = position.textContent;
const frame = () => new Promise(requestAnimationFrame);
while (button.disabled) await frame();
button.click();
while (position.textContent === before) await frame();
return position.textContent.match(/\\d+/g).map(Number);
"""
Shown = dict[tuple[str, int, int, int], tuple[str, str]]


def read_table(page: Any) -> Shown:
    """(title, text) of every cell by (symbol, layer, row, column); column 0 where there is none."""
    found: Shown = {}
    for symbol, layer, row, col, sample, title, text in page.js(READ):
        key = (symbol, int(layer), int(row), int(col or sample or 0))
        assert key not in found, f"{key} stands there twice"
        found[key] = (title, text)
    return found


def titles(page: Any) -> dict[tuple[str, int, int, int], str]:
    return {key: title for key, (title, _) in read_table(page).items()}


def place(page: Any) -> list[int]:
    """The step, the position in it and the number of positions, as the page says them."""
    return page.js(
        "return document.getElementById('position').textContent.match(/\\d+/g).map(Number)"
    )


def walk_on(page: Any, control: str = "next") -> list[int]:
    """One click on a control as soon as it can act, and the place where it leads."""
    return page.promise(CLICK, control)


def wait_place(page: Any, *expected: int) -> None:
    page.wait(
        "document.getElementById('position').textContent.match(/\\d+/g).join() === arguments[0]",
        ",".join(map(str, expected)),
    )


def rounded(value: float, digits: int = 4) -> Decimal:
    """Rounded to significant digits, or to a whole number where that has more of them."""
    if value == 0:
        return Decimal(0)
    exact = Decimal(value)
    last = exact.adjusted() - digits + 1
    if 10**digits <= abs(value) < 1e7:
        last = 0
    return exact.quantize(Decimal(1).scaleb(last), rounding=ROUND_HALF_UP)
