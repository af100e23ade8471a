"""The list of the document's annotations beside its pages, and what is done to them there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QInputDialog, QMenu

from reader.domain.marking import PALETTE, Annotation, Kind, clean_text
from reader.ui.browse.chooser import Choice, Chooser
from reader.ui.commands.row import QT_TRANSLATE_NOOP, Command
from reader.ui.viewer.annotate.bar import fill_cards
from reader.ui.viewer.annotate.feature import Annotate
from reader.ui.viewer.annotate.strip import fill_colors
from reader.ui.viewer.annotate.writing import Writing
from reader.ui.viewer.document import PdfView
from reader.ui.viewer.feature import Feature
from reader.ui.viewer.marks_pane.pane import MarksPane

if TYPE_CHECKING:
    from reader.ui.viewer.page import ViewerPage

PANE = "annotations"


class MarksList(Feature):
    """Shows what the store has, chooses on the page what is chosen in the list, and the other way."""

    name: ClassVar[str] = "annotation_list"
    rows: ClassVar[tuple[Command, ...]] = (
        Command(
            "annotate.list", QT_TRANSLATE_NOOP("Commands", "List the annotations"), "viewer",
            "annotation_list.show", ("Shift+A",), "annotate", "Annotate", 5, enabled="document",
        ),
        Command(
            "annotate.card", QT_TRANSLATE_NOOP("Commands", "Make a claim card…"), "viewer",
            "annotation_list.ask_card", ("Shift+C",), "card", "Annotate", 4, enabled="document",
        ),
    )  # fmt: skip

    def __init__(self, page: ViewerPage) -> None:
        super().__init__(page)
        self._pane: MarksPane | None = None
        self._writing: Writing | None = None
        self._stale = True
        self._leading = False  # the list chooses on the page, so it need not follow
        page.panel.add(PANE, "annotate", self.tr("Annotations (Shift+A)"), lambda: self.pane)
        page.panel.chosen.connect(self._seen)

    @property
    def annotate(self) -> Annotate:
        """The feature whose annotations these are; asked after this one, so it is not there yet
        when this one is made."""
        return self.page.feature(Annotate)

    @property
    def pane(self) -> MarksPane:
        """The list, made when it is first needed."""
        if self._pane is None:
            owner = self.annotate
            self._pane = pane = MarksPane(self.page.theme, owner.named, self.page.panel.room)
            self._writing = Writing(owner.store, self)
            owner.store.changed.connect(self._changed)
            owner.store.renamed.connect(self._renamed)
            owner.picked.changed.connect(self._follow)
            rows = pane.rows
            rows.selected.connect(self._lead)
            rows.chosen.connect(self._open)
            rows.comment_wanted.connect(self.comment)
            rows.tags_wanted.connect(self.tag)
            rows.colored.connect(lambda number: self.recolor(PALETTE[number].name))
            rows.removed.connect(self.remove)
            rows.menu_wanted.connect(self._menu)
            rows.box.textChanged.connect(self._typed)
            rows.box.finished.connect(self.end_comment)
            self._fill()
        return self._pane

    # -- the document

    def opened(self, pdf: PdfView) -> None:
        pdf.labelled.connect(self._changed)
        self._changed()

    def left(self) -> None:
        self.end_comment()

    def closed(self) -> None:
        self.end_comment()

    def rest(self) -> None:
        if self._writing is not None:
            self._writing.flush()

    def show(self) -> None:
        """Show the list, and have the keys there."""
        self.page.show_pane(PANE, keys=True)

    def escape(self) -> bool:
        pane = self._pane
        if pane is None or not pane.rows.hasFocus():
            return False
        self.page.canvas.setFocus()
        return True

    # -- showing

    def _seen(self, name: str) -> None:
        if name == PANE and self._pane is not None and self._stale:
            self._fill()

    def _changed(self) -> None:
        if self._pane is None:
            return
        if self.page.panel.shows(PANE):
            self._fill()
        else:
            self._stale = True

    def _fill(self) -> None:
        self._stale = False
        pane, owner, pdf = self.pane, self.annotate, self.page.pdf
        if pdf is not None:
            pane.model.label = pdf.label
        pane.model.meanings = owner.store.meanings
        rows, writing = pane.rows, self._writing
        if rows.edited and rows.edited not in owner.store.all:
            self.end_comment()
        elif rows.edited and writing is not None and (text := writing.taken()) is not None:
            rows.box.show_text(text)
        pane.show_all(owner.store.all)
        self._follow()

    def _renamed(self) -> None:
        self.pane.chips.rename()
        self._changed()

    def _follow(self) -> None:
        """Choose the rows of what is chosen on the page."""
        picked = [one.uid for one in self.annotate.picked.all]
        if self._leading or not picked or self.page.panel.isHidden():
            return
        if set(picked) != {one.uid for one in self.pane.rows.picked() if one.placed}:
            self.pane.rows.choose(picked)

    def _lead(self) -> None:
        """Choose on the page what is chosen in the list; what has no place cannot be."""
        self._leading = True
        self.annotate.picked.choose(one.uid for one in self.pane.rows.picked() if one.placed)
        self._leading = False

    def _open(self, index: QModelIndex) -> None:
        """A row was clicked, or Enter pressed: go there, unless more are being chosen."""
        one = self.pane.model.at(index.row())
        if one is not None and len(self.pane.rows.picked()) == 1:
            self._go(one)

    def _go(self, one: Annotation) -> None:
        """Show the place of an annotation."""
        if one.placed:
            self.annotate.show_annotation(one.uid)
        else:
            self.page.statusChanged.emit(self.tr("It has no place in this file yet."))

    # -- what is done to the chosen ones

    def _chosen(self) -> list[Annotation]:
        """Those that are chosen, as the store has them now."""
        known = self.annotate.store.all
        return [known[one.uid] for one in self.pane.rows.picked() if one.uid in known]

    def _put(self, change: Callable[[Annotation], Annotation], label: str) -> None:
        changed = [new for one in self._chosen() if (new := change(one)) != one]
        if changed:
            self.annotate.store.change(changed, label)

    def recolor(self, color: str) -> None:
        """Give the chosen ones a colour."""
        self._put(lambda one: replace(one, color=color), "Recolour annotation")

    def set_card(self, card: str) -> None:
        """Make the chosen ones claim cards of a kind, "" for none."""
        self._put(lambda one: replace(one, card=card), "Change annotation")

    def remove(self) -> None:
        """Take the chosen ones away; many with an offer to bring them back."""
        uids = [one.uid for one in self._chosen()]
        home = self.page.home
        self.end_comment()
        row = self.pane.rows.currentIndex().row()
        self.annotate.store.remove(uids)
        self.pane.rows.stay(row)
        if len(uids) > 1 and home is not None:
            home.desk.notices.info(
                self.tr("{} annotations deleted.").format(f"{len(uids):,}"),
                (self.tr("Undo"), home.desk.undo),
            )

    def tag(self) -> None:
        """Tick tags for the chosen ones, or make new ones."""
        home, chosen = self.page.home, self._chosen()
        if home is None or not chosen:
            return

        def known(found: Any) -> None:
            names = {tag.name for tag in found.tags} | {it for one in chosen for it in one.tags}
            self._choose_tags(sorted(names, key=str.casefold), chosen)

        home.desk.read(home.desk.reader.overview, then=known, owner=self, newest="tags")

    def _choose_tags(self, names: Sequence[str], chosen: Sequence[Annotation]) -> None:
        def state(name: str) -> Qt.CheckState:
            count = sum(name in one.tags for one in chosen)
            some = Qt.CheckState.PartiallyChecked if count else Qt.CheckState.Unchecked
            return Qt.CheckState.Checked if count == len(chosen) else some

        rows = self.pane.rows
        title = self.tr("Find or make a tag")
        chooser = Chooser(title, [Choice(name, state(name)) for name in names], rows)
        chooser.toggled.connect(self._set_tag)
        place = rows.visualRect(rows.currentIndex()).bottomLeft() + QPoint(20, 0)
        chooser.open_at(rows.viewport().mapToGlobal(place))

    def _set_tag(self, name: str, on: bool) -> None:
        def tagged(one: Annotation) -> Annotation:
            rest = tuple(tag for tag in one.tags if tag != name)
            return replace(one, tags=(*rest, name) if on else rest)

        self._put(tagged, "Tag annotation")

    def ask_card(self) -> None:
        """Make a card of what is chosen or selected on the page: ask of which kind."""
        home, view = self.page.home, self.page.canvas.viewport()
        if home is None or not (self.annotate.picked.all or self._text_selected()):
            self.page.statusChanged.emit(self.tr("Select text or an annotation first."))
            return

        def known(own: Sequence[str]) -> None:
            menu = QMenu(self.page)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.setObjectName("cardsMenu")
            self._fill_cards(menu, own, self.annotate.make_card)
            menu.popup(view.mapToGlobal(view.rect().center()))
            menu.setActiveAction(menu.actions()[0])

        home.desk.read(home.desk.reader.cards, then=known, owner=self, newest="cards")

    def _text_selected(self) -> bool:
        chosen = self.page.canvas.selection
        return chosen is not None and not chosen.empty

    def _fill_cards(self, menu: QMenu, own: Sequence[str], carded: Callable[[str], None]) -> None:
        """The kinds of cards, those the reader made among them."""
        fill_cards(menu, carded, own)
        menu.addAction(self.tr("Another kind…")).triggered.connect(lambda: self.own_card(carded))

    def own_card(self, carded: Callable[[str], None]) -> None:
        """Ask for a kind of card of the reader's own; it is remembered by its cards."""
        dialog = QInputDialog(self.page)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("Card of another kind"))
        dialog.setLabelText(self.tr("What the card holds, such as “limitation”"))
        dialog.textValueSelected.connect(lambda kind: carded(clean_text(" ".join(kind.split()))))
        dialog.open()

    # -- comments

    def comment(self) -> None:
        """Write to the annotation of the current row, in its place."""
        pane, writing = self.pane, self._writing
        one = pane.model.at(pane.rows.currentIndex().row())
        if one is None or writing is None:
            return
        self.end_comment()
        if one.kind is Kind.TEXT and one.placed:  # its comment is what stands on the page
            self._go(one)
            self.annotate.words.open(one.uid)
            return
        self.annotate.words.close()
        pane.rows.edit_row(one.uid, writing.begin(one.uid))

    def _typed(self) -> None:
        if self._writing is not None and self.pane.rows.edited:
            self._writing.typed(self.pane.rows.box.toPlainText())

    def end_comment(self) -> None:
        """Save what was typed, and close it."""
        if self._pane is None or self._writing is None or not self._pane.rows.edited:
            return
        self._pane.rows.end_edit()
        self._writing.end()

    # -- the menu

    def _menu(self, place: QPoint) -> None:
        home = self.page.home
        if home is not None:
            home.desk.read(
                home.desk.reader.cards, then=lambda own: self._show_menu(place, own), owner=self,
                newest="cards",
            )  # fmt: skip

    def _show_menu(self, place: QPoint, own: Sequence[str]) -> None:
        chosen = self._chosen()
        menu = QMenu(self.pane)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if len(chosen) == 1:
            menu.addAction(self.tr("Show its place\tEnter")).triggered.connect(
                lambda: self._go(chosen[0])
            )
            menu.addAction(self.tr("Comment\tC")).triggered.connect(self.comment)
        now = chosen[0].color if len({one.color for one in chosen}) == 1 else ""
        colors = menu.addMenu(self.tr("Colour"))
        fill_colors(colors, self.annotate.named, self.recolor, now)
        colors.addSeparator()
        colors.addAction(self.tr("What the colours mean…")).triggered.connect(
            self.annotate.rename_colors
        )
        menu.addAction(self.tr("Tags…\tT")).triggered.connect(self.tag)
        cards = menu.addMenu(self.tr("Card"))
        self._fill_cards(cards, own, self.set_card)
        cards.addSeparator()
        cards.addAction(self.tr("No card")).triggered.connect(lambda: self.set_card(""))
        menu.addSeparator()
        menu.addAction(self.tr("Delete\tDel")).triggered.connect(self.remove)
        menu.popup(place)
