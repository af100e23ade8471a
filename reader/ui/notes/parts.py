"""What editors of notes get after the first paint; the kit hands it to each."""

from __future__ import annotations

from PySide6.QtCore import QObject

from reader.ui.notes.abstract import AbstractText
from reader.ui.notes.backlinks import Backlinks
from reader.ui.notes.completing import Completing
from reader.ui.notes.editor import NoteEditor
from reader.ui.notes.find import NoteFind
from reader.ui.notes.formulas import Formulas
from reader.ui.notes.full_screen import FullScreen
from reader.ui.notes.going_back import GoingBack
from reader.ui.notes.kit import Kit
from reader.ui.notes.link_titles import LinkTitles
from reader.ui.notes.rendered.images import Images
from reader.ui.notes.rendered.in_text import MathInText
from reader.ui.notes.rendered.side import Side
from reader.ui.notes.spell_check import SpellCheck
from reader.ui.notes.speller import Speller
from reader.ui.notes.switcher import Switcher
from reader.ui.notes.whole import WholeNotes


class EditorParts(QObject):
    """The parts of one editor."""

    def __init__(
        self,
        editor: NoteEditor,
        formulas: Formulas,
        images: Images,
        speller: Speller,
        whole: WholeNotes,
    ) -> None:
        super().__init__(editor)
        self.side = Side(editor, formulas, images)
        self.find = NoteFind(editor)
        self.full = FullScreen(editor, self.find.bar)
        self.spelling = SpellCheck(editor, speller)
        self.titles = LinkTitles(editor)
        self.notes = Switcher(editor, whole)
        self.completing = Completing(editor, whole)
        self.back = GoingBack(editor, whole)
        self.backlinks = Backlinks(editor, whole)


class NoteParts(QObject):
    """Makes them; formulas and pictures are shared by all."""

    def __init__(self, kit: Kit, whole: WholeNotes) -> None:
        super().__init__(kit)
        self._whole = whole
        self.formulas = Formulas(kit, self)
        self.images = Images(kit, self)
        self.speller = Speller(kit, self)

    def furnish(self, editor: NoteEditor) -> EditorParts:
        """Give an editor its rendered view, find bar, spelling and full screen."""
        return EditorParts(editor, self.formulas, self.images, self.speller, self._whole)

    def math_in(self, text: AbstractText) -> MathInText:
        """What shows the TeX of an abstract as math."""
        return MathInText(text, self.formulas, self.images)
