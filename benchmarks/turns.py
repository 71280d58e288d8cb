"""What a turn of training costs beside its batches, on the largest own data: 10,000 × 100.

python -m benchmarks.turns
"""

import statistics
import time
from typing import Any, Final

import numpy as np
import orjson

from benchmarks.rows import Row, table, without
from components.data.own import write_own
from components.data.sources import RawData
from components.requests.reading import STAGE, read_body
from components.requests.train import TURN, answer_turn

__all__ = ["bodies", "rows"]

make_row: Final = without("HTTP, the network, waiting behind others; the batches themselves")
SIZES: Final = "99-16-1"
SAMPLES: Final = 10_000
TARGET: Final = 4.0


def bodies(samples: int = SAMPLES) -> tuple[dict[str, Any], dict[str, Any]]:
    """The first question of a run, with the data in it, and the next, as the page asks it."""
    rng = np.random.default_rng(1)
    columns = int(SIZES.split("-")[0])
    names = tuple(f"column {k + 1}" for k in range(columns))
    x, y = rng.normal(size=(columns, samples)), rng.normal(size=(1, samples))
    own = write_own(RawData(x, names, targets=y, outputs=("target",)), "0" * 32)
    fields = {"dataset": "own", "own-data": own["name"], "layer-sizes": SIZES}
    fields |= {"output-activation": "linear", "loss": "half_squared_error", "train-share": "50"}
    first = {"fields": fields, "own": own, "views": ["layers"], "batches": 1}
    begun = answer_turn(first)
    following = {
        "fields": begun["fields"], "own": {"key": own["key"]}, "weights": begun["weights"],
        "iteration": begun["iteration"], "batch": begun["batch"], "state": begun["state"],
        "batches": 0, "views": [], "measured": False,
    }  # fmt: skip
    return first, following


def milliseconds(body: dict[str, Any], times: int) -> float:
    """Median processor time from the bytes of a question to the bytes of its answer."""
    raw, taken = orjson.dumps(body), []
    for _ in range(times):
        begun = time.process_time()
        orjson.dumps(answer_turn(read_body(raw, (*STAGE, *TURN))))
        taken.append(time.process_time() - begun)
    return 1000 * statistics.median(taken)


def rows(times: int = 50, samples: int = SAMPLES) -> list[Row]:
    """The fixed cost of most turns, and that of a measured one, which is a tenth of the time."""
    _, following = bodies(samples)
    where = f"own data {samples:,}×100, {SIZES}, half to train on"
    plain = milliseconds(following, times)
    measured = milliseconds(following | {"measured": True, "views": ["layers"]}, times)
    return [
        make_row(f"fixed cost of a turn, {where}", plain, "ms", TARGET,
                 note="weights read and written, data found, next pass drawn"),
        make_row(f"a turn that is measured as well, {where}", measured, "ms",
                 note="J and scores over all samples, ‖δ‖ of each layer",
                 untargeted="the page leaves it a tenth of the time"),
    ]  # fmt: skip


if __name__ == "__main__":
    print(table("A turn of training", rows()))
