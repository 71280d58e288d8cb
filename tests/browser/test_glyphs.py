"""A formula merged into one path is the drawing it was, and is still read aloud."""

COMPARED = r"""
const [tex, spoil] = given;
const drawing = MathJax.tex2svg(tex, { display: false }).querySelector("svg");
const { merge } = await import("/assets/explanation/glyphs.js");
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
# MathJax is there, and the page has said how it draws glyphs.
DRAWN = "document.querySelector('#formula svg')"
FORMULAS = (
    r"\begin{aligned} a_1^2 &= \sigma\bigl(w_{11}^2 a_1^1\bigr) \\ &\approx 0.622 \end{aligned}",
    r"J = \frac{1}{2} \sum_{j=1}^{n_L} \left(a_j^L - y_j\right)^2",
    r"\frac{e^{-z}}{(1 + e^{-z})^2} \odot \begin{pmatrix} 1 & 0 \\ 0 & 1 \end{pmatrix}",
    r"\bigl((w^{l+1})^{\mathsf T} \delta^{l+1}\bigr) \odot \sigma'(z^l) \qquad \text{(BP2)}",
)


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


def test_a_drawing_with_more_than_glyphs_stays_as_it_is(page):
    page.wait(DRAWN)
    for tex in (r"\text{求和}", r"\frac{1}{2", r"\left(\rule{0pt}{5cm}\right)"):
        assert page.promise(
            """
            const drawing = MathJax.tex2svg(given[0], { display: false }).querySelector("svg");
            const { merge } = await import("/assets/explanation/glyphs.js");
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


def test_a_formula_is_read_aloud_once_the_walk_rests(page):
    page.wait("document.querySelector('#formula mjx-assistive-mml')")
    at_once = page.promise(
        """
        await deltaflow.press("next");
        return document.querySelectorAll("#formula mjx-assistive-mml").length;
        """
    )
    assert at_once == 0
    page.wait(
        "((said, drawn) => said.length && said.length === drawn.length)"
        "(document.querySelectorAll('#formula mjx-assistive-mml'),"
        " document.querySelectorAll('#formula mjx-container'))"
    )
    page.promise("await deltaflow.press('back')")
    page.wait("document.querySelector('#formula mjx-assistive-mml math')")
