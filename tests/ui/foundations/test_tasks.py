"""Answers of other threads: they arrive on the window's thread, and own nothing on theirs."""

from __future__ import annotations

import itertools
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from pytestqt.qtbot import QtBot

from reader.domain.errors import CancelledError, ReaderError
from reader.ui.tasks import Answer, Err, Ok, Tasks


class Page(QObject):
    """Somebody who asks."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[Answer] = []

    def take(self, answer: Answer) -> None:
        self.answers.append(answer)


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


def test_an_answer_arrives_on_the_windows_thread(tasks: Tasks, qtbot: QtBot) -> None:
    heard: list[tuple[Answer, threading.Thread]] = []
    future: Future[int] = Future()
    tasks.follow(future, lambda answer: heard.append((answer, threading.current_thread())))
    thread = threading.Thread(target=future.set_result, args=(3,))
    thread.start()
    thread.join()
    assert heard == []
    qtbot.waitUntil(lambda: heard != [])
    assert heard == [(Ok(3), threading.main_thread())]


def test_what_has_arrived_is_delivered_at_once_when_asked(tasks: Tasks, qtbot: QtBot) -> None:
    heard: list[Answer] = []
    future: Future[int] = Future()
    tasks.follow(future, heard.append)
    tasks.deliver()
    assert heard == []
    future.set_result(3)
    tasks.deliver()
    assert heard == [Ok(3)]


@pytest.mark.parametrize(
    "error, kind",
    [(ReaderError("No."), ReaderError), (OSError("odd"), ReaderError)],
)
def test_an_error_arrives_as_a_sentence(
    tasks: Tasks, qtbot: QtBot, error: Exception, kind: type[ReaderError]
) -> None:
    page = Page()
    future: Future[int] = Future()
    tasks.follow(future, page.take, page)
    future.set_exception(error)
    qtbot.waitUntil(lambda: page.answers != [])
    answer = page.answers[0]
    assert isinstance(answer, Err)
    assert isinstance(answer.error, kind)


def test_what_is_cancelled_is_told(tasks: Tasks, qtbot: QtBot) -> None:
    page = Page()
    future: Future[int] = Future()
    tasks.follow(future, page.take, page)
    future.cancel()
    qtbot.waitUntil(lambda: page.answers != [])
    answer = page.answers[0]
    assert isinstance(answer, Err)
    assert isinstance(answer.error, CancelledError)


def test_the_dead_hear_nothing(tasks: Tasks, qtbot: QtBot) -> None:
    page = Page()
    future: Future[int] = Future()
    tasks.follow(future, page.take, page)
    page.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    future.set_result(1)
    qtbot.wait(20)
    assert page.answers == []


def test_nothing_is_delivered_after_the_end(tasks: Tasks, qtbot: QtBot) -> None:
    page = Page()
    future: Future[int] = Future()
    tasks.follow(future, page.take, page)
    tasks.close()
    future.set_result(1)
    qtbot.wait(20)
    assert page.answers == []


def test_the_thread_that_answers_never_holds_the_last_reference(tasks: Tasks, qtbot: QtBot) -> None:
    # GIVEN somebody who asked, went, and is held by nobody but the question
    future: Future[Any] = Future()
    page = Page()
    gone = weakref.ref(page)
    tasks.follow(future, page.take, page)
    ended: list[threading.Thread] = []
    weakref.finalize(page, lambda: ended.append(threading.current_thread()))
    del page

    def answer(last: list[Future[Any]]) -> None:
        last.pop().set_result(1)

    # WHEN a thread answers and drops the question at once, before the window gets to it
    held = [future]
    del future
    thread = threading.Thread(target=answer, args=(held,))
    thread.start()
    thread.join()
    # THEN they end on the window's thread
    assert ended == []
    qtbot.waitUntil(lambda: gone() is None)
    assert ended == [threading.main_thread()]


def turns(tasks: Tasks, qtbot: QtBot, take: Callable[[Answer], None]) -> list[str]:
    """What happens when three answers come at once: the answers, and the window's turns between."""
    seen: list[str] = []
    beat = QTimer(interval=0)
    beat.timeout.connect(lambda: seen.append("turn"))

    def taken(answer: Answer) -> None:
        seen.append("answer")
        take(answer)

    futures: list[Future[int]] = [Future() for _ in range(3)]
    for future in futures:
        tasks.follow(future, taken)
    for future in futures:
        future.set_result(1)
    beat.start()
    qtbot.waitUntil(lambda: seen.count("answer") == 3)
    beat.stop()
    return [name for name, _ in itertools.groupby(seen[seen.index("answer") :])]


def test_long_answers_that_come_at_once_are_taken_in_turns_of_their_own(
    tasks: Tasks, qtbot: QtBot
) -> None:
    seen = turns(tasks, qtbot, lambda _: time.sleep(0.01))
    assert seen[:5] == ["answer", "turn", "answer", "turn", "answer"]


def test_short_answers_that_come_at_once_are_taken_at_once(
    tasks: Tasks, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.ui.tasks._TURN", 60.0)  # all answers are short then
    seen = turns(tasks, qtbot, lambda _: None)
    assert seen.count("answer") == 1


def test_an_answer_that_fails_does_not_hold_the_others(tasks: Tasks, qtbot: QtBot) -> None:
    def fail(_: Answer) -> None:
        raise RuntimeError("a defect")

    with qtbot.captureExceptions() as raised:
        turns(tasks, qtbot, fail)
    assert len(raised) == 3


def test_what_has_come_can_be_taken_at_once(tasks: Tasks) -> None:
    heard: list[Answer] = []

    def slowly(answer: Answer) -> None:
        time.sleep(0.01)
        heard.append(answer)

    for _ in range(3):
        future: Future[int] = Future()
        tasks.follow(future, slowly)
        future.set_result(1)
    tasks.deliver()
    assert len(heard) == 3


def test_pages_may_go_while_other_threads_answer_them() -> None:
    # Two threads that reach into an object the window destroys end the process, or hang it.
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.foundations.answering"],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    heard, _, asked = done.stdout.partition(" heard")[0].partition(" of ")
    assert 0 < int(heard) < int(asked)
