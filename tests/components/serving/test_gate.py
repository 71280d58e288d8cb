"""The gate of training turns: passes first, one turn at a time, nobody overtaken or forgotten."""

import threading

import pytest

from components.serving.gate import LONGEST_WAIT, Gate, Pressure, decide

QUIET = Pressure(turning=False, answering=0, load=0.0, cost=0.02, queue=0.0)


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def pressure(**changes):
    return Pressure(**(vars(QUIET) | changes))


def test_a_quiet_process_gives_all_that_is_asked():
    given = decide(QUIET, 50, 0)
    assert given.allowed and given.batches == 50 and given.busy is None


@pytest.mark.parametrize(
    "changes", [{"turning": True}, {"answering": 6}, {"load": 2.0}, {"queue": 0.5}]
)
def test_a_busy_one_sends_newcomers_away(changes):
    given = decide(pressure(**changes), 50, 0)
    assert not given.allowed
    assert 0 < given.busy["after"] <= 1000 * LONGEST_WAIT
    assert 1 <= given.busy["batches"] <= 50


def test_turns_shrink_and_come_later_as_the_load_grows():
    given = [decide(pressure(load=load), 64, 0) for load in (1.0, 2.0, 4.0)]
    assert [g.batches for g in given] == sorted((g.batches for g in given), reverse=True)
    assert len({g.batches for g in given}) == 3
    assert [g.after for g in given] == sorted(g.after for g in given)


def test_a_turn_has_at_least_one_batch():
    assert decide(pressure(load=1e9), 1, 1.0).batches == 1


def test_who_has_waited_is_let_in_under_load_but_never_beside_another_turn():
    assert decide(pressure(load=3.0, queue=2.0), 8, 0.5).allowed
    assert not decide(pressure(turning=True), 8, 0.5).allowed
    assert not decide(pressure(answering=6), 8, 0.5).allowed


def test_each_is_sent_to_a_time_of_its_own():
    clock = Clock()
    gate = Gate(clock)
    with gate.turn(10) as first:
        assert first.allowed
        waits = []
        for _ in range(20):
            with gate.turn(10) as other:
                waits.append(other.busy["after"])
    assert waits == sorted(set(waits))


def test_one_at_a_time_over_threads():
    gate, together, most = Gate(), [], []

    def run():
        for _ in range(200):
            with gate.turn(1, waited=1.0) as turn:
                if turn.allowed:
                    together.append(1)
                    most.append(len(together))
                    together.pop()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(most) == {1}


def test_a_turn_that_fails_leaves_the_gate_open():
    gate = Gate()
    with pytest.raises(ValueError), gate.turn(1):
        raise ValueError
    with gate.turn(1) as turn:
        assert turn.allowed


def test_the_load_is_the_mean_number_of_requests_and_is_forgotten():
    clock = Clock()
    gate = Gate(clock)
    gate._change(2)
    clock.now = 10.0
    gate._change(-2)
    assert gate._pressure().load == pytest.approx(2.0, rel=1e-3)
    clock.now = 20.0
    assert gate._pressure().load < 0.01


def test_everybody_advances_though_the_load_stays():
    """150 students on one process that is always busy: simulated second by second."""
    clock = Clock()
    gate = Gate(clock)
    gate._change(2)
    clock.now = 5.0
    due, waited, last, worst = [5.0] * 150, [0.0] * 150, [5.0] * 150, 0.0
    while clock.now < 60:
        student = min(range(150), key=due.__getitem__)
        clock.now = max(clock.now, due[student])
        with gate.turn(10, waited[student]) as turn:
            if turn.allowed:
                clock.now += 0.005
        if turn.allowed:
            worst = max(worst, clock.now - last[student])
            last[student], waited[student], due[student] = clock.now, 0.0, clock.now + 0.05
        else:
            waited[student] = turn.after
            due[student] = clock.now + turn.after
    assert worst < 10 and min(last) > 50


def test_requests_that_are_being_answered_weigh_on_the_load():
    clock = Clock()
    gate = Gate(clock)
    gate.enter()
    gate.enter()
    clock.now += 10
    with gate.turn(100) as turn:
        assert not turn.allowed
    gate.leave()
    gate.leave()
    clock.now += 60
    with gate.turn(100) as turn:
        assert turn.allowed and turn.batches == 100
