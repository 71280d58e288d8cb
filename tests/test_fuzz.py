"""Some hundred bent questions of every route; `python -m tests.fuzz_routes 10000` asks more."""

import pytest

from tests.fuzz_routes import fuzz


@pytest.mark.parametrize("seed", [1, 2])
def test_no_question_breaks_the_server(seed):
    seen = fuzz(300, seed)
    assert seen.wrong == []
    assert {200, 400} <= set(seen.statuses) and max(seen.statuses) < 500
