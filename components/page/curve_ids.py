"""Names of the elements of the table of the curves."""

from typing import Final

CURVES: Final = "curves"
CURVES_DIALOG: Final = "curves-dialog"
CURVES_TABLE: Final = "curves-table"
