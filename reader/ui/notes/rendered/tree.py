"""The tree of a note's Markdown, made by markdown-it on a worker.

No HTML is ever made or read: what looks like HTML stays the text that it is, but
for whole comments, which are not shown: the program and others keep marks in them.
All links stay in the tree, for it is shown and not followed where they lead.
"""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from reader.domain.tex import math_at
from reader.ui.notes.links import WIKI

_INTERRUPTED = ("paragraph", "reference", "blockquote")  # by a comment


def _math(state: StateInline, silent: bool) -> bool:
    """Math by the one rule that the editor and abstracts follow too."""
    if state.src[state.pos] != "$":
        return False
    found = math_at(state.src, state.pos)
    if found is None or found.end > state.posMax:
        return False
    if not silent:
        token = state.push("math_inline", "math", 0)
        token.content = found.tex
        token.markup = "$$" if found.display else "$"
    state.pos = found.end
    return True


def _wiki(state: StateInline, silent: bool) -> bool:
    """[[name]] and [[name|shown]]."""
    found = WIKI.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        token = state.push("wiki", "", 0)
        token.content = found[0]
    state.pos = found.end()
    return True


def _comment(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A comment on lines of its own; what stands behind it in its line is not hidden."""
    at = state.bMarks[start] + state.tShift[start]
    if state.is_code_block(start) or not state.src.startswith("<!--", at):
        return False
    for line in range(start, end):
        begin = state.bMarks[line] + state.tShift[line] if line > start else at + 4
        closed = state.src.find("-->", begin, state.eMarks[line])
        if closed < 0:
            continue
        if state.src[closed + 3 : state.eMarks[line]].strip():
            return False
        if not silent:
            state.line = line + 1
        return True
    return False


def _comment_inside(state: StateInline, silent: bool) -> bool:
    """A comment in the middle of a text."""
    del silent  # there is nothing to make of it
    if not state.src.startswith("<!--", state.pos):
        return False
    closed = state.src.find("-->", state.pos + 4, state.posMax)
    if closed < 0:
        return False
    state.pos = closed + 3
    return True


def _parser() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False, "maxNesting": 60})
    made.enable(["table", "strikethrough"])
    made.use(dollarmath_plugin, allow_space=False, allow_digits=False, allow_labels=False)
    made.use(footnote_plugin)
    made.inline.ruler.at("math_inline", _math)
    made.inline.ruler.before("link", "wiki", _wiki)
    made.inline.ruler.before("autolink", "comment", _comment_inside)
    made.block.ruler.before("html_block", "comment", _comment, {"alt": list(_INTERRUPTED)})
    made.validateLink = lambda url: True  # noqa: ARG005 - see rendered.build: who may be clicked
    return made


_PARSER = _parser()


def tree(text: str) -> Sequence[Token]:
    """The tokens of a note, as markdown-it lists them."""
    return _PARSER.parse(text.replace("\0", "\ufffd"))
