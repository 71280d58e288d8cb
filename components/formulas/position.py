"""Which formulas stand at a position, for the walk or for the neuron or weight in focus."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Final

import numpy as np

import engine
from components.config.value import Outline
from components.formulas.backward import bp4, chain_of, gradients_of, update_of
from components.formulas.focus import Focus
from components.formulas.forward import a_of, loss_of, not_yet, z_of
from components.formulas.notes import with_notes
from components.formulas.parts import EQUAL, Formula, Known, Place, make_formula
from components.messages import Message, Told, message
from components.notation import plain, reference, tex

__all__ = ["build_formula"]

INPUT: Final = message("formula.input")
MOST_NEURONS: Final = 8
MOST_KEPT: Final = 1024
FORWARD: Final[Mapping[str, Sequence[Callable[[Place], Formula]]]] = {
    "": (),
    "z": (z_of,),
    "a": (z_of, a_of),
}


def _reached(p: Place, known: Known, position: int) -> str:
    """How far the walk has come with a neuron: to its z, its a, its δ, or to none of them yet."""
    if p.l == 1:
        return ""
    symbols = ("delta", "a", "z")
    return next((s for s in symbols if known.has(s, p.l, p.j, position)), "")


def _of_neuron(p: Place, kind: str, reached: str) -> list[Formula]:
    """The formulas of one neuron, as far as the walk has come."""
    if p.l == 1:
        lines = [("=", tex("x", None, p.j)), (EQUAL, reference("x", 1, p.j, p.s))]
        return [make_formula(INPUT, "notation", tex("a", 1, p.j), lines)]
    if kind == "update":
        return update_of(p)
    if reached == "delta":
        return [*chain_of(p), gradients_of(p)]
    return [make(p) for make in FORWARD[reached]] or not_yet(p)


def _weight_note(p: Place) -> Message:
    """How w_jk^l comes to move J, or in a batch the J of the sample in focus."""
    m = p.outline.samples
    names = {
        "w": plain("w", p.l, p.j, p.k),
        "z": plain("z", p.l, p.j),
        "a": plain("a", p.l - 1, p.k),
        "delta": plain("δ", p.l, p.j),
    }
    if m == 1:
        return message("note.weight", **names)
    return message("note.weight.batch", **names, sample=p.s, m=m)


def _of_weight(p: Place, kind: str, reached: str) -> list[Formula]:
    """The formulas of w_jk^l: its share of z forward, the chain from it to J backward."""
    if kind == "update":
        return update_of(p)[:1]
    if reached == "delta":
        return [{**bp4(p), "note": _weight_note(p)}, *chain_of(p)]
    return [z_of(p)] if reached else not_yet(p)[:1]


def _is_certain(outline: Outline, known: Known) -> bool:
    """Whether ln a or ln(1−a) of an output of the only sample is lost in the digits of a."""
    in_z = engine.LOSSES[outline.loss].in_z
    if outline.samples > 1 or in_z is None:
        return False
    return in_z.lost(known.values["a", len(outline.sizes)])


def _far_outputs(outline: Outline, known: Known) -> tuple[int, ...]:
    """The outputs of the only sample whose error lies beyond the knot of the loss."""
    knot, last = engine.LOSSES[outline.loss].knot, len(outline.sizes)
    if outline.samples > 1 or knot is None:
        return ()
    error = np.abs(known.values["a", last] - known.values["y", last])[:, 0]
    return tuple((np.flatnonzero(error > knot) + 1).tolist())


def _written(p: Place, kind: str, reached: str) -> list[Formula]:
    """All of it that depends on no number: the same in every pass of a walk."""
    if kind == "loss" and p.focus.layer is None:
        return [loss_of(p)]
    if p.focus.on_weight:
        return _of_weight(p, kind, reached)
    return _of_neuron(p, kind, reached)


_kept = lru_cache(maxsize=MOST_KEPT)(_written)


def _sentences(note: Told) -> list[str | Message]:
    return [note] if isinstance(note, str | Message) else list(note)


def _merged(groups: Sequence[list[Formula]]) -> list[Formula]:
    """The formulas of several neurons, kind by kind: at most as many as one neuron has."""
    merged: dict[str, Formula] = {}
    for formula in (formula for group in groups for formula in group):
        name = formula["name"]
        kind = name if isinstance(name, str) else name.key
        if kind not in merged:
            merged[kind] = dict(formula)
        else:
            merged[kind]["tex"] += r" \\[6pt] " + formula["tex"]
            notes = _sentences(merged[kind]["note"]) + _sentences(formula["note"])
            merged[kind]["note"] = [note for note in notes if note] or ""
    for formula in merged.values():
        formula["tex"] = rf"\begin{{array}}{{l}} {formula['tex']} \end{{array}}"
    return list(merged.values())


def build_formula(
    step: engine.Step, position: int, outline: Outline, known: Known, focus: Focus
) -> list[Formula]:
    """The formulas at one position: `name`, `anchor` in the derivation, `tex` and a `note`.

    At most three, whatever the focus; none in mode click until something is in focus. They are
    shared between passes: who changes one copies it first.
    """
    layer = focus.layer or step.layer or 2
    if focus.layer is None and focus.mode == "click":
        return []

    def formulas(j: int) -> list[Formula]:
        z = known.at("z", layer, j, focus.sample) if known.has("z", layer, j, position) else 0.0
        row = engine.ACTIVATIONS[outline.activations[layer - 2]]
        saturated = layer > 1 and row.is_saturated(z)
        far: tuple[int, ...] = ()
        if step.kind == "loss" and not focus.layer:
            saturated, far = _is_certain(outline, known), _far_outputs(outline, known)
        p = Place(outline, focus, layer, j, focus.input or 1, int(np.sign(z)), saturated, far)
        # Sums written out to the last term are long and rare.
        write = _written if focus.whole else _kept
        return with_notes(write(p, step.kind, _reached(p, known, position)), p, known)

    neuron = focus.neuron if focus.layer else (step.neuron or 1)
    whole_layer = step.neuron is None and not focus.layer and step.kind != "loss"
    if focus.mode == "all" and whole_layer:
        shown = range(1, min(outline.sizes[layer - 1], MOST_NEURONS) + 1)
        return _merged([formulas(j) for j in shown])
    pieces = formulas(neuron)
    if step.kind == "forward" and step.neuron is None and step.z is None and not focus.on_weight:
        return pieces[-1:]
    return pieces
