"""What large weights cost: L1 and L2, apart from J."""

import numpy as np

from engine.arguments import Array, finite_number
from engine.network import Network

__all__ = ["penalty", "penalty_gradient"]


def penalty(net: Network, l1: float = 0.0, l2: float = 0.0) -> float:
    """½·l2·Σw² + l1·Σ|w| over all weights and no bias; never a part of J.

    l1 and l2 are finite and ≥ 0, else ValueError. Never warns: what overflows is inf. Goodfellow,
    Bengio & Courville, Deep Learning (2016), section 7.1, eqs. 7.2 and 7.18.
    """
    l1, l2 = finite_number("l1", l1, low=0), finite_number("l2", l2, low=0)
    total = 0.0
    with np.errstate(over="ignore"):
        for w in net.w.values():
            # A coefficient of 0 charges nothing, even where the sum overflows.
            total += 0.5 * l2 * float(np.square(w).sum()) if l2 else 0.0
            total += l1 * float(np.abs(w).sum()) if l1 else 0.0
    return total


def penalty_gradient(w: Array, l1: float, l2: float) -> Array:
    """l2·w + l1·sign(w), the shape of w, with sign(0) = 0 (the same source, eqs. 7.3, 7.20)."""
    return l2 * w + l1 * np.sign(w)
