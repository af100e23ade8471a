"""Progress and the time left, of times of pages."""

from __future__ import annotations

from reader.domain.progress import PageTime, Progress, progress, seconds_left


def test_a_page_is_seen_after_two_seconds() -> None:
    times = [PageTime(0, 30.0), PageTime(1, 1.9), PageTime(2, 2.0)]
    assert progress(times, 10) == Progress(2, 10, 33.9)
    assert progress(times, 10).share == 0.2
    assert progress([], 0).share == 0.0


def test_pages_behind_the_end_count_for_nothing() -> None:
    times = [PageTime(0, 30.0), PageTime(7, 60.0)]
    assert progress(times, 5) == Progress(1, 5, 30.0)
    assert seconds_left(times, 5) == 120.0


def test_the_time_left_goes_by_the_median_page() -> None:
    assert seconds_left([PageTime(0, 1.0)], 5) is None
    times = [PageTime(0, 60.0), PageTime(1, 50.0), PageTime(2, 3000.0), PageTime(3, 0.5)]
    assert seconds_left(times, 10) == 7 * 60.0
    assert seconds_left([PageTime(n, 9.0) for n in range(4)], 4) == 0.0
