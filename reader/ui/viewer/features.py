"""The features of the viewer page, in the order in which they are asked."""

from __future__ import annotations

from reader.ui.commands.row import Command
from reader.ui.viewer.aids.aloud import Aloud
from reader.ui.viewer.aids.presentation import Presentation
from reader.ui.viewer.aids.ruler import Ruler
from reader.ui.viewer.annotate.feature import Annotate
from reader.ui.viewer.area import AreaTool
from reader.ui.viewer.bookmarks import Bookmarks
from reader.ui.viewer.commands import VIEWER
from reader.ui.viewer.feature import Feature
from reader.ui.viewer.file import FileActions
from reader.ui.viewer.file_marks import FileMarks
from reader.ui.viewer.form import Form
from reader.ui.viewer.found import Found
from reader.ui.viewer.full_screen import FullScreen
from reader.ui.viewer.headings import Headings
from reader.ui.viewer.hints import Hints
from reader.ui.viewer.jump.feature import Jump
from reader.ui.viewer.jump.portal import Portal
from reader.ui.viewer.jump.stepping import Stepping
from reader.ui.viewer.marks_pane.feature import MarksList
from reader.ui.viewer.next_pane import NextPane
from reader.ui.viewer.printing import Printing
from reader.ui.viewer.quoting import Quoting
from reader.ui.viewer.reading_time import ReadingTime
from reader.ui.viewer.references import References
from reader.ui.viewer.reflow.feature import Reflow
from reader.ui.viewer.reloading import Reloading
from reader.ui.viewer.replace.feature import Replace
from reader.ui.viewer.study import Study
from reader.ui.viewer.text_keys import TextKeys
from reader.ui.viewer.things import Things
from reader.ui.viewer.thumbnails import Thumbnails
from reader.ui.viewer.to_note import ToNote
from reader.ui.viewer.view import ViewFeature

FEATURES: tuple[type[Feature], ...] = (
    Study,
    Jump,
    Portal,
    Stepping,
    Hints,
    Reflow,
    Ruler,
    Aloud,
    Presentation,
    AreaTool,
    Form,
    MarksList,  # before Annotate: it saves what is typed while that one still has its library
    Annotate,
    TextKeys,
    Quoting,
    FileActions,
    FileMarks,
    ToNote,
    Printing,
    ReadingTime,
    Reloading,
    ViewFeature,
    Thumbnails,
    Bookmarks,
    Headings,
    Things,
    References,
    Found,
    Replace,
    NextPane,
    FullScreen,  # the last that Esc asks
)


def viewer_rows() -> tuple[Command, ...]:
    """All commands of the viewer page."""
    return (*VIEWER, *feature_rows())


def feature_rows() -> tuple[Command, ...]:
    """Those of the features alone."""
    return tuple(row for feature in FEATURES for row in feature.rows)
