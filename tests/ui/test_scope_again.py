"""The scope that was listed when the window closed is the one shown as chosen at the next start."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from reader.domain.lists import Scope
from tests.ui.conftest import Start, end
from tests.ui.driving import Driven


def chosen(win: Driven) -> Scope:
    """The scope the sidebar shows as chosen."""
    return win.page.sidebar._tree.currentIndex().data(Qt.ItemDataRole.UserRole + 1)


def test_the_sidebar_shows_what_is_listed_after_a_restart(start: Start, library: Path) -> None:
    # GIVEN a window closed while a dated page was listed
    win = start(library)
    everything = win.rows()
    win.choose("page")
    part = win.rows()
    end(win)
    # WHEN it is started again
    again = start(library)
    # THEN the sidebar shows that page as chosen
    assert (again.rows(), again.page.scope.kind) == (part, "page")
    assert chosen(again) == again.page.scope
    # AND all papers are one click away
    again.choose("all")
    assert again.rows() == everything > part


def test_a_scope_that_is_gone_is_all_papers_at_the_next_start(start: Start, library: Path) -> None:
    win = start(library)
    everything = win.rows()
    win.app.state.put("scope_kind", "tag")
    win.app.state.put("scope_uid", "of a tag that was deleted")
    end(win)
    again = start(library)
    again.until(lambda: again.rows() == everything)
    assert chosen(again) == again.page.scope == Scope()
