"""What is said of a formula's numbers: why a neuron hardly learns, what the shares of δ are."""

from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final

from components.formulas.parts import MOST_TERMS, Formula, Known, Place
from components.messages import Argument, Message, Told, message
from components.notation import SHOWN_DIGITS, literal, plain

__all__ = ["with_notes"]

SATURATED: Final = 0.01
# Two digits never write numbers alike of which one is more than a tenth larger.
FAR_APART: Final = 1.11
WHOLE_UP_TO: Final = 7


def _slope_note(p: Place, known: Known) -> Told:
    """That a neuron learns little or nothing because of its σ′."""
    slope = known.at("slope", p.l, p.j, p.s)
    if p.activation.dies and slope == 0:
        name = message(f"activation.{p.activation.name}")
        return message("note.dead", z=plain("z", p.l, p.j), name=name)
    if slope < SATURATED and p.activation.saturates:
        return message("note.saturated", slope=literal(slope))
    return ""


def _look_alike(one: float, other: float) -> bool:
    """Whether two sizes are written alike at one of the numbers of digits that can be chosen.

    Sizes are rounded as the page does it: half a unit up, whole units from 10^digits to 10^7.
    """
    if abs(one) > FAR_APART * abs(other):
        return False

    def rounded(size: Decimal, digits: int) -> Decimal:
        whole = size.adjusted() + 1
        kept = whole if digits < whole <= WHOLE_UP_TO else digits
        return Context(prec=kept, rounding=ROUND_HALF_UP).plus(size)

    sizes = Decimal(abs(one)), Decimal(abs(other))
    return any(rounded(sizes[0], digits) == rounded(sizes[1], digits) for digits in SHOWN_DIGITS)


def _standing_out(parts: Sequence[float], name: str, total: float, listed: int) -> Message:
    """Whether the first of the shares, sorted by size, is the largest, or how many are equal."""
    sizes = [abs(part) for part in parts]
    equal = sizes.count(sizes[0])
    if equal == 1:
        if _look_alike(parts[0], parts[1]):
            return message("note.shares.nearly_equal")
        opposed = total != 0 and (parts[0] < 0) != (total < 0)
        return message("note.shares.opposed" if opposed else "note.shares.largest", name=name)
    how = "equal" if len(set(parts[:equal])) == 1 else "equal_in_size"
    if equal == len(parts):
        return message(f"note.shares.all.{how}")
    which = "first" if equal <= listed else "some"
    return message(f"note.shares.{which}.{how}", n=equal)


def _listed(shares: Sequence[Message]) -> Message:
    """The shares one after the other, joined half by half: there may be many."""
    if len(shares) == 1:
        return shares[0]
    half = len(shares) // 2
    return message("note.shares.and", first=_listed(shares[:half]), rest=_listed(shares[half:]))


def _paths_note(p: Place, known: Known) -> Told:
    """What each way back from the next layer brings of δ_j^l, the largest first."""
    after = p.outline.sizes[p.l]
    slope = known.at("slope", p.l, p.j, p.s)
    if slope == 0 or after == 1:
        return ""
    brought = {
        i: known.at("w", p.l + 1, i, p.j) * known.at("delta", p.l + 1, i, p.s) * slope
        for i in range(1, after + 1)
    }
    order = sorted(brought, key=lambda i: -abs(brought[i]))
    parts, names = [brought[i] for i in order], [plain("δ", p.l + 1, i) for i in order]
    delta, total = plain("δ", p.l, p.j), known.at("delta", p.l, p.j, p.s)
    if parts[0] == 0:
        none = message("note.shares.none", delta=delta, n=after)
        if known.values["w", p.l + 1].any():
            return none
        return [none, message("note.shares.no_weights", w=plain("w", p.l + 1))]
    n = after if p.focus.whole else min(after, MOST_TERMS)
    shares = [
        message("note.share", value=literal(part), name=name)
        for part, name in zip(parts[:n], names[:n], strict=True)
    ]
    told: dict[str, Argument] = {"delta": delta, "shares": _listed(shares)}
    out = _standing_out(parts, names[0], total, n)
    if n == after:
        return [message("note.shares", **told), out]
    rest = "smaller" if abs(parts[n]) < abs(parts[n - 1]) else "more"
    return [message(f"note.shares.{rest}", **told, n=after - n), out]


NOTES: Final[Mapping[str, Callable[[Place, Known], Told]]] = {
    "σ′": _slope_note,
    "BP2": _paths_note,
}


def with_notes(formulas: Sequence[Formula], p: Place, known: Known) -> list[Formula]:
    """The formulas of a neuron, each with the note that its numbers make it need."""
    noted = []
    for formula in formulas:
        note = NOTES.get(formula["name"]) if isinstance(formula["name"], str) else None
        noted.append({**formula, "note": note(p, known)} if note else formula)
    return noted
