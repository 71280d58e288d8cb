"""The gate of work: small questions always pass, of the others no more than a process can do."""

import sys
import threading

import pytest

from components.serving.work_gate import LATEST, MOST_IN_HAND, SMALL, BusyError, WorkGate


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def test_what_is_small_passes_whatever_is_in_hand():
    gate = WorkGate()
    with gate.claim() as large:
        large.ask(10_000)
        for _ in range(100):
            with gate.claim() as small:
                small.ask(SMALL)


def test_one_large_question_is_let_in_and_the_next_one_sent_away():
    gate = WorkGate()
    with gate.claim() as first:
        first.ask(10_000)
        with pytest.raises(BusyError) as sent, gate.claim() as second:
            second.ask(10_000)
        assert 0 < sent.value.after <= 1000 * LATEST
    with gate.claim() as again:
        again.ask(10_000)


def test_of_medium_ones_as_many_as_are_done_in_a_moment():
    gate, inside = WorkGate(), []
    claims = [gate.claim() for _ in range(10)]
    for claim in claims:
        entered = claim.__enter__()
        try:
            entered.ask(MOST_IN_HAND / 3)
            inside.append(claim)
        except BusyError:
            pass
    assert len(inside) == 3


def test_who_was_let_in_by_its_bytes_stays_when_it_is_known_to_be_more():
    gate = WorkGate()
    with gate.claim() as claim, gate.claim() as other:
        claim.ask(MOST_IN_HAND / 2)
        other.ask(MOST_IN_HAND / 2)
        claim.ask(5000)
        assert claim.cost == 5000
        claim.ask(100)
        assert claim.cost == 5000
    with gate.claim() as claim:
        claim.ask(MOST_IN_HAND)


def test_an_error_gives_the_claim_back():
    gate = WorkGate()
    with pytest.raises(KeyError), gate.claim() as claim:
        claim.ask(10_000)
        raise KeyError
    assert gate._in_hand == 0


def test_beside_a_large_question_others_get_their_turn_sooner():
    gate, usual = WorkGate(), sys.getswitchinterval()
    with gate.claim() as claim:
        claim.ask(MOST_IN_HAND)
        assert sys.getswitchinterval() == usual
    with gate.claim() as large:
        large.ask(10_000)
        assert sys.getswitchinterval() < usual
    assert sys.getswitchinterval() == usual


def test_each_is_sent_to_a_time_of_its_own_and_none_for_ever():
    gate, waits = WorkGate(Clock()), []
    with gate.claim() as first:
        first.ask(500)
        for _ in range(20):
            with pytest.raises(BusyError) as sent, gate.claim() as other:
                other.ask(500)
            waits.append(sent.value.after)
    assert waits == sorted(waits) and waits[0] < waits[1] < waits[2]
    assert waits[-1] == 1000 * LATEST


def test_nothing_is_left_in_hand_after_many_threads():
    gate = WorkGate()

    def run(seed):
        for turn in range(300):
            try:
                with gate.claim() as claim:
                    claim.ask(seed * turn / 7 % 90)
            except BusyError:
                pass

    threads = [threading.Thread(target=run, args=(seed,)) for seed in range(1, 7)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert gate._in_hand == 0
