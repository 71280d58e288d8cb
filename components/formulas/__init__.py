"""Where each number comes from: formulas and matrices of a position."""
