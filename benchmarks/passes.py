"""A whole pass on the server: the time to make it and the bytes it sends.

python -m benchmarks.passes                     a table of medians
python -m benchmarks.passes --profile 3-3-2     where the time of one network's pass goes
"""

import argparse
import cProfile
import pstats
import statistics
import time
from typing import Final

import orjson

from benchmarks.requests import body_of, with_own_weights
from benchmarks.rows import Row, table, without
from components.requests.passes import answer_pass
from components.requests.reading import STAGE, read_body

__all__ = ["answer", "measure", "rows"]

make_row: Final = without("HTTP, the network, waiting behind others")

# (layer sizes, most milliseconds, most KB)
TARGETS: Final = (("3-3-2", 4, 60), ("2-8-8-8-8-8-8-1", 15, 250), ("64-32-10", 25, 400))


def answer(raw: bytes) -> bytes:
    """From the bytes of a request to the bytes of its answer, as the route does it."""
    return orjson.dumps(answer_pass(read_body(raw, (*STAGE, "focus"))))


def measure(sizes: str, times: int) -> tuple[float, int]:
    """Median milliseconds of a pass with its own weights, and the bytes of the answer."""
    raw = with_own_weights(body_of(sizes), 3)
    size = len(answer(raw))
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        answer(raw)
        taken.append(time.perf_counter() - begun)
    return 1000 * statistics.median(taken), size


def rows(times: int = 200) -> list[Row]:
    """Two rows for each network of the targets."""
    made = []
    for sizes, milliseconds, kilobytes in TARGETS:
        taken, size = measure(sizes, times)
        made.append(make_row(f"pass of {sizes}, time", taken, "ms", milliseconds))
        made.append(make_row(f"pass of {sizes}, sent", size / 1e3, "KB", kilobytes))
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--profile", metavar="SIZES")
    asked = parser.parse_args()
    if asked.profile:
        raw = with_own_weights(body_of(asked.profile), 3)
        profile = cProfile.Profile()
        profile.enable()
        for _ in range(asked.times):
            answer(raw)
        profile.disable()
        pstats.Stats(profile).sort_stats("tottime").print_stats(25)
    else:
        print(table("The pass", rows(asked.times)))


if __name__ == "__main__":
    main()
