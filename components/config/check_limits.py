"""What the gradient check allows: the error of a right gradient, and how much it may compute."""

from typing import Final

__all__ = ["MOST_WORK", "THRESHOLD"]

THRESHOLD: Final = 1e-5
# About 2 s of one core; 128-128-128-128 takes 3·10⁸ with one sample.
MOST_WORK: Final = 4 * 10**9
