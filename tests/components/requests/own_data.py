"""Own data as tests bring them."""

import numpy as np

from components.data.own import write_own as write_salted
from components.data.sources import RawData

NUMBERS = RawData(
    np.array([[1.0, 2, 3]]), ("t",), targets=np.array([[5.0, 6, 700]]), outputs=("price",)
)
SALT = "0123456789abcdef" * 2


def write_own(raw, salt=SALT):
    return write_salted(raw, salt)
