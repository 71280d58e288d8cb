"""That the benchmark of the engine runs and compares equal results; no time is asserted."""

import pytest

from benchmarks import engine as benchmark
from benchmarks import peers


def test_rows_for_every_problem_and_reference(monkeypatch):
    monkeypatch.setattr(benchmark, "find_spec", lambda module: None)
    monkeypatch.delenv("NN_TS", raising=False)
    rows = benchmark.rows(steps=2, rounds=1, checked=3)
    one_output = sum(problem.sizes[-1] == 1 for problem in benchmark.PROBLEMS)
    assert one_output
    assert len(rows) == len(benchmark.PROBLEMS) * (1 + len(benchmark.PEERS)) + one_output
    for row in rows:
        assert row["of_ratio"] and row["ours"] > 0 and row["excludes"]
        peer = not row["name"].endswith("plain NumPy")
        missing = row["note"] == "not installed" or "nn.ts" in row["note"]
        assert (row["reference"] is None) == peer == missing


@pytest.mark.parametrize("place", range(5))
def test_the_plain_reading_and_the_engine_go_the_same_way(place):
    problem = benchmark.PROBLEMS[place]
    start = benchmark.start_of(problem)
    one, other = (make(problem, start, 4)() for make in (benchmark.ours, benchmark.plain))
    assert benchmark.largest_difference(one, other) <= 1e-12
    assert benchmark.largest_difference(one, (start.w, start.b)) > 1e-6


@pytest.mark.parametrize("name", [name for name in benchmark.PEERS if name != benchmark.BARE])
def test_peers_with_the_same_start_go_the_same_way(name):
    module, make = benchmark.PEERS[name]
    if name == "scikit-learn":
        pytest.skip("it starts from weights of its own")
    pytest.importorskip(module)
    nearly = 1e-5 if name.endswith("float32") else 1e-12
    for problem in benchmark.PROBLEMS[:3]:
        start = benchmark.start_of(problem)
        theirs, plain = make(problem, start, 3)(), benchmark.plain(problem, start, 3)()
        assert benchmark.largest_difference(theirs, plain) <= nearly


def test_a_wrong_result_stops_the_benchmark(monkeypatch):
    right = peers.plain_steps
    monkeypatch.setattr(
        peers, "plain_steps", lambda p, w, b, batches: right(p, w, b, list(batches)[:-1])
    )
    with pytest.raises(AssertionError, match="results differ"):
        benchmark.rows(steps=1, rounds=1)
