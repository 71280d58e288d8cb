"""What the rows write as TeX and as code has the value of what they compute."""

import math

import numpy as np
import pytest

import engine
from engine.expressions import Expression
from tests.tex_values import LETTERS, value_of

NAMES = [name for name, row in engine.ACTIVATIONS.items() if not row.couples_rows]
Z = [-6.5, -1.1, -0.25, 0.375, 2.0, 7.5]
ERRORS = [(0.25, 1.0), (-0.5, 0.0), (3.0, 1.0), (0.5, 2.75)]


def number(value):
    return f"({float(value)!r})"


def close(value):
    return pytest.approx(float(value), rel=1e-11, abs=1e-12)


@pytest.mark.parametrize("z", Z)
@pytest.mark.parametrize("name", NAMES)
def test_tex_has_the_value_of_f_and_its_derivative(name, z):
    row, at = engine.ACTIVATIONS[name], np.array([[z]])
    a, slope, sign = row.f(at), row.derivative(at), int(np.sign(z))
    inner = number(row.inner.f(at)[0, 0]) if row.inner else ""
    for tex, value in ((row.tex, a), (row.derivative_tex, slope)):
        text = tex.at(sign, number(z), number(a[0, 0]), inner)
        assert float(value_of(text, exact=True).low) == close(value[0, 0]), text
    if row.inner:
        text = row.inner.tex.at(sign, number(z), "", "")
        assert float(value_of(text, exact=True).low) == close(row.inner.f(at)[0, 0])


@pytest.mark.parametrize("z", [-30.0, -9.0, -5.0, 5.0, 9.0, 30.0])
@pytest.mark.parametrize("name", NAMES)
def test_the_forms_of_a_saturated_neuron_have_the_same_value(name, z):
    row, at, sign = engine.ACTIVATIONS[name], np.array([[z]]), int(np.sign(z))
    if not row.is_saturated(z):
        assert row.saturated is None or row.saturated.below <= z <= row.saturated.above
        return
    inner = number(row.inner.f(at)[0, 0]) if row.inner else ""
    both = (row.saturated.value, row.f(at)), (row.saturated.slope, row.derivative(at))
    for forms, value in both:
        if sign in forms:
            text = forms[sign].at(sign, number(z), "no digit of a", inner)
            told = float(value_of(text, exact=True).low)
            assert told == pytest.approx(float(value[0, 0]), rel=1e-11, abs=0), text
    assert sign in row.saturated.slope


@pytest.mark.parametrize("name", NAMES)
def test_the_whole_of_a_formula_has_both_of_its_cases(name):
    row = engine.ACTIVATIONS[name]
    for tex in (row.tex, row.derivative_tex):
        symbols = row.symbols(tex)
        assert tex.at(1, "z", "a", row.inner.symbol if row.inner else "") in symbols
        assert tex.where in symbols and symbols in row.defined(tex)
        assert (r"\begin{cases}" in symbols) == (tex.otherwise is not None)
        for sign in (-1, 0, 1):
            assert tex.at(sign, "z", "a", row.inner.symbol if row.inner else "") in symbols


def test_a_case_is_that_of_its_sign_and_zero_is_below():
    tex = Expression(lambda z, a, i: f"+{z}{i}", lambda z, a, i: f"-{a}", "c=1")
    assert [tex.at(sign, "z", "a", "u") for sign in (1, 0, -1)] == ["+zu", "-a", "-a"]
    assert tex("q", "r") == r"\begin{cases}+q & q>0\\ -r & q\le 0\end{cases},\; c=1"


def test_the_letters_of_selu_are_its_constants():
    row, told = engine.ACTIVATIONS["selu"], {}
    for part in row.tex.where.split(r",\; "):
        name, _, value = part.removeprefix("\\").partition(r"\approx ")
        told[name] = float(value)
    exact = {name: float(value) for name, value in LETTERS.items()}
    assert told == pytest.approx(exact, rel=5e-5) and set(told) == set(exact)
    assert row.f(np.array([2.0]))[0] == 2 * 1.0507009873554805


@pytest.mark.parametrize("name", NAMES)
def test_numpy_code_has_the_value_of_f_and_its_derivative(name):
    row, z = engine.ACTIVATIONS[name], np.linspace(-30, 30, 121)
    given = {"np": np, "z": z}
    np.testing.assert_allclose(eval(row.numpy, given), row.f(z), rtol=1e-13, atol=1e-15)
    derivative = eval(row.numpy_derivative, given)
    np.testing.assert_allclose(derivative, row.derivative(z), rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("name", engine.ACTIVATIONS)
def test_torch_code_has_the_value_of_f_and_its_derivative(name):
    torch = pytest.importorskip("torch")
    row = engine.ACTIVATIONS[name]
    values = np.linspace(-20, 20, 41) + 0.01
    z = torch.tensor(values, requires_grad=True)
    a = eval(row.torch, {"torch": torch, "z": z})
    np.testing.assert_allclose(a.detach().numpy(), row.f(values), rtol=1e-12, atol=1e-15)
    if not row.couples_rows:
        a.sum().backward()
        np.testing.assert_allclose(z.grad.numpy(), row.derivative(values), rtol=1e-11, atol=1e-14)


def outputs(loss):
    """z, a and y (2, 2) that every loss is defined for, with errors on both sides of any knot."""
    row = engine.LOSSES[loss]
    activation = engine.ACTIVATIONS[row.output or "linear"]
    z = np.array([[0.25, -0.5], [3.0, 0.5]])
    y = np.array([[1.0, 0.25], [0.0, 0.75]]) if row.output else np.array([[1.0, 0], [1.0, 2.75]])
    return z, activation.f(z), y


@pytest.mark.parametrize("loss", engine.LOSSES)
def test_factor_and_terms_have_the_value_of_the_cost(loss):
    row = engine.LOSSES[loss]
    z, a, y = outputs(loss)
    near = np.abs(a - y) <= (np.inf if row.knot is None else row.knot)
    assert row.knot is None or not near.all()
    for s in range(2):
        terms = [
            float(value_of(row.term(number(a[j, s]), number(y[j, s]), bool(near[j, s])), True).low)
            for j in range(2)
        ]
        total = float(row.factor(2)) * math.fsum(terms)
        assert total == pytest.approx(row.cost(z, a, y)[s], rel=1e-12)


def test_a_term_that_knows_no_numbers_has_the_letter_that_the_formula_defines():
    for row in engine.LOSSES.values():
        term = row.term("a", "y", None)
        assert (row.knot is None) == (term == row.term("a", "y", True) == row.term("a", "y", False))
        assert row.knot is None or (term == "H(a - y)" and "H(d)=" in row.tex("L", "n_L"))


@pytest.mark.parametrize("multiplied", [False, True])
@pytest.mark.parametrize("loss", engine.LOSSES)
def test_the_tex_of_the_slope_has_the_value_of_the_derivative(loss, multiplied):
    row = engine.LOSSES[loss]
    _, a, y = outputs(loss)
    a, y = np.vstack([a, a[:1]]), np.vstack([y, y[:1]])
    for (j, s), value in np.ndenumerate(row.derivative(a, y)):
        tex = row.derivative_tex(number(a[j, s]), number(y[j, s]), 3, multiplied)
        tex += "(1.5)" * multiplied
        scale = 1.5 if multiplied else 1.0
        assert float(value_of(tex, exact=True).low) == close(scale * value), tex


@pytest.mark.parametrize("loss", engine.LOSSES)
def test_the_signs_of_the_slope_stand_around_the_difference(loss):
    row = engine.LOSSES[loss]
    _, a, y = outputs(loss)
    before, after = row.slope_signs
    text = f"{before}d{after}".replace("−", "-")
    given = {"max": np.maximum, "min": np.minimum, "tanh": np.tanh, "d": a - y}
    np.testing.assert_allclose(float(row.slope_factor(2)) * eval(text, given), row.derivative(a, y))


@pytest.mark.parametrize("loss", engine.LOSSES)
def test_numpy_code_has_the_value_of_the_cost_and_its_derivative(loss):
    row = engine.LOSSES[loss]
    z, a, y = outputs(loss)
    given = {"np": np, "z": z, "a": {3: a}, "y": y}
    derivative = eval(row.numpy_derivative("a[3]", "y"), given)
    np.testing.assert_allclose(derivative, row.derivative(a, y), rtol=1e-14)
    given["a"] = a
    np.testing.assert_allclose(eval(row.numpy, given), row.cost(z, a, y), rtol=1e-13)


@pytest.mark.parametrize("loss", engine.LOSSES)
def test_torch_code_has_the_value_of_the_cost(loss):
    torch = pytest.importorskip("torch")
    row = engine.LOSSES[loss]
    z, a, y = outputs(loss)
    given = dict(zip("zay", map(torch.tensor, (z, a, y)), strict=True)) | {"torch": torch}
    np.testing.assert_allclose(eval(row.torch, given).numpy(), row.cost(z, a, y), rtol=1e-12)


def test_the_formula_of_a_loss_names_the_layer_and_the_number_of_outputs():
    for row in engine.LOSSES.values():
        assert "a^{4}" in (tex := row.tex("{4}", "7")) or "a_j^{4}" in tex
        assert "^L" not in tex and "n_L" not in tex
        assert "^L" in row.tex("L", "n_L")


def test_a_loss_that_a_loses_is_told_in_z():
    for row in engine.LOSSES.values():
        assert (row.in_z is not None) == row.taken_as_one
        if row.in_z is None:
            continue
        z, _, y = outputs(row.name)
        values = {"y": y[:, 0], "z": z[:, 0], "gap": z[:, 0].max() - z[:, 0]}
        text = row.in_z.numbers(
            lambda symbol, j, values=values: number(values[symbol][j - 1]),
            lambda term, n: " + ".join(map(term, range(1, n + 1))),
            2,
        )
        told = float(value_of(text, exact=True).low)
        a = engine.ACTIVATIONS[row.output].f(z)
        assert told == close(row.cost(z, a, y)[0]) and "^{4}" in row.in_z.tex("{4}")
        assert row.in_z.lost(np.array([[1.0], [0.0]]))
        assert not row.in_z.lost(np.array([[0.25], [0.75]]))


def test_an_inner_symbol_is_defined_where_it_is_used_alone():
    gelu, silu = engine.ACTIVATIONS["gelu"], engine.ACTIVATIONS["silu"]
    assert gelu.defined(gelu.tex).endswith(rf",\; u={gelu.inner.tex()}")
    assert silu.defined(silu.tex) == silu.symbols(silu.tex) == silu.tex()
    assert silu.defined(silu.derivative_tex) == r"s+a\,(1-s),\; s=\frac{1}{1+e^{-z}}"
