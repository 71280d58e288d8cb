"""What is written and drawn can be told from its ground, light and dark.

WCAG 2.2: text 4.5:1 (1.4.3), what is not text 3:1 (1.4.11); luminance and contrast are its own.
"""

import re
from pathlib import Path

import pytest

STYLES = Path(__file__).parent.parent / "assets" / "styles"
THEME = (STYLES / "theme.css").read_text("utf-8")
Colour = tuple[float, float, float]


def variables(selector: str) -> dict[str, str]:
    block = re.search(rf"{re.escape(selector)} \{{(.*?)\n\}}", THEME, re.S)
    assert block
    return dict(re.findall(r"--([\w-]+): ([^;]+);", block[1]))


LIGHT = variables(":root")
THEMES = {"light": LIGHT, "dark": LIGHT | variables('[data-bs-theme="dark"]')}


def linear(colour: str) -> Colour:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    r, g, b = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts)
    return r, g, b


def oklab(colour: Colour) -> Colour:
    """Björn Ottosson's OKLab, as CSS Color 4 has it."""
    r, g, b = colour
    lms = (
        (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3),
        (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3),
        (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3),
    )
    long, middle, short = lms
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def from_oklab(colour: Colour) -> Colour:
    lightness, a, b = colour
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def luminance(colour: Colour) -> float:
    red, green, blue = colour
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def over(colour: str, ground: str, opacity: float) -> Colour:
    """A colour that lets its ground through, mixed as screens do: not in light but in code."""
    codes = (
        opacity * int(colour[at : at + 2], 16) + (1 - opacity) * int(ground[at : at + 2], 16)
        for at in (1, 3, 5)
    )
    return linear("#" + "".join(f"{round(code):02x}" for code in codes))


@pytest.mark.parametrize("theme", THEMES)
def test_text_can_be_read(theme):
    given = THEMES[theme]
    pairs = [
        *(
            (name, ground)
            for name in ("text", "muted", "plus", "minus-text", "forward", "backward", "error")
            for ground in ("bg", "panel")
        ),
        *(("on-phase", phase) for phase in ("forward", "backward")),
        *(("bg", "text"), ("muted", "unknown"), ("text", "neutral"), ("text", "unknown")),
    ]
    for name, ground in pairs:
        found = contrast(linear(given[name]), linear(given[ground]))
        assert found >= 4.5, (name, ground, found)


@pytest.mark.parametrize("theme", THEMES)
def test_the_number_in_a_neuron_can_be_read_however_full_its_fill(theme):
    given = THEMES[theme]
    share = float(given["full"].split("%")[0]) / 100
    for sign in ("plus", "minus"):
        hue, ground = oklab(linear(given[sign])), oklab(linear(given["neutral"]))
        fill = [share * one + (1 - share) * other for one, other in zip(hue, ground, strict=True)]
        found = contrast(linear(given["text"]), from_oklab((fill[0], fill[1], fill[2])))
        assert found >= 4.5, (sign, found)


@pytest.mark.parametrize("theme", THEMES)
def test_edges_and_borders_can_be_told_from_the_ground(theme):
    given = THEMES[theme]
    edges = (STYLES.parent / "drawing" / "edges.js").read_text("utf-8")
    (faintest,) = re.findall(r"rounded\(([\d.]+) \+ [\d.]+ \* Math", edges)
    for name in ("plus", "minus-text"):
        found = contrast(over(given[name], given["bg"], float(faintest)), linear(given["bg"]))
        assert found >= 3, (name, found)
    for name in ("border", "muted", "text", "plus", "forward", "backward"):
        assert contrast(linear(given[name]), linear(given["bg"])) >= 3, name
    drawing = (STYLES / "network.css").read_text("utf-8")
    assert re.search(r"\.edges \.plus \{ stroke: var\(--plus\)", drawing)
    assert re.search(r"\.edges \.minus \{ stroke: var\(--minus-text\); stroke-dasharray", drawing)


@pytest.mark.parametrize("opacity", [0.6, 0.95])
def test_what_was_too_faint_is_found_to_be(opacity):
    """The edges as they were: orange on white."""
    assert contrast(over("#d96a00", "#ffffff", opacity), linear("#ffffff")) < 3.5
    assert contrast(linear("#000000"), linear("#ffffff")) == pytest.approx(21)
