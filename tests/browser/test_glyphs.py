"""A formula merged into one path is the drawing it was, and is still read aloud."""

COMPARED = r"""
const [tex, spoil] = given;
const drawing = MathJax.tex2svg(tex, { display: false }).querySelector("svg");
const { merge } = await import("/assets/explanation/boxes.js");
const merged = merge(drawing.cloneNode(true));
if (spoil) merged.querySelector("path").setAttribute("transform", spoil);
async function pixels(svg) {
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  svg.setAttribute("width", width / 10);
  svg.setAttribute("height", height / 10);
  const image = new Image();
  const source = new XMLSerializer().serializeToString(svg);
  image.src = "data:image/svg+xml," + encodeURIComponent(source);
  await image.decode();
  const canvas = new OffscreenCanvas(Math.ceil(width / 10), Math.ceil(height / 10));
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  return context.getImageData(0, 0, canvas.width, canvas.height).data.filter((_, i) => i % 4 === 3);
}
const [before, after] = [await pixels(drawing), await pixels(merged)];
return {
  inked: before.filter((ink) => ink > 128).length,
  differ: before.filter((ink, i) => Math.abs(ink - after[i]) > 64).length,
  paths: merged.querySelectorAll("path").length,
};
"""
# The same formula with other decimals, by MathJax and by moving what was there, and how often
# MathJax was asked for it.
EXCHANGED = r"""
const { copy } = await import("/assets/explanation/typesetting.js");
const { merge } = await import("/assets/explanation/boxes.js");
const { startup } = MathJax, { convert } = startup.document;
const [tex, others] = given, found = { asked: 0, off: [] };
copy(tex);
for (const decimals of others) {
  let nth = 0;
  const text = tex.replace(/\d+\.\d+/g, () => decimals[nth++ % decimals.length]);
  startup.document.convert = (...asked) => {
    found.asked++;
    return convert.apply(startup.document, asked);
  };
  const mine = copy(text);
  startup.document.convert = convert;
  const its = MathJax.tex2svg(text, { display: false });
  merge(its.querySelector("svg"));
  const figures = (drawn) => {
    const svg = drawn.querySelector("svg"), parts = svg.querySelector("path").getAttribute("d");
    const starts = parts.match(/M-?[\d.]+ -?[\d.]+/g).flatMap((at) => at.slice(1).split(" "));
    const [width] = svg.getAttribute("width").split("ex");
    return [...starts, ...svg.getAttribute("viewBox").split(" "), 442 * width].map(Number);
  };
  const [ours, theirs] = [figures(mine), figures(its)];
  found.off.push(ours.length === theirs.length
    ? Math.max(...ours.map((value, i) => Math.abs(value - theirs[i]))) : Infinity);
}
return found;
"""
# MathJax is there, and the page has said how it draws glyphs.
DRAWN = "document.querySelector('#formula svg')"
FORMULAS = (
    r"\begin{aligned} a_1^2 &= \sigma\bigl(w_{11}^2 a_1^1\bigr) \\ &\approx 0.622 \end{aligned}",
    r"J = \frac{1}{2} \sum_{j=1}^{n_L} \left(a_j^L - y_j\right)^2",
    r"\frac{e^{-z}}{(1 + e^{-z})^2} \odot \begin{pmatrix} 1 & 0 \\ 0 & 1 \end{pmatrix}",
    r"\bigl((w^{l+1})^{\mathsf T} \delta^{l+1}\bigr) \odot \sigma'(z^l) \qquad \text{(BP2)}",
)


EXCHANGEABLE = (
    r"\begin{aligned} z &= \textstyle (0.25)(-0.5) + 1 \\ &\approx 0.125 \end{aligned}",
    r"\dfrac{1}{1+e^{-(0.734)}} + \tfrac{0.5}{2.25} = 0.25^2",
    r"\begin{pmatrix} 0.5 & 1 \\ -2.25 & 0.125 \end{pmatrix}"
    r" \odot \begin{pmatrix} 0.5 \\ 7 \end{pmatrix}",
    r"\begin{array}{ll} \begin{aligned} w &= 0.5 \\ &= (0.25) \end{aligned} & \quad"
    r" \begin{aligned} b &= 0.5 \end{aligned} \end{array}",
    r"1.5\times 10^{-7} + \bigl[(0.5 - 1)^2 + x_{12}\bigr]",
)
OTHERS = (["0.1234", "0.5", "12.75"], ["3.5"], ["0.00012345", "0.6"], ["0.12345678901234567"])


def compared(page, tex, spoil=None):
    page.wait(DRAWN)
    return page.promise(COMPARED, tex, spoil)


def test_one_path_draws_what_all_glyphs_drew(page):
    for tex in FORMULAS:
        found = compared(page, tex)
        assert found["paths"] == 1, tex
        assert found["inked"] > 500 and found["differ"] <= 0.002 * found["inked"], tex
    # The comparison sees a drawing that is a little off.
    for spoil in ("translate(30,0)", "scale(1.03)"):
        found = compared(page, FORMULAS[1], spoil)
        assert found["differ"] > 0.02 * found["inked"], spoil


def test_other_decimals_move_what_is_there_to_where_it_would_have_been_typeset(page):
    page.wait(DRAWN)
    for tex in EXCHANGEABLE:
        found = page.promise(EXCHANGED, tex, OTHERS)
        assert found["asked"] == 0, tex
        # In thousandths of the type's size: digits differ in height by 11, which exponents and
        # fractions follow; a number that did not give way would be off by hundreds.
        assert max(found["off"]) < 12, (tex, found["off"])


def test_where_decimals_are_in_what_cannot_give_way_they_are_typeset_anew(page):
    page.wait(DRAWN)
    for tex in (r"\sqrt{0.5}", r"x_{0.5}^{0.25}", r"\text{0.5 of} \rule{0.5em}{0.1em} 0.25"):
        found = page.promise(EXCHANGED, tex, OTHERS[:2])
        assert found["asked"] == 2, tex


def test_a_drawing_with_more_than_glyphs_stays_as_it_is(page):
    page.wait(DRAWN)
    for tex in (r"\text{求和}", r"\frac{1}{2", r"\left(\rule{0pt}{5cm}\right)"):
        assert page.promise(
            """
            const drawing = MathJax.tex2svg(given[0], { display: false }).querySelector("svg");
            const { merge } = await import("/assets/explanation/boxes.js");
            return merge(drawing.cloneNode(true)).isEqualNode(drawing);
            """,
            tex,
        ), tex


def test_every_formula_of_a_walk_is_one_path(page):
    page.wait(DRAWN)
    for output in ("sigmoid", "softmax"):
        page.promise("await deltaflow.press('edit', 'output-activation', given[0])", output)
        assert page.js("return deltaflow.state.fields['output-activation']") == output
        for cursor in range(page.js("return deltaflow.state.pass.last") + 1):
            page.promise("await deltaflow.press('timeline', given[0])", cursor)
            paths = page.js(
                "return [...document.querySelectorAll('#formula svg')]"
                ".map((drawing) => drawing.querySelectorAll('g, path').length)"
            )
            assert paths and set(paths) == {2}, (output, cursor)


def test_a_formula_is_heard_by_layer_and_neuron(page):
    page.wait(DRAWN)
    heard = []
    for cursor in range(page.js("return deltaflow.state.pass.last") + 1):
        page.promise("await deltaflow.press('timeline', given[0])", cursor)
        heard += page.js(
            "return [...document.querySelectorAll('#formula mjx-container')]"
            ".map((one) => one.getAttribute('aria-label'))"
        )
    assert all(heard) and not any(sign in text for text in heard for sign in "\\_^{}")
    assert any(text.startswith("delta, layer 3, neuron 1 equals") for text in heard)
    # Squares there are in the loss only; no layer is a power.
    assert {text.split()[0] for text in heard if "squared" in text} <= {"J", "sigma"}
    assert not any("cubed" in text for text in heard)
