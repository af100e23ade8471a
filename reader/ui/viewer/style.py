"""The viewer's own part of the style sheet, made of the theme's roles."""

from __future__ import annotations

from string import Formatter

from reader.ui.theme import Theme

_STYLE = """
#viewerBar QLineEdit#pageField {{ padding: 3px 7px; }}
#viewerBar QLabel#pagesLabel {{ color: {muted}; padding: 0 4px 0 3px; }}
#viewerBar QToolButton#zoomButton {{ padding: 4px 2px; }}
#findBar {{ background: {background}; border-bottom: 1px solid {line}; }}
#findBar QLineEdit {{ padding: 4px 9px; }}
#findBar QLineEdit[nothing="true"] {{ border-color: {error}; }}
#sidePanel, #outlinePanel, #sidePanel QTableView {{ background: {pane}; }}
#outlinePanel QTreeView, #bookmarkTree {{ background: {pane}; color: {text}; padding: 0 8px;
  selection-background-color: {pane}; }}
#outlinePanel QTreeView::item, #bookmarkTree::item {{ height: 28px; border-radius: 6px; padding: 0 6px; }}
#outlinePanel QTreeView::item:hover, #bookmarkTree::item:hover {{ background: {hover}; }}
#outlinePanel QTreeView::item:selected, #bookmarkTree::item:selected {{ background: {selection}; color: {selection_text}; }}
#outlinePanel QLabel#outlineEmpty {{ color: {muted}; }}
#jumpPreview, #portalPane {{ background: {raised}; border: 1px solid {faint}; border-radius: 8px; }}
#portalPane QLabel#previewFoot {{ color: {muted}; }}
#jumpPreview QLabel#previewFoot {{ color: {muted}; padding: 0 10px; border-top: 1px solid {line}; }}
#jumpPreview QLabel#cardTitle {{ font-weight: 600; color: {text}; }}
#jumpPreview QLabel#cardTitle[entry="true"] {{ font-weight: 400; }}
#jumpPreview QLabel#cardMuted {{ color: {muted}; }}
#floatingBar {{ background: {raised}; border: 1px solid {line}; border-radius: 10px; }}
#viewerPanel {{ background: {viewer_background}; }}
#viewerCard {{ background: {background}; border: 1px solid {line}; border-radius: 12px; }}
#viewerCard QToolButton#viewerCardIcon {{ padding: 0; border: 0; background: transparent; }}
#viewerCard QLabel#viewerCardTitle {{ font-size: 18px; font-weight: 600; color: {text}; }}
#viewerCard QLabel#viewerCardText {{ color: {text}; font-size: 14px; }}
#viewerCard QLabel#viewerCardHint {{ color: {muted}; }}
#viewerCard QLabel#viewerCardError {{ color: {error}; }}
#viewerCard QLabel#viewerCardDetails {{ color: {muted}; font-size: 12px; }}
#areaBar {{ background: {raised}; border: 1px solid {control_line}; border-radius: 8px; }}
#areaBar QToolButton {{ padding: 4px 7px; }}
#pageFault {{ background: #f4f4f2; border: 1px solid #d3d3ce; border-radius: 10px; }}
#pageFault QLabel {{ color: #1f2328; }}
#pageFault QPushButton {{ background: #ffffff; border: 1px solid #d3d3ce; color: #1f2328; }}
#pageFault QPushButton:hover, #pageFault QPushButton:focus {{ border-color: #3b5bdb; }}
"""
_ROLES = tuple({name for _, name, _, _ in Formatter().parse(_STYLE) if name})


def viewer_style(theme: Theme) -> str:
    """The style sheet of a viewer page in the theme's colours of now."""
    return _STYLE.format(**{role: theme.color(role).name() for role in _ROLES})
