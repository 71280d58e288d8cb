"""Worksheets stay on the paper: by widths without TeX, and as pdflatex typesets them."""

import itertools
import re
import shutil
import subprocess

import numpy as np
import pytest

import engine
from components import ids
from components.config.value import make_network
from components.export.tex_width import TEXT_WIDTH, width
from components.export.training_step import compute_step
from components.export.worksheet import latex_worksheet, markdown_worksheet
from components.export.worksheet_entries import ROOM, in_rows
from components.messages import LANGUAGES
from components.requests.reading import read_stage

SIZES = ("3-3-2", "8-8-8", "4-8-3", "17-18-2", "1-1", "1-1-1", "128-2", "2-128", "9-16-9")
SIZES += ("-".join(["8"] * 10), "-".join(["2"] * 10), "1-64-1")
KINDS = {
    "sigmoid": {},
    "gelu": {ids.HIDDEN_ACTIVATION: "gelu", ids.OUTPUT_ACTIVATION: "gelu"},
    "silu": {ids.HIDDEN_ACTIVATION: "silu", ids.LOSS: "mean_squared_error"},
    "binary": {ids.LOSS: "binary_cross_entropy", ids.LEARNING_RATE: "0.000001"},
    "softmax": {ids.OUTPUT_ACTIVATION: "softmax", ids.LOSS: "cross_entropy"},
    "mish": {ids.HIDDEN_ACTIVATION: "mish", ids.OUTPUT_ACTIVATION: "selu", ids.LOSS: "huber"},
    "bipolar": {ids.OUTPUT_ACTIVATION: "bipolar_sigmoid", ids.LOSS: "log_cosh"},
    "leaky": {ids.HIDDEN_ACTIVATION: "leaky_relu", ids.OUTPUT_ACTIVATION: "elu"},
}
DIGITS = (2, 6, 8, 17)


def step_of(sizes, kind, m=1, scale=1.0):
    """A step whose inputs and weights have all their digits, and powers of ten where scaled."""
    n = [int(size) for size in sizes.split("-")]
    draw = np.random.default_rng(len(sizes) + m)

    def samples(rows, low, high):
        values = draw.uniform(low, high, (m, rows)) * (scale if low < 0 else 1)
        return "; ".join(", ".join(map(repr, map(float, row))) for row in values)

    target = "; ".join([", ".join(["1", *["0"] * (n[-1] - 1)])] * m)
    fields = {
        ids.LAYER_SIZES: sizes,
        ids.SAMPLE_X: samples(n[0], -1, 1),
        ids.SAMPLE_Y: target if kind == "softmax" else samples(n[-1], 0, 1),
        **KINDS[kind],
    }
    stage = read_stage({"fields": fields})
    assert len(stage.config.x) == m and stage.net.sizes == make_network(stage.config).sizes
    return compute_step(stage)


def blocks_of(latex):
    return re.findall(r"\\begin\{align\*\}\n(.*?)\n\\end\{align\*\}", latex, re.DOTALL)


def lines_of(block):
    """The lines of an align block: what ends with \\\\ outside of any matrix."""
    inner = re.sub(
        r"\\begin\{(pmatrix|cases)\}.*?\\end\{\1\}",
        lambda match: match[0].replace(r"\\", "\0").replace("&", "\1"),
        block,
        flags=re.DOTALL,
    )
    for line in inner.split(r"\\"):
        left, _, right = line.partition("&")
        yield tuple(part.replace("\0", r"\\").replace("\1", "&") for part in (left, right))


def widest(latex):
    return max(
        max(width(left) for left, _ in lines) + max(width(right) for _, right in lines)
        for lines in (list(lines_of(block)) for block in blocks_of(latex))
    )


CASES = [
    (sizes, kind, m, scale)
    for (i, sizes), (m, scale) in itertools.product(
        enumerate(SIZES), ((1, 1.0), (1, 1e-9), (3, 1.0), (12, 1e-4))
    )
    for kind in [list(KINDS)[(i + m + (scale < 1)) % len(KINDS)]]
    if m * max(int(n) for n in sizes.split("-")) <= 130
]


@pytest.mark.parametrize("solutions", [False, True])
@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_line_is_narrower_than_the_paper(case, solutions):
    step = step_of(*case)
    for digits, language in itertools.product(DIGITS, LANGUAGES):
        latex = latex_worksheet(step, solutions, digits, language)
        assert widest(latex) <= TEXT_WIDTH, (digits, language)


def test_every_number_of_digits_of_the_first_network_fits():
    step = step_of("3-3-2", "sigmoid")
    for digits in range(2, 18):
        assert widest(latex_worksheet(step, True, digits)) <= TEXT_WIDTH


def test_a_matrix_in_groups_of_columns_has_all_its_entries():
    step = step_of("8-8-8", "sigmoid")
    for build in (latex_worksheet, markdown_worksheet):
        text = build(step, True, 17)
        for value in (*step.net.w[2].flat, *step.values["w_after", 3].flat):
            assert f"{float(value)!r}" in text
        assert r"\text{columns 1 to " in text
    assert "columns 1" not in latex_worksheet(step, True, 2)


def test_rows_hold_everything_in_order_and_no_row_is_too_wide():
    draw = np.random.default_rng(3)
    for _ in range(200):
        pieces = ["9" * int(n) for n in draw.integers(1, 60, draw.integers(1, 12))]
        rows = in_rows(pieces, 5, 40.0, 20.0)
        assert [piece for row in rows for piece in row] == pieces
        for row in rows:
            assert len(row) <= 5
            assert len(row) == 1 or 40 + sum(map(width, row)) <= ROOM


def test_the_learning_rate_is_a_power_of_ten():
    for build in (latex_worksheet, markdown_worksheet):
        text = build(step_of("2-2", "binary"), True, 6)
        assert r"\eta &= 10^{-6}" in text and not re.search(r"\de-?\d", text)


@pytest.mark.parametrize("kind", ["gelu", "silu", "mish"])
@pytest.mark.parametrize("digits", DIGITS)
def test_the_inner_number_of_an_activation_is_defined_and_told(kind, digits):
    step = step_of("2-2-2", kind)
    text = latex_worksheet(step, True, digits)
    inner = engine.ACTIVATIONS[kind].inner
    assert f"{inner.symbol} &= {inner.tex()}" in text.split(r"\subsection*{Loss}")[1]
    for j in (1, 2):
        z = step.values["z", 2][j - 1 : j]
        told = re.search(rf"{inner.symbol}_\{{{j}\}}\^\{{2\}} &\\approx (.*) \\\\", text)[1]
        told = float(re.sub(r" \\times 10\^\{(.*)\}", r"e\1", told))
        assert told == pytest.approx(float(inner.f(z)[0, 0]), rel=10.0 ** (1 - digits))


@pytest.mark.parametrize("kind", ["binary", "softmax"])
@pytest.mark.parametrize("digits", DIGITS)
def test_a_certain_output_is_told_in_z_and_its_delta_by_its_digits(kind, digits):
    step = step_of("2-2", kind, scale=1e6)
    text = latex_worksheet(step, True, digits)
    assert r"\ln(1+e^{-z_j^{2}})" in text if kind == "binary" else r"\ln\sum_k e^{-d_k}" in text
    for one, other in re.findall(r"&\S+ \(([^()]*)\) - \(([^()]*)\)", text):
        a, y = (float(re.sub(r" \\times 10\^\{(.*)\}", r"e\1", t)) for t in (one, other))
        gaps = (step.values["a", 2] - step.values["y", 2])[:, 0]
        assert min(abs(a - y - gap) - 10.0**-digits * abs(gap) for gap in gaps) <= 1e-15


def log_of(program, option, folder, worksheets):
    """What TeX says of worksheets, typeset one after the other."""
    heads, bodies = zip(*(latex.split("\\begin{document}\n") for latex in worksheets), strict=True)
    body = "\n\\clearpage\n".join(bodies).replace("\\end{document}\n", "")
    latex = f"{heads[0]}\\begin{{document}}\n{body}\n\\end{{document}}\n"
    (folder / "all.tex").write_text(latex, "utf-8")
    done = subprocess.run(
        [program, "-interaction=nonstopmode", "-halt-on-error", option, "all.tex"],
        cwd=folder,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=300,
    )
    assert done.returncode == 0, done.stdout[-2000:]
    return (folder / "all.log").read_text("utf-8", errors="replace")


BEYOND = re.compile(r"(?:Overfull \\hbox|LaTeX Error|Missing character).*")


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")
@pytest.mark.parametrize("solutions", [False, True])
def test_latex_finds_no_line_beyond_the_paper(solutions, tmp_path):
    # Each case with some of the digits; by their widths all are tried above.
    worksheets = [
        latex_worksheet(step_of(*case), solutions, DIGITS[(i + 2 * solutions) % len(DIGITS)])
        for i, case in enumerate(CASES)
    ]
    log = log_of("pdflatex", "-draftmode", tmp_path, worksheets)
    assert BEYOND.findall(log) == []


def has_ctex():
    if shutil.which("xelatex") is None or shutil.which("kpsewhich") is None:
        return False
    return subprocess.run(["kpsewhich", "ctex.sty"], capture_output=True).returncode == 0


@pytest.mark.skipif(not has_ctex(), reason="xelatex or the package ctex is not installed")
def test_latex_finds_no_chinese_line_beyond_the_paper(tmp_path):
    worksheets = [
        latex_worksheet(step_of(*case), bool(i % 2), 17, "zh") for i, case in enumerate(CASES)
    ]
    log = log_of("xelatex", "-no-pdf", tmp_path, worksheets)
    assert BEYOND.findall(log) == []
