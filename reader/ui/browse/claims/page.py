"""The claims of the library, of a collection, of what is listed or selected; and their export."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reader.domain.lists import MarkRow, Overview, Scope
from reader.domain.marking import Annotation
from reader.domain.paper import Changes
from reader.services import claims
from reader.services.claims import Claims
from reader.ui.browse.claims.table import ClaimsModel, ClaimsTable
from reader.ui.desk import Desk
from reader.ui.theme import Theme
from reader.ui.widgets.buttons import push
from reader.ui.widgets.clearing import clearable

_MARGIN = 24  # pixels around what an empty table says
_DOWN = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ClaimsPage(QWidget):
    """`listed` gives the ords of the list, `selected` those of the papers selected in it."""

    open_wanted = Signal(object)  # MarkRow
    status = Signal(str)

    def __init__(
        self,
        desk: Desk,
        theme: Theme,
        listed: Callable[[], Sequence[int]],
        selected: Callable[[], Sequence[int]],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("listPane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk = desk
        self._listed = listed
        self._selected = selected
        self._stale = True
        self._orders: Callable[[], Sequence[int]] | None = None  # None: the whole library
        self._collection = ""
        self.model = ClaimsModel(self)
        self.table = ClaimsTable(self.model, theme, self)
        self.table.opened.connect(self._open)
        self._count = QLabel(self)
        self._count.setObjectName("countLabel")
        self.of = QToolButton(self)
        self.of.setProperty("kind", "flat")
        self.of.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.of.setAccessibleName(self.tr("Whose claims are shown"))
        self.of.setMenu(QMenu(self.of))
        self.words = QLineEdit(self)
        self.words.setPlaceholderText(self.tr("Find in the claims"))
        self.words.setAccessibleName(self.tr("Find in the claims"))
        clearable(self.words)
        self.words.setMaximumWidth(260)
        self.words.textChanged.connect(lambda _: self._narrow())
        self.words.installEventFilter(self)
        self._rows: list[Claims] = []
        self._save = push(self.tr("Export…"), "export", self)
        self._save.clicked.connect(self.export)
        self._empty = QLabel(self)
        self._empty.setProperty("class", "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._empty.setMargin(_MARGIN)
        self._arrange()
        self._offer(())
        desk.changed.connect(self._changed)
        self.setFocusProxy(self.table)

    def _arrange(self) -> None:
        head = QWidget(self)
        head.setObjectName("listHeader")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 6, 12, 6)
        row.setSpacing(10)
        title = QLabel(self.tr("Claims"), head)
        title.setObjectName("sectionLabel")
        row.addWidget(title)
        row.addWidget(self._count)
        row.addStretch(1)
        row.addWidget(self.words, 2)
        row.addWidget(self.of)
        row.addWidget(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._empty, 1)
        column.addWidget(self.table, 1)

    # -- whose

    def _offer(self, collections: Sequence[tuple[str, str]]) -> None:
        menu = self.of.menu()
        menu.clear()
        for text, orders in (
            (self.tr("Whole library"), None),
            (self.tr("What is listed"), self._listed),
            (self.tr("Selected papers"), self._selected),
        ):
            menu.addAction(text).triggered.connect(
                lambda _, text=text, orders=orders: self.show_of(text, orders)
            )
        if collections:
            menu.addSeparator()
        for uid, name in collections:
            menu.addAction(name.replace("&", "&&")).triggered.connect(
                lambda _, uid=uid, name=name: self.show_of(name, None, uid)
            )
        if not self.of.text():
            self.of.setText(f"{self.tr('Whole library')}  ▾")

    def show_of(
        self, name: str, orders: Callable[[], Sequence[int]] | None, collection: str = ""
    ) -> None:
        """Show the claims of some papers, or of a collection; without either, of all."""
        self._orders, self._collection = orders, collection
        self.of.setText(f"{name}  ▾")
        self.reload()

    def come(self) -> None:
        """The page is to be seen: what is listed may be another list by now."""
        self.reload()

    def leave(self) -> None:
        """Nothing is typed here."""

    def _changed(self, changes: Changes) -> None:
        touched = changes.annotations or changes.structure or changes.removed or changes.added
        if touched and self.isVisible():
            self.reload()

    def reload(self) -> None:
        """Read the table again."""
        reader, collection = self._desk.reader, self._collection
        orders = list(self._orders()) if self._orders is not None else None

        def read() -> list[Claims]:
            rows = claims.of_library(reader)
            wanted = orders
            if collection:
                wanted = list(reader.orders(Scope("collection", collection)))
            if wanted is None or not rows:
                return rows
            place = {uid: at for at, uid in enumerate(reader.uids(wanted))}
            return sorted((it for it in rows if it.paper in place), key=lambda it: place[it.paper])

        def names(found: Overview) -> None:
            self._offer([(one.uid, one.name) for one in found.collections])

        self._desk.read(read, then=self._show, owner=self, newest="claims")
        self._desk.read(reader.overview, then=names, owner=self, newest="names")

    def _show(self, rows: list[Claims]) -> None:
        self._rows = rows
        self._narrow()

    def _narrow(self) -> None:
        """Show the cards that have what is typed."""
        typed = self.words.text().strip()
        rows = claims.matching(self._rows, typed) if typed else self._rows
        at = self.table.currentIndex()
        place, cell = self.table.verticalScrollBar().value(), (at.row(), at.column())
        self.model.show(rows)
        if rows:
            self.table.setCurrentIndex(self.model.index(max(cell[0], 0), max(cell[1], 0)))
        self.table.verticalScrollBar().setValue(place)
        count = sum(len(row.cards) for row in rows)
        told = self.tr("1 card") if count == 1 else self.tr("{} cards").format(f"{count:,}")
        papers = self.tr("1 paper") if len(rows) == 1 else self.tr("{} papers").format(len(rows))
        self._count.setText(self.tr("{} in {}").format(told, papers) if rows else "")
        self.status.emit(self._count.text())
        self.table.setVisible(bool(rows))
        self._save.setEnabled(bool(rows))
        self._empty.setVisible(not rows)
        self._empty.setText(
            self.tr("No card has these words.\nEsc shows all again.")
            if self._rows
            else self.tr(
                "No claim cards here.\nIn a PDF select text, and choose Card from the bar "
                "or with the right button: claims, methods, results, questions and doubts "
                "of all papers meet in this table."
            )
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the words down into the table, and back to all, by keys."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _DOWN and self.model.rows:
                self.table.setFocus()
                return True
            if event.key() == Qt.Key.Key_Escape and self.words.text():
                self.words.clear()
                return True
        return super().eventFilter(watched, event)

    def _open(self, row: Claims, card: Annotation) -> None:
        self.open_wanted.emit(MarkRow(0, card, row.paper, row.title, ""))

    # -- out

    def export(self) -> None:
        """Ask for a file, and write the table as Markdown or CSV."""
        dialog = QFileDialog(self, self.tr("Export the claims"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        csv = self.tr("Table for spreadsheets (*.csv)")
        dialog.setNameFilters([self.tr("Markdown (*.md)"), csv])
        dialog.setDefaultSuffix("md")
        dialog.filterSelected.connect(
            lambda name: dialog.setDefaultSuffix("csv" if name == csv else "md")
        )
        dialog.fileSelected.connect(lambda file: self.save(Path(file)))
        dialog.open()

    def save(self, target: Path) -> None:
        """Write the table to a file."""
        self._desk.read(
            claims.save, list(self.model.rows), target,
            then=lambda _: self._desk.notices.ok(
                self.tr("Exported the claims to {}.").format(target.name)
            ),
            owner=self,
        )  # fmt: skip
