"""The rows with a target as one picture: how much of what each target allows is used."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

from benchmarks.rows import Row, share

__all__ = ["draw"]

LINE: Final = 22
NAMES: Final = 430
BARS: Final = 240
LONGEST: Final = 1.25
NUMBERS: Final = NAMES + int(BARS * LONGEST) + 12
WIDTH: Final = NUMBERS + 230
STYLE: Final = """
svg { background: #fff; font: 13px system-ui, sans-serif; }
text { fill: #1d2125; } .note { fill: #5c6670; } .part { font-weight: 600; }
.bar { fill: #1565c8; } .bar.missed { fill: #d96a00; } .limit { stroke: #1d2125; }
@media (prefers-color-scheme: dark) {
  svg { background: #16191d; } text { fill: #e6e8ea; } .note { fill: #9aa4ad; }
  .bar { fill: #5a9cf0; } .bar.missed { fill: #f0923c; } .limit { stroke: #e6e8ea; }
}
"""


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _told(row: Row) -> str:
    value = row["ratio"] if row["of_ratio"] else row["ours"]
    assert value is not None and row["target"] is not None, "a bar has a value and a target"
    unit = "of the reference" if row["of_ratio"] else row["unit"]
    sign = "≥" if row["at_least"] else "≤"
    return f"{_number(value)} {unit}".strip() + f" ({sign} {_number(row['target'])})"


def _bar(row: Row, y: int) -> str:
    used = share(row)
    assert used is not None, "only rows with a target have a bar"
    width = max(1.0, BARS * min(used, LONGEST))
    kind = "bar" if used <= 1 else "bar missed"
    return (
        f'<text x="{NAMES - 10}" y="{y + 15}" text-anchor="end">{escape(row["name"])}</text>'
        f'<rect class="{kind}" x="{NAMES}" y="{y + 4}" width="{width:.1f}" height="14"/>'
        f'<text class="note" x="{NUMBERS}" y="{y + 15}">{escape(_told(row))}</text>'
    )


def draw(parts: Mapping[str, Sequence[Row]]) -> str:
    """An SVG with a bar for each row that has a value and a target above 0, part by part.

    A bar that ends at the line uses all of what its target allows; shorter is better.
    """
    made, y = [], 40
    for title, rows in parts.items():
        bars = [row for row in rows if share(row) is not None]
        if not bars:
            continue
        made.append(f'<text class="part" x="12" y="{y + 15}">{escape(title)}</text>')
        y += LINE
        for row in bars:
            made.append(_bar(row, y))
            y += LINE
        y += 8
    limit = NAMES + BARS
    head = (
        f'<text x="{NAMES}" y="18" class="note">shorter is better</text>'
        f'<text x="{limit}" y="18" text-anchor="middle" class="note">target</text>'
        f'<path class="limit" d="M{limit} 24V{y}"/>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y + 8}" '
        f'width="{WIDTH}" height="{y + 8}" role="img" '
        f'aria-label="How much of what each target allows is used"><style>{STYLE}</style>'
        f"{head}{''.join(made)}</svg>\n"
    )
