"""The style sheet, with @roles for colours and @art for the theme's own shapes (check, carets)."""

STYLE = """
* { outline: 0; }
QMainWindow, QDialog { background: @background; }
QToolTip { background: @raised; color: @text; border: 1px solid @control_line;
  padding: 4px 7px; }
QMenuBar { background: @pane; border: 0; padding: 1px 6px; color: @muted; }
QMenuBar::item { padding: 4px 8px; border-radius: 5px; background: transparent; }
QMenuBar::item:selected { background: @hover; color: @text; }
QMenu { background: @raised; border: 1px solid @control_line; padding: 5px; }
QMenu::item { padding: 5px 26px 5px 26px; border-radius: 5px; }
QMenu::item:selected { background: @selection; color: @selection_text; }
QMenu::item:disabled { color: @faint; }
QMenu::separator { height: 1px; background: @line; margin: 5px 8px; }
QMenu::icon { padding-left: 6px; }
QMenu::indicator { width: 14px; height: 14px; left: 6px; }
QStatusBar { background: @pane; border-top: 1px solid @line; color: @muted; }
QStatusBar::item { border: 0; }
QStatusBar QLabel { color: @muted; font-size: 12px; }

QWidget#topBar { background: @pane; border-bottom: 1px solid @line; }
QWidget#sidebar, QTreeView#sidebarTree { background: @pane; border: 0; }
QWidget#listPane, QWidget#paperPane, QWidget#viewerSide { background: @background; }
QWidget#listHeader, QWidget#viewerBar { background: @background; border-bottom: 1px solid @line; }
QWidget#paperHead { background: @background; border-bottom: 1px solid @line; }
QTableView, QTreeView, QListView { background: @background; border: 0; color: @text;
  selection-background-color: @selection; selection-color: @selection_text; }

QLabel#paperTitle { font-size: 20px; font-weight: 600; color: @text; }
QLabel#paperMeta, QLabel.muted { color: @muted; }
QLabel#sectionLabel { color: @muted; font-size: 12px; font-weight: 600; }
QToolButton#noteSwitcher[kind="flat"] { padding: 4px 4px 4px 0; font-size: 12px; font-weight: 600; }
QListWidget#quietList { border: 1px solid @line; border-radius: 6px; }
QLabel#welcomeTitle { font-size: 26px; font-weight: 600; }
QLabel#welcomeText { color: @muted; font-size: 14px; }
QLabel#countLabel { color: @muted; font-size: 12px; }

QPlainTextEdit, QTextEdit { background: @background; color: @text; border: 0;
  selection-background-color: @text_selection; selection-color: @text; }
QLineEdit { background: @raised; border: 1px solid @control_line; border-radius: 6px;
  padding: 5px 9px; color: @text; selection-background-color: @text_selection;
  selection-color: @text; }
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QDateEdit:focus { border: 1px solid @accent; }
QListWidget#quietList::item { padding: 4px 8px; border-radius: 5px; }
QListWidget#quietList::item:hover { background: @hover; }
QListWidget#quietList::item:selected { background: @selection; color: @selection_text; }
QLineEdit#remarkLine { background: transparent; border: 1px solid transparent; padding: 2px 6px;
  margin-left: -9px; }
QLineEdit#remarkLine:hover { border-color: @line; }
QLineEdit#remarkLine:focus { background: @raised; border-color: @accent; }
QComboBox, QSpinBox, QDateEdit { background: @raised; border: 1px solid @control_line; border-radius: 6px;
  padding: 4px 8px; color: @text; min-height: 20px; }
QComboBox QAbstractItemView { background: @raised; border: 1px solid @control_line; }
QComboBox::drop-down, QDateEdit::drop-down { border: 0; width: 22px; }
QComboBox::down-arrow, QDateEdit::down-arrow { image: url("@art-down.svg"); width: 14px; height: 14px; }
QSpinBox::up-button, QSpinBox::down-button { border: 0; background: transparent; width: 20px; }
QSpinBox::up-arrow { image: url("@art-up.svg"); width: 12px; height: 12px; }
QSpinBox::down-arrow { image: url("@art-down.svg"); width: 12px; height: 12px; }

QPushButton, QToolButton { background: @raised; border: 1px solid @control_line;
  border-radius: 6px; padding: 5px 11px; color: @text; min-height: 18px; }
QToolButton#square { padding: 5px 7px; }
QPushButton::menu-indicator { image: none; width: 0; }
QPushButton:hover, QToolButton:hover { background: @hover; }
QPushButton:pressed, QToolButton:pressed, QToolButton:checked { background: @selection; }
QPushButton:focus, QToolButton:focus { border: 1px solid @accent; }
QPushButton:disabled, QToolButton:disabled { color: @faint; background: transparent;
  border-color: @line; }
QPushButton[kind="primary"], QToolButton[kind="primary"] { background: @accent; color: @on_accent;
  border: 1px solid @accent; font-weight: 600; }
QPushButton[kind="primary"]:focus, QToolButton[kind="primary"]:focus { border-color: @text; }
QPushButton[kind="primary"]:hover, QToolButton[kind="primary"]:hover { background: @accent_hover; }
QPushButton[kind="primary"]:disabled, QToolButton[kind="primary"]:disabled {
  background: @hover; color: @faint; border-color: @line; }
QPushButton[kind="flat"], QToolButton[kind="flat"] { background: transparent;
  border: 1px solid transparent; padding: 4px 6px; color: @muted; }
QPushButton[kind="flat"]:hover, QToolButton[kind="flat"]:hover { background: @hover; color: @text; }
QToolButton[kind="flat"]:checked { background: @selection; color: @text; }
QPushButton[kind="flat"]:focus, QToolButton[kind="flat"]:focus { border: 1px solid @accent; }
QPushButton[kind="flat"]:disabled, QToolButton[kind="flat"]:disabled { border-color: transparent; }
QToolButton::menu-indicator { image: none; width: 0; }
QLineEdit QToolButton, QLineEdit QToolButton:hover { background: transparent; border: 0;
  padding: 0; min-height: 0; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QCheckBox { spacing: 8px; }
QCheckBox::indicator { width: 14px; height: 14px; border: 1px solid @faint; border-radius: 4px;
  background: @raised; }
QCheckBox::indicator:hover, QCheckBox::indicator:focus { border-color: @accent; }
QCheckBox::indicator:checked { background: @accent; border-color: @accent;
  image: url("@art-check.svg"); }
QCheckBox::indicator:checked:focus { border-color: @text; }
QCheckBox::indicator:disabled { border-color: @line; background: transparent; }
QRadioButton { spacing: 8px; }
QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid @faint; border-radius: 8px;
  background: transparent; }
QRadioButton::indicator:hover, QRadioButton::indicator:focus { border-color: @accent; }
QRadioButton::indicator:checked { border: 4px solid @accent; width: 8px; height: 8px;
  background: @on_accent; }
QRadioButton::indicator:checked:focus { border-color: @text; }

QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: @muted; padding: 8px 14px; margin: 4px 1px 0 1px;
  border: 1px solid transparent; border-bottom: 0; border-top-left-radius: 7px;
  border-top-right-radius: 7px; min-width: 46px; max-width: 230px; }
QTabBar::tab:hover { color: @text; }
QTabBar::tab:selected { background: @background; color: @text; border-color: @line; }
QToolButton#ScrollLeftButton, QToolButton#ScrollRightButton { background: @pane; border: 0;
  border-radius: 5px; padding: 0; margin: 8px 1px 4px 1px; min-height: 0; }
QToolButton#ScrollLeftButton:hover, QToolButton#ScrollRightButton:hover { background: @hover; }
QTabBar::scroller { width: 44px; }
QTabBar::tear { width: 0; }
QFrame#paneLine { background: @line; border: 0; max-height: 2px; min-height: 2px; }
QFrame#paneLine[active="true"] { background: @accent; }
QListWidget#recentTabs { background: transparent; border: 0; }
QListWidget#recentTabs::item { border-radius: 6px; padding: 0 8px; }
QListWidget#recentTabs::item:selected { background: @selection; color: @selection_text; }
QTabBar::close-button { subcontrol-position: right; }
QToolButton#closeTab { margin: 4px 0 0 0; padding: 0; min-height: 20px; max-height: 20px; }  /* as the tab has: level with its words */

QSplitter::handle { background: @line; }
QSplitter::handle:hover { background: @accent; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }

QScrollBar:vertical { background: transparent; width: 11px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 11px; margin: 0; }
QScrollBar::handle { background: @scroll_handle; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 34px; }
QScrollBar::handle:horizontal { min-width: 34px; }
QScrollBar::handle:hover { background: @scroll_hover; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; }
QProgressBar { background: @hover; border: 0; border-radius: 3px; max-height: 6px; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }

QFrame#notice { background: @raised; border: 1px solid @control_line; border-radius: 9px; }
QFrame#palette { background: @raised; border: 1px solid @control_line; border-radius: 11px; }
QFrame#palette QLineEdit { border: 0; border-radius: 0; padding: 12px 14px; font-size: 16px;
  background: transparent; }
QFrame#palette QListView { background: transparent; }
QFrame#hairline { background: @line; border: 0; max-height: 1px; min-height: 1px; }
QPushButton#chip { padding: 4px 11px 4px 9px; border-radius: 14px; min-height: 20px; font-size: 12px;
  color: @text; background: @hover; border: 1px solid transparent; }
QPushButton#chip:hover, QPushButton#chip:focus { border-color: @accent; }

#viewerBar QLineEdit#pageField { padding: 3px 7px; }
#viewerBar QLabel#pagesLabel { color: @muted; padding: 0 4px 0 3px; }
#viewerBar QToolButton#zoomButton { padding: 4px 2px; }
#findBar { background: @background; border-bottom: 1px solid @line; }
#findBar QLineEdit { padding: 4px 9px; }
#findBar QLineEdit[nothing="true"] { border-color: @error; }
#sidePanel, #outlinePanel, #sidePanel QTableView { background: @pane; }
#sidePanel > QToolButton { padding: 4px; }
#outlinePanel QTreeView, #bookmarkTree { background: @pane; color: @text; padding: 0 8px;
  selection-background-color: @pane; }
#outlinePanel QTreeView::item, #bookmarkTree::item { height: 28px; border-radius: 6px; padding: 0 6px; }
#outlinePanel QTreeView::item:hover, #bookmarkTree::item:hover { background: @hover; }
#outlinePanel QTreeView::item:selected, #bookmarkTree::item:selected { background: @selection; color: @selection_text; }
#sidePanel QTableView, #outlinePanel QTreeView, #bookmarkTree { border: 1px solid transparent;
  border-radius: 6px; }
#sidePanel QTableView:focus, #outlinePanel QTreeView:focus, #bookmarkTree:focus {
  border-color: @accent; }
#documentFacts, #filesWithin { border: 1px solid transparent; border-radius: 6px; }
#documentFacts:focus, #filesWithin:focus { border-color: @accent; }
#outlinePanel QLabel#outlineEmpty { color: @muted; }
#jumpPreview { background: @raised; border: 1px solid @faint; border-radius: 8px; }
#portalPane, #portalPane QScrollArea, #portalCards { background: @pane; }
#portalCard { border: 1px solid transparent; border-radius: 6px; }
#portalCard:focus { border-color: @accent; }
#portalCard QToolButton#portalSign { border: 0; padding: 0; background: transparent; }
#portalCard QLabel#portalName { color: @text; font-size: 12px; font-weight: 600; }
#portalCard QLabel#portalPage { color: @muted; font-size: 12px; }
#jumpPreview QLabel#previewFoot { color: @muted; padding: 0 10px; border-top: 1px solid @line; }
#jumpPreview QLabel#cardTitle { font-weight: 600; color: @text; }
#jumpPreview QLabel#cardTitle[entry="true"] { font-weight: 400; }
#jumpPreview QLabel#cardMuted { color: @muted; }
#floatingBar { background: @raised; border: 1px solid @line; border-radius: 10px; }
#viewerPanel { background: @viewer_background; }
#viewerCard { background: @background; border: 1px solid @line; border-radius: 12px; }
#viewerCard QToolButton#viewerCardIcon { padding: 0; border: 0; background: transparent; }
#viewerCard QLabel#viewerCardTitle { font-size: 18px; font-weight: 600; color: @text; }
#viewerCard QLabel#viewerCardText { color: @text; font-size: 14px; }
#viewerCard QLabel#viewerCardHint { color: @muted; }
#viewerCard QLabel#viewerCardError { color: @error; }
#viewerCard QLabel#viewerCardDetails { color: @muted; font-size: 12px; }
#areaBar, #markBar, #commentCard, #annotationTools { background: @raised; border: 1px solid @control_line; border-radius: 8px; }
#areaBar QToolButton { padding: 4px 7px; }
#markBar QToolButton, #annotationTools QToolButton { padding: 4px 5px; }
#claimsHead { background: @background; border: 0; border-bottom: 1px solid @line; }
#claimsHead::section { background: @background; color: @muted; border: 0; font-size: 12px;
  font-weight: 600; padding: 0 12px; border-bottom: 1px solid @line; }
#markEdit { background: @raised; border: 1px solid @accent; border-radius: 6px; padding: 6px 8px; }
QToolButton#markChip { padding: 3px 4px; min-height: 16px; }
#commentCard QLineEdit { padding: 3px 8px; }
#commentCard QTextEdit { background: @raised; }
#pageFault { background: #f4f4f2; border: 1px solid #d3d3ce; border-radius: 10px; }
#pageFault QLabel { color: #1f2328; }
#pageFault QPushButton { background: #ffffff; border: 1px solid #d3d3ce; color: #1f2328; }
#pageFault QPushButton:hover, #pageFault QPushButton:focus { border-color: #3b5bdb; }
"""
