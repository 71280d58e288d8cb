"""Small scripts that measure the project beside what others reach; `make bench` runs them all."""

import os
from typing import Final

__all__ = ["ONE_THREAD"]

ONE_THREAD: Final = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
for _variable in ONE_THREAD:
    # Only what is set before NumPy is imported is heard; servers that are started inherit it.
    os.environ.setdefault(_variable, "1")
