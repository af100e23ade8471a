"""From the page into the note: a selection or annotation as a quotation, all annotations by a template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from reader.domain.marking import Annotation, Kind, pages_of
from reader.domain.marking_groups import Around
from reader.domain.note_links import Place, address
from reader.services.note_marks import quotation
from reader.ui.commands.row import QT_TRANSLATE_NOOP, Command
from reader.ui.viewer.annotate.feature import Annotate
from reader.ui.viewer.annotation_note import AnnotationNote
from reader.ui.viewer.camera import Spot
from reader.ui.viewer.feature import Feature
from reader.ui.viewer.home import Home
from reader.ui.viewer.study import Study


class ToNote(Feature):
    """Writes into the note of the paper, wherever it is shown."""

    name: ClassVar[str] = "to_note"
    rows: ClassVar[tuple[Command, ...]] = (
        Command(
            "viewer.quote_in_note", QT_TRANSLATE_NOOP("Commands", "Quote in the note"), "viewer",
            "annotate.quote_in_note", ("Q",), "quote", "Annotate", 8, enabled="noted",
        ),
        Command(
            "viewer.annotations_to_note",
            QT_TRANSLATE_NOOP("Commands", "Annotations to the note…"), "viewer",
            "to_note.send", ("Shift+Q",), "note", "Annotate", 8, enabled="noted",
        ),
        Command(
            "viewer.copy_link", QT_TRANSLATE_NOOP("Commands", "Copy a link to this place"),
            "viewer", "to_note.copy_link", ("Y",), "link", "Annotate", 8, enabled="noted",
        ),
    )  # fmt: skip

    def homed(self, home: Home) -> None:
        held = bool(home.paper and home.attachment)
        self.page.feature(Annotate).to_note = self.quote if held else None

    def conditions(self) -> dict[str, bool]:
        home = self.page.home
        return {"noted": home is not None and bool(home.paper and home.attachment)}

    def quote(self, one: Annotation) -> None:
        """Write an annotation, or a selection that is none yet, into the note as a quotation."""
        home, pdf = self.page.home, self.page.pdf
        if home is None or pdf is None or home.desk.kit.append is None:
            return
        if one.uid and one.kind is Kind.AREA and home.desk.kit.append_marks is not None:
            home.desk.kit.append_marks(home.paper, [one.uid])
            return
        place = (
            Place("annotation", one.uid) if one.uid else self._page_of(home.attachment, one.page)
        )
        home.desk.kit.append(home.paper, quotation(one, pages_of(one, pdf.label), address(place)))

    @staticmethod
    def _page_of(attachment: str, page: int) -> Place:
        return Place("attachment", attachment, page)

    def copy_link(self) -> None:
        """Copy the address of the chosen annotation, else of the page in view."""
        home, place = self.page.home, self.page.position()
        chosen = self.page.feature(Annotate).picked.all
        if home is None or place is None:
            return
        if chosen:
            to, said = Place("annotation", chosen[0].uid), self.tr("the annotation")
        else:
            to, said = self._page_of(home.attachment, place.page), self.tr("the page")
        QGuiApplication.clipboard().setText(address(to))
        home.desk.notices.ok(self.tr("Copied a link to {}.").format(said))

    def send(self) -> None:
        """Ask how the document's annotations are to be written into a note."""
        home = self.page.home
        if home is not None:
            AnnotationNote(home, self._around, self.page).open()

    def _around(self, meanings: Mapping[str, str], found: Sequence[Annotation]) -> Around:
        """What the annotations are told with; their sections are those of the outline."""
        pdf = self.page.pdf
        if pdf is None:
            return Around(meanings)
        outline = pdf.outline or self.page.feature(Study).findings.outline
        heads = sorted((it.page, it.y, it.title) for it in outline if it.page is not None)
        shape_of = self.page.feature(Annotate).picked.shape
        sections: dict[str, str] = {}
        for one in found:
            shape = shape_of(one, one.page)
            y = shape.box[1] if shape is not None else 0.0
            above = [title for page, top, title in heads if (page, top) <= (one.page, y + 1)]
            sections[one.uid] = " ".join(above[-1].split()) if above else ""
        return Around(
            meanings, lambda it: pages_of(it, pdf.label), lambda it: sections.get(it.uid, "")
        )

    def fill_menu(self, menu: QMenu, spot: Spot) -> None:
        del spot
        if self.conditions()["noted"]:
            if self.page.conditions()["text_selected"]:
                quote = menu.addAction(self.tr("Quote in the note"))
                quote.triggered.connect(self.page.feature(Annotate).quote_in_note)
            menu.addAction(self.tr("Copy a link to this place")).triggered.connect(self.copy_link)
