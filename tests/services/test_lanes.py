"""The writer lane: most urgent first, long work in steps, and everyone waiting is told."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator
from concurrent.futures import CancelledError as FutureCancelledError

import pytest

from reader.domain.errors import CancelledError, InputError
from reader.services.lanes import Priority, ReadLane, Steps, WriterLane, to_the_end, watched


@pytest.fixture
def lane() -> Iterator[WriterLane]:
    made = WriterLane()
    yield made
    made.close()


class Gate:
    """Holds the lane's thread until opened."""

    def __init__(self, lane: WriterLane) -> None:
        self._open, self._reached = threading.Event(), threading.Event()
        self._future = lane.submit(self._wait, priority=Priority.NOTE)
        assert self._reached.wait(10)

    def _wait(self) -> None:
        self._reached.set()
        assert self._open.wait(10)

    def open(self) -> None:
        self._open.set()


def test_the_most_urgent_goes_first_and_equals_in_order(lane: WriterLane) -> None:
    gate, done = Gate(lane), list[str]()
    futures = [
        lane.submit(done.append, name, priority=priority)
        for name, priority in [
            ("index", Priority.INDEX),
            ("bulk", Priority.BULK),
            ("one", Priority.NORMAL),
            ("two", Priority.NORMAL),
            ("edit", Priority.EDIT),
            ("note", Priority.NOTE),
        ]
    ]
    assert not lane.idle
    gate.open()
    for future in futures:
        future.result(10)
    assert done == ["note", "edit", "one", "two", "bulk", "index"]


def test_a_note_is_saved_in_the_middle_of_long_work(lane: WriterLane) -> None:
    done: list[str] = []
    started, go_on = threading.Event(), threading.Event()

    def long() -> Iterator[None]:
        for number in range(3):
            done.append(f"step {number}")
            if number == 1:
                started.set()
                assert go_on.wait(10)
            yield
        return "all"

    bulk = lane.submit(long, priority=Priority.BULK)
    assert started.wait(10)
    note = lane.submit(done.append, "note", priority=Priority.NOTE)
    go_on.set()
    note.result(10)
    assert bulk.result(10) == "all"
    assert done == ["step 0", "step 1", "note", "step 2"]


def test_two_long_jobs_of_one_kind_are_done_one_after_the_other(lane: WriterLane) -> None:
    done: list[str] = []

    def steps(name: str) -> Iterator[None]:
        for number in range(3):
            done.append(f"{name}{number}")
            yield

    gate = Gate(lane)
    futures = [lane.submit(steps, name, priority=Priority.BULK) for name in "ab"]
    gate.open()
    for future in futures:
        future.result(10)
    assert done == ["a0", "a1", "a2", "b0", "b1", "b2"]


def test_what_a_job_raises_reaches_who_asked_and_the_lane_goes_on(lane: WriterLane) -> None:
    def fail() -> None:
        raise InputError("No.")

    def fail_later() -> Iterator[None]:
        yield
        raise InputError("Not either.")

    first, second = lane.submit(fail), lane.submit(fail_later)
    for future in (first, second):
        with pytest.raises(InputError):
            future.result(10)
    assert lane.submit(lambda: 7).result(10) == 7


def test_a_job_cancelled_in_time_is_not_done(lane: WriterLane) -> None:
    gate, done = Gate(lane), list[int]()
    future = lane.submit(done.append, 1)
    assert future.cancel()
    gate.open()
    assert lane.submit(lambda: done).result(10) == []


def test_closing_finishes_what_is_urgent_and_drops_bulk_work() -> None:
    lane = WriterLane()
    gate, done = Gate(lane), list[str]()
    bulk = lane.submit(done.append, "bulk", priority=Priority.BULK)
    note = lane.submit(done.append, "note", priority=Priority.NOTE)
    threading.Timer(0.05, gate.open).start()
    lane.close()
    assert done == ["note"] and note.done()
    with pytest.raises(FutureCancelledError):
        bulk.result(0)
    # AND what comes later is refused
    with pytest.raises(CancelledError):
        lane.submit(done.append, "late").result(0)


def test_closing_ends_long_work_at_its_next_step_and_says_so() -> None:
    # GIVEN long work that has taken steps, waiting behind something urgent
    lane = WriterLane()
    began, ended = threading.Event(), list[bool]()

    def long() -> Iterator[None]:
        try:
            while True:
                began.set()
                yield
        finally:
            ended.append(True)

    bulk = lane.submit(long, priority=Priority.BULK)
    assert began.wait(10)
    gate = Gate(lane)
    threading.Timer(0.05, gate.open).start()
    # WHEN the lane closes THEN whoever waits is told, and the work could clean up
    lane.close()
    with pytest.raises(CancelledError):
        bulk.result(0)
    assert ended == [True]


def test_closing_lets_an_edit_in_steps_come_to_its_end() -> None:
    lane = WriterLane()
    gate, done = Gate(lane), list[int]()

    def steps() -> Iterator[None]:
        for number in range(3):
            done.append(number)
            yield

    future = lane.submit(steps, priority=Priority.EDIT)
    threading.Timer(0.05, gate.open).start()
    lane.close()
    assert done == [0, 1, 2] and future.done()


def test_closing_cuts_a_long_edit_short_but_no_note() -> None:
    # GIVEN an edit that does not come to its end, and a note behind it
    lane = WriterLane()
    gate, done, ended = Gate(lane), list[str](), list[bool]()

    def endless() -> Iterator[None]:
        try:
            while True:
                yield
        finally:
            ended.append(True)

    edit = lane.submit(endless, priority=Priority.EDIT)
    note = lane.submit(done.append, "note", priority=Priority.NOTE)
    threading.Timer(0.05, gate.open).start()
    # WHEN whoever closes waits no longer THEN the edit is told, and the note saved
    lane.close(patience=0.1)
    with pytest.raises(CancelledError):
        edit.result(0)
    assert (done, ended, note.done()) == (["note"], [True], True)


def test_steps_keep_their_answer() -> None:
    def work() -> Iterator[int]:
        yield 1
        return "answer"

    steps = Steps(work())
    assert list(steps) == [1] and steps.answer == "answer"


def test_reads_go_on_beside_each_other() -> None:
    lane = ReadLane(2)
    barrier = threading.Barrier(2, timeout=10)
    futures = [lane.submit(barrier.wait) for _ in range(2)]
    assert sorted(future.result(10) for future in futures) == [0, 1]
    lane.close()


def test_what_watches_a_job_sees_each_step_and_ends_it_by_raising() -> None:
    ended: list[str] = []

    def job() -> Generator[int, None, str]:
        try:
            yield from range(5)
        finally:
            ended.append("closed")
        return "answer"

    seen: list[int] = []
    assert to_the_end(watched(job(), seen.append)) == "answer"
    assert seen == [0, 1, 2, 3, 4] and ended == ["closed"]

    def stop(step: int) -> None:
        if step == 2:
            raise CancelledError("Enough.")

    # WHEN the watcher raises, the job is closed where it stands, and whoever waits is told
    with pytest.raises(CancelledError):
        to_the_end(watched(job(), stop))
    assert ended == ["closed", "closed"]
