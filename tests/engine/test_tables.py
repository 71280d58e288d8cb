"""Each fact that a row states is true, and a row that lacks one is an error that names it."""

import dataclasses

import numpy as np
import pytest

import engine
from engine.fast.activations import FAST_ACTIVATIONS
from engine.fast.losses import FAST_LOSSES
from engine.tables import require_rows, table

ROWS = [*engine.ACTIVATIONS.values()]
CURVES = [row for row in ROWS if not row.couples_rows]
TABLES = {
    "activation": engine.ACTIVATIONS["tanh"],
    "loss": engine.LOSSES["huber"],
    "optimiser": engine.OPTIMISERS["adam"],
    "initialisation": engine.INITIALISATIONS["he"],
}
# Steps of 2⁻¹⁰, so that 0 is one of them.
Z = np.arange(-60 * 1024, 60 * 1024 + 1) / 1024
names = pytest.mark.parametrize("row", CURVES, ids=lambda row: row.name)


@names
def test_the_slope_jumps_at_the_kinks_alone(row):
    slope = row.derivative(Z)
    jumps = np.flatnonzero(np.abs(np.diff(slope)) > 0.01)
    found = {float(Z[i + 1 if Z[i + 1] == 0 else i]) for i in jumps}
    assert found == set(row.kinks)
    for kink in row.kinks:
        ends = [row.derivative(np.array([kink + side]))[0] for side in (-1e-300, 1e-300)]
        assert abs(ends[1] - ends[0]) > 0.01


@names
def test_the_slope_has_its_corners_where_it_is_said(row):
    curvature = np.diff(row.derivative(Z)) * 1024
    jumps = np.flatnonzero(np.abs(np.diff(curvature)) > 0.01)
    # Next to a kink the curvature jumps as well.
    found = {
        float(Z[i + 1]) for i in jumps if min(abs(Z[i + 1] - k) for k in (*row.kinks, 99)) > 0.01
    }
    assert found == set(row.corners)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_the_range_bounds_every_value_and_no_closer_one_does(row):
    low, high = row.range
    far = np.array([-1e308, -1e4, 1e4, 1e308])
    z = np.concatenate([Z, far])
    a = row.f(np.stack([z, np.zeros_like(z)]))
    assert a.min() >= low and a.max() <= high
    reached = 1e300 if np.isinf(low) else low
    assert a.min() <= -reached if np.isinf(low) else a.min() == pytest.approx(low, abs=1e-6)
    assert a.max() >= 1e300 if np.isinf(high) else a.max() == pytest.approx(high, abs=1e-6)


@names
def test_the_steepest_slope_is_reached_and_never_passed(row):
    slope = np.abs(row.derivative(Z))
    assert slope.max() <= row.steepest * (1 + 1e-15)
    assert slope.max() == pytest.approx(row.steepest, rel=1e-6)


def test_the_steepest_slope_of_softmax():
    softmax, z, h = engine.ACTIVATIONS["softmax"], np.linspace(-3, 3, 601), 1e-6
    above, below = (softmax.f(np.stack([z + d, 0 * z]))[0] for d in (h, -h))
    assert ((above - below) / (2 * h)).max() == pytest.approx(softmax.steepest, rel=1e-6)


@names
def test_what_dies_has_no_slope_below_zero_and_nothing_else_has_none(row):
    below = row.derivative(np.append(Z[Z < 0], 0.0))
    assert row.dies == (below == 0).all()
    assert row.dies or (row.derivative(np.array([-1.0, -0.1])) != 0).all()


@names
def test_what_saturates_has_no_slope_at_either_end(row):
    ends = np.abs(row.derivative(np.array([-800.0, 800.0])))
    assert row.saturates == bool((ends < 1e-12).all())


@names
def test_a_rational_activation_takes_decimals_to_decimals(row):
    # Of a short decimal: z = ±0.37 has at most four more digits after it, or never ends.
    values = [row.f(np.array([z]))[0] for z in (0.37, -0.37, 1.25, -3.5)]
    assert row.rational == all(float(f"{value:.6g}") == value for value in values)


@pytest.mark.parametrize("row", engine.LOSSES.values(), ids=engine.LOSSES)
def test_a_rational_loss_takes_decimals_to_decimals(row):
    a, y = np.array([[0.25], [0.75]]), np.array([[0.5], [0.5]])
    z = np.log(a / (1 - a))
    if not row.taken_as_one:
        a, z = 3 * a, 3 * a
    J = row.cost(z, a, y)[0]
    assert row.rational == (float(f"{J:.8g}") == J)


@pytest.mark.parametrize("row", engine.LOSSES.values(), ids=engine.LOSSES)
def test_a_loss_taken_as_one_names_an_activation_and_goes_with_it_alone(row):
    fitting = [name for name in engine.ACTIVATIONS if engine.goes_together(name, row.name)]
    if row.taken_as_one:
        assert fitting == [row.output]
    else:
        assert fitting == [r.name for r in CURVES]


@pytest.mark.parametrize("row", engine.LOSSES.values(), ids=engine.LOSSES)
@pytest.mark.parametrize(
    "y", [[[0.5, 3], [-1, 2]], [[0.25, 1.0], [0.75, 0.0]], [[0.5, 1.0], [0.75, 0.5]]]
)
def test_fitted_targets_are_accepted_and_accepted_ones_stay(row, y):
    y, targets = np.array(y), row.targets
    assert targets.accepts(targets.fitted(y)) and targets.accepted
    if targets.accepts(y):
        np.testing.assert_array_equal(targets.fitted(y), y)


@pytest.mark.parametrize("row", engine.LOSSES.values(), ids=engine.LOSSES)
def test_the_slope_of_a_loss_changes_its_form_at_the_knot_alone(row):
    if row.taken_as_one:
        assert row.knot is None
        return
    d = np.linspace(-4, 4, 8001)[np.newaxis]
    curvature = np.diff(row.derivative(d, np.zeros_like(d))[0])
    jumps = np.flatnonzero(np.abs(np.diff(curvature)) > 1e-4)
    found = {round(abs(float(d[0, i + 1])), 2) for i in jumps}
    assert found == (set() if row.knot is None else {row.knot})


@pytest.mark.parametrize("rule", engine.OPTIMISERS.values(), ids=engine.OPTIMISERS)
def test_a_plain_optimiser_moves_by_the_gradient_times_the_learning_rate_alone(rule):
    theta, g = np.linspace(-1, 1, 5), np.linspace(2, 3, 5)
    moved, slots = theta.copy(), [np.full(5, 0.25) for _ in rule.slots]
    rule.step(moved, g.copy(), slots, 0.1, 3)
    assert rule.plain == bool(np.array_equal(moved, theta - 0.1 * g))
    assert not (rule.plain and rule.slots)


@pytest.mark.parametrize("kind", TABLES)
def test_a_row_that_lacks_a_fact_is_an_error_that_names_it(kind):
    row = TABLES[kind]
    facts = {field.name: getattr(row, field.name) for field in dataclasses.fields(row)}
    assert type(row)(**facts) == row
    for fact in facts:
        rest = {name: value for name, value in facts.items() if name != fact}
        with pytest.raises(TypeError, match=f"missing 1 required .*'{fact}'"):
            type(row)(**rest)


def test_two_rows_of_one_name_are_refused():
    row = engine.ACTIVATIONS["tanh"]
    with pytest.raises(ValueError, match="two rows have the name 'tanh'"):
        table(row, dataclasses.replace(row, steepest=2.0))
    assert dict(table(row)) == {"tanh": row}


@pytest.mark.parametrize(
    ("what", "fast", "readable"),
    [
        ("FAST_ACTIVATIONS", FAST_ACTIVATIONS, engine.ACTIVATIONS),
        ("FAST_LOSSES", FAST_LOSSES, engine.LOSSES),
    ],
)
def test_a_row_without_its_fast_path_is_an_error_that_names_it(what, fast, readable):
    require_rows(what, fast, readable)
    name = next(iter(readable))
    with pytest.raises(ValueError, match=f"{what} has no row 'toy'"):
        require_rows(what, fast, {**readable, "toy": readable[name]})
    with pytest.raises(ValueError, match=f"{what} has a row '{name}' that is in no other table"):
        require_rows(what, fast, {n: row for n, row in readable.items() if n != name})
