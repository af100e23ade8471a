"""The library page and its commands: loaded for a library's first paint, after a document's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.domain.errors import ReaderError
from reader.ui.browse.actions import LibraryActions
from reader.ui.browse.library_page import LibraryPage

if TYPE_CHECKING:
    from reader.app.build import App


class LibrarySide:
    """What of the window belongs to the library; made in the place that is kept for it."""

    def __init__(self, app: App) -> None:
        commands = app.window.commands
        self.page = page = LibraryPage(
            app.desk, app.theme, commands, app.settings, app.state, app.shelf
        )
        app.shelf.addWidget(page)
        self.actions = LibraryActions(page, commands, app.read_pdf)
        if app.tabs.front() is None:
            commands.bind("library", self.actions)
        page.conditions.connect(commands.update)
        page.saying.said.connect(app.say_of_list)
        self.actions.open_wanted.connect(app.open_paper)
        self.actions.import_wanted.connect(app.open_files)
        if app.readable:
            try:
                page.load_now(app.state.get("last_paper", ""))
            except ReaderError as error:
                app.trouble = error
                app.notices.error(error)
                page.refuse(error.line())
