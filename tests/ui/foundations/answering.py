"""Pages that go while two threads answer them, 2,000 times; a process of its own, since it may die."""

from __future__ import annotations

import gc
import queue
import random
import sys
import threading
import time
from concurrent.futures import Future

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer

from reader.ui.tasks import Tasks

PAGES = 2000
QUESTIONS = 20
_PATIENT = 50  # one page in so many stays until it is answered


def answer(questions: queue.SimpleQueue[Future[bytes] | None]) -> None:
    while (future := questions.get()) is not None:
        future.set_result(bytes(1000))
        del future


def come_and_go(
    questions: queue.SimpleQueue[Future[bytes] | None], heard: list[object], *, patient: bool
) -> None:
    page = QObject()
    QTimer(page).start(1)
    tasks = Tasks(page)
    asked: list[Future[bytes]] = [Future() for _ in range(QUESTIONS)]
    for future in asked:
        tasks.follow(future, heard.append, page)
        questions.put(future)
    if patient:
        asked[-1].result()
        QCoreApplication.processEvents()
    if random.random() < 0.5:
        QCoreApplication.processEvents()
    else:
        time.sleep(random.random() * 2e-4)
    if random.random() < 0.5:
        tasks.close()
    page.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def main() -> None:
    gc.disable()
    app = QCoreApplication([])
    questions: queue.SimpleQueue[Future[bytes] | None] = queue.SimpleQueue()
    heard: list[object] = []
    threads = [threading.Thread(target=answer, args=(questions,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for number in range(PAGES):
        come_and_go(questions, heard, patient=number % _PATIENT == 0)
    for _ in threads:
        questions.put(None)
    for thread in threads:
        thread.join()
    app.processEvents()
    sys.stdout.write(f"{len(heard)} of {PAGES * QUESTIONS} heard\n")


if __name__ == "__main__":
    main()
