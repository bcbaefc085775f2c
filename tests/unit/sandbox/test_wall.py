"""The time that is held against a worker is its own, and the time that is given back has an end."""

from __future__ import annotations

import os
import time
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmprep.sandbox.wall import Lag, WallClock, tells_waiting, waited_seconds

SECONDS = st.floats(0, 1e6)


class Hands:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        """What it shows."""
        return self.now


@given(st.floats(0.1, 100), st.lists(SECONDS), SECONDS, SECONDS)
def test_time_given_back_is_capped(limit: float, at_pipe: list[float], waited: float, spent: float) -> None:
    """All together it adds the limit once at most, and never takes any."""
    clock = Hands()
    wall = WallClock(limit, clock, 5.0)
    for seconds in at_pipe:
        wall.at_pipe(seconds)
    wall.waited(waited)
    clock.now += spent
    assert limit - spent - 1e-6 <= wall.remaining() <= 2 * limit - spent + 1e-6


@given(st.floats(0.1, 100), SECONDS, SECONDS, SECONDS)
def test_a_pipe_buys_the_limit_at_most(limit: float, most_back: float, at_pipe: float, waited: float) -> None:
    """Also where waiting for a core may be given back for longer."""
    wall = WallClock(limit, Hands(), 0.0, most_back=most_back)
    wall.at_pipe(at_pipe)
    assert wall.remaining() <= limit + min(limit, most_back) + 1e-6
    assert not wall.was_starved or most_back == 0
    wall.waited(waited)
    assert wall.remaining() <= limit + min(most_back, waited + limit) + 1e-6
    assert wall.was_starved is (waited >= most_back)


def test_what_was_before_does_not_count() -> None:
    """A worker waits for a core while it starts, too."""
    wall = WallClock(10.0, Hands(), 5.0)
    wall.waited(5.0)
    assert wall.remaining() == 10.0
    wall.waited(6.0)
    assert wall.remaining() == 11.0


@pytest.mark.parametrize(("asked", "took", "left"), [(0.5, 0.5, 9.5), (0.5, 0.1, 9.9), (0.5, 60.5, 9.5)])
def test_nobody_watches_while_we_stand_still(asked: float, took: float, left: float) -> None:
    """A wait of ours that ends long after it should have is none of the worker's time."""
    clock = Hands()
    wall = WallClock(10.0, clock, 0.0)
    clock.now += took
    wall.woke(asked, took)
    assert wall.remaining() == pytest.approx(left)


@pytest.mark.parametrize(
    ("waited", "at_pipe", "slept", "is_told", "disturbed"),
    [
        (0.0, 0.0, 0.0, True, False),
        (0.2, 0.2, 0.0, True, False),
        (0.6, 0.0, 0.0, True, True),
        (0.0, 0.6, 0.0, True, True),
        (0.0, 0.0, 5.0, True, True),
        (0.0, 0.0, 0.0, False, True),
    ],
)
def test_who_was_kept_waiting_was_disturbed(
    waited: float, at_pipe: float, slept: float, is_told: bool, disturbed: bool
) -> None:
    """Where it is not told how long a worker waited, it may have been."""
    wall = WallClock(10.0, Hands(), 0.0, is_told=is_told)
    wall.waited(waited)
    wall.at_pipe(at_pipe)
    wall.woke(0.5, 0.5 + slept)
    assert wall.was_disturbed is disturbed


def test_waiting_for_a_processor_is_told_by_the_kernel() -> None:
    """It is never negative, and nothing for a process that is not there."""
    assert waited_seconds(os.getpid()) >= 0
    assert waited_seconds(2**22 + 1) == 0
    assert not tells_waiting() or waited_seconds("self") >= 0


def test_other_threads_hold_us_up_no_longer_than_they_compute() -> None:
    """Time in which they sleep is no lag of ours, nor what we compute ourselves."""
    lag = Lag()
    sleeping = Thread(target=time.sleep, args=(0.2,))
    sleeping.start()
    sleeping.join()
    assert lag.seconds(1e-9) <= 1e-9
    used = time.process_time()
    lag = Lag()
    end = time.process_time() + 0.2
    busy = Thread(target=lambda: [None for _ in iter(lambda: time.process_time() < end, False)])
    busy.start()
    busy.join()
    assert lag.seconds(1e9) > 0.1 or time.process_time() - used < 0.2
    assert lag.seconds(0.05) <= 0.05
