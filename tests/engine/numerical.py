"""Cases of the gradient check."""

RIGHT = 1e-5
