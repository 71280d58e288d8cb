"""Which formulas stand at a position, for the walk or for the neuron or weight in focus."""

from collections.abc import Sequence
from typing import Final

import engine
from components.config import Config
from components.focus import Focus
from components.formula_backward import bp4, chain_of, gradients_of, update_of
from components.formula_forward import a_of, loss_of, z_of
from components.formula_parts import EQUAL, Formula, Known, Place, make_formula
from components.notation import plain, reference, tex

__all__ = ["build_formula"]

MOST_NEURONS: Final = 8


def _of_neuron(p: Place, position: int, kind: str) -> list[Formula]:
    """The formulas of one neuron, as far as the walk has come."""
    if p.l == 1:
        lines = [("=", tex("x", None, p.j)), (EQUAL, reference("x", 1, p.j, p.s))]
        return [make_formula("input", "notation", tex("a", 1, p.j), lines)]
    if kind == "update":
        return update_of(p)
    if p.known.has("delta", p.l, p.j, position):
        return [*chain_of(p), gradients_of(p)]
    pieces = []
    if p.known.has("z", p.l, p.j, position):
        pieces.append(z_of(p))
    if p.known.has("a", p.l, p.j, position):
        pieces.append(a_of(p))
    return pieces


def _of_weight(p: Place, position: int, kind: str) -> list[Formula]:
    """The formulas of w_jk^l: its share of z forward, the chain from it to J backward."""
    if kind == "update":
        return update_of(p)[:1]
    if p.known.has("delta", p.l, p.j, position):
        chain = bp4(p)
        chain["note"] = (
            f"{plain('w', p.l, p.j, p.k)} moves {plain('z', p.l, p.j)} {plain('a', p.l - 1, p.k)} "
            f"times as much, and that moves J {plain('δ', p.l, p.j)} times as much, "
            "along every lit path."
        )
        return [chain, *chain_of(p)]
    return [z_of(p)] if p.known.has("z", p.l, p.j, position) else []


def _merged(groups: Sequence[list[Formula]]) -> list[Formula]:
    """The formulas of several neurons, kind by kind: at most as many as one neuron has."""
    merged: dict[str, Formula] = {}
    for formula in (formula for group in groups for formula in group):
        kind = formula["name"]
        if kind not in merged:
            merged[kind] = dict(formula)
        else:
            merged[kind]["tex"] += r" \\[6pt] " + formula["tex"]
            merged[kind]["note"] = " ".join(filter(None, (merged[kind]["note"], formula["note"])))
    for formula in merged.values():
        formula["tex"] = rf"\begin{{array}}{{l}} {formula['tex']} \end{{array}}"
    return list(merged.values())


def build_formula(
    step: engine.Step, position: int, config: Config, known: Known, focus: Focus
) -> list[Formula]:
    """The formulas at one position: `name`, `anchor` in the derivation, `tex` and a `note`.

    At most three, whatever the focus; none in mode click until something is in focus.
    """
    layer = focus.layer or step.layer or 2
    if focus.layer is None and focus.mode == "click":
        return []
    if step.kind == "loss" and focus.layer is None:
        return [loss_of(Place(config, known, focus, len(config.sizes), 1, 1))]
    neuron = focus.neuron if focus.layer else (step.neuron or 1)

    def place(j: int) -> Place:
        return Place(config, known, focus, layer, j, focus.input or 1)

    if focus.input and focus.layer:
        return _of_weight(place(neuron), position, step.kind)
    if focus.mode == "all" and step.neuron is None and not focus.layer:
        shown = range(1, min(config.sizes[layer - 1], MOST_NEURONS) + 1)
        return _merged([_of_neuron(place(j), position, step.kind) for j in shown])
    pieces = _of_neuron(place(neuron), position, step.kind)
    if step.kind == "forward" and step.neuron is None and step.z is None:
        return pieces[-1:]
    return pieces
