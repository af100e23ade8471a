"""All dates of a page together: the newest first by its own date, whenever it was imported."""

from __future__ import annotations

from pathlib import Path

from reader.domain.lists import Scope
from reader.domain.paper import PageEntry, Paper
from reader.library.reading import Reader
from tests.library.shelf import add, writing


def entry(day: int, position: int, page: str = "Daily papers") -> PageEntry:
    date = f"2026-10-{day:02}"
    return PageEntry(page, date, date, position)


def test_pages_stand_by_their_dates_however_they_came(tmp_path: Path) -> None:
    # GIVEN pages of a month imported in any order, and a paper that stood on two of them
    with writing(tmp_path) as writer:
        for title, *pages in (
            ("Fourth", entry(4, 1)),
            ("Again", entry(4, 2), entry(1, 1), entry(9, 7, "Trending papers")),
            ("First", entry(1, 2)),
            ("Last", entry(28, 3)),
        ):
            add(writer, Paper(title, pages=tuple(pages)))
    # WHEN all of its dates are listed
    reader = Reader(tmp_path)
    try:
        scope = Scope("feed", "Daily papers")
        rows = reader.rows(reader.orders(scope, sort="position"), scope)
        dates = reader.page_dates("Daily papers")
        by_paper = {row.order: row.page for row in rows}
        sidebar = [page.name for page in reader.overview().pages if page.feed == "Daily papers"]
        [again] = [row for row in reader.rows(reader.orders(Scope())) if row.title == "Again"]
    finally:
        reader.close()
    # THEN the newest stands first as in the sidebar, and a paper on its newest page of the feed
    assert [(row.title, row.page, row.position) for row in rows] == [
        ("Last", "2026-10-28", 3),
        ("Fourth", "2026-10-04", 1),
        ("Again", "2026-10-04", 2),
        ("First", "2026-10-01", 2),
    ]
    assert sidebar == ["2026-10-28", "2026-10-04", "2026-10-01"]
    assert dates == by_paper
    # AND on its newest page of all elsewhere
    assert (again.page, again.position) == ("2026-10-09", 7)
