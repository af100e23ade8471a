"""A pasted web address is asked for its title when the reader says so, and never before."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QMenu
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from reader.services.web import Web
from tests.ui.driving import Driven
from tests.ui.notes.conftest import Desk


@pytest.fixture
def server() -> Iterator[HTTPServer]:
    with HTTPServer(host="127.0.0.1") as made:
        yield made


@pytest.fixture
def online(desk: Desk, server: HTTPServer) -> Iterator[Desk]:
    """An editor whose way to the web leads to the server too."""
    with closing(Web(None, [f"127.0.0.1:{server.port}"])) as web:
        desk.kit.web = web
        yield desk
        desk.kit.ending.emit()


def paste(desk: Desk, text: str) -> None:
    data = QMimeData()
    data.setText(text)
    desk.edit.insertFromMimeData(data)


def slow(server: HTTPServer, title: str) -> tuple[threading.Event, threading.Event]:
    """A page that says when it is asked for, and comes when it is told to go on."""
    asked, go_on = threading.Event(), threading.Event()

    def answer(_request: Request) -> Response:
        asked.set()
        go_on.wait(10)
        return Response(f"<title>{title}</title>", content_type="text/html")

    server.expect_request("/a").respond_with_handler(answer)
    return asked, go_on


def test_a_pasted_address_gets_its_title_on_request_alone(online: Desk, server: HTTPServer) -> None:
    # GIVEN an address that was pasted
    page = "<title>Flows</title>"
    server.expect_request("/a").respond_with_data(page, content_type="text/html")
    address = server.url_for("/a")
    online.show("see ‸")
    paste(online, address)
    # THEN nothing was asked
    assert (online.edit.toPlainText(), server.log) == (f"see {address}", [])
    # WHEN its title is asked for
    online.own.titles.fetch()
    assert "127.0.0.1" in online.editor.said.text()
    online.until(lambda: "[Flows]" in online.edit.toPlainText())
    # THEN it is a link, the notebook knows, and one undo takes it back
    assert online.edit.toPlainText() == f"see [Flows]({address})"
    assert online.notebook.text("note") == f"see [Flows]({address})"
    assert online.editor.said.text() == ""
    online.edit.undo()
    assert online.edit.toPlainText() == f"see {address}"


def test_one_types_on_while_the_title_comes(online: Desk, server: HTTPServer) -> None:
    asked, go_on = slow(server, "😀 Late")
    address = server.url_for("/a")
    online.show(f"😀 {address}‸")
    online.own.titles.fetch()
    online.until(asked.is_set)
    online.edit.moveCursor(QTextCursor.MoveOperation.End)
    online.type(" and more")
    online.edit.moveCursor(QTextCursor.MoveOperation.Start)
    online.type("I see ")
    go_on.set()
    online.until(lambda: "Late" in online.edit.toPlainText())
    assert online.edit.toPlainText() == f"I see 😀 [😀 Late]({address}) and more"


def test_an_address_that_was_changed_meanwhile_stays(online: Desk, server: HTTPServer) -> None:
    asked, go_on = slow(server, "Late")
    online.show(f"{server.url_for('/a')}‸")
    online.own.titles.fetch()
    online.until(asked.is_set)
    online.edit.choose(5, 9)
    online.type("x")
    before = online.edit.toPlainText()
    go_on.set()
    online.until(online.notices.cards)
    assert online.edit.toPlainText() == before


def test_another_note_cancels_the_question(online: Desk, server: HTTPServer) -> None:
    asked, go_on = slow(server, "Late")
    online.show(f"{server.url_for('/a')}‸")
    online.own.titles.fetch()
    job = online.own.titles._job
    online.until(asked.is_set)
    assert job is not None
    online.editor.show_note("paper", "other", "another note")
    assert job.cancelled
    assert online.editor.said.text() == ""
    go_on.set()


def test_what_fails_is_said_in_one_sentence(online: Desk, server: HTTPServer) -> None:
    server.expect_request("/a").respond_with_data(b"", status=404)
    online.show(f"{server.url_for('/a')}‸")
    online.own.titles.fetch()
    online.until(online.notices.cards)
    [card] = online.notices.cards()
    assert "no such page" in card.text
    assert online.edit.toPlainText() == server.url_for("/a")


@pytest.mark.parametrize(
    "text", ["no address‸", "[a](https://example.org)‸", "‸text https://example.org"]
)
def test_where_no_bare_address_is_nothing_is_asked(online: Desk, text: str) -> None:
    online.show(text)
    online.own.titles.fetch()
    assert online.own.titles._job is None
    assert "no bare web address" in online.notices.cards()[0].text


def test_the_menu_of_an_address_offers_it(online: Desk) -> None:
    online.show("see https://example.org/a and [b](https://example.org/b)‸")
    for at, offered in ((6, True), (1, False), (45, False)):
        cursor = online.edit.textCursor()
        cursor.setPosition(at)
        menu = QMenu(online.editor)
        online.own.titles._fill_menu(menu, cursor)
        assert any("Ask example.org" in row.text() for row in menu.actions()) == offered


def test_the_key_asks_in_the_window(win: Driven, server: HTTPServer) -> None:
    # GIVEN the window, which may not reach this computer
    win.until(lambda: win.app.late is not None)
    win.focus(win.note)
    win.note.insertPlainText(server.url_for("/a"))
    # WHEN the title is asked for by its command
    win.app.window.commands.action("note.link_title").trigger()
    # THEN it says why not, and nothing was sent
    win.until(lambda: any("in its own network" in text for text in win.notices()))
    assert server.log == []
