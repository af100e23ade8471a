"""What an import would do, before it does it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reader.services.import_plan import Plan
from reader.ui.icons import icon
from reader.ui.widgets.tips import tip

_MOST_SHOWN = 2000


class ImportPlan(QDialog):
    """Counts, the papers with what happens to each, and what could not be understood."""

    def __init__(self, plan: Plan, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Import"))
        self.resize(640, 520)
        box = QVBoxLayout(self)
        box.setContentsMargins(22, 20, 22, 18)
        box.setSpacing(12)
        title = QLabel(self._summary(plan), self)
        title.setObjectName("paperTitle")
        title.setWordWrap(True)
        box.addWidget(title)
        if plan.failed:
            text = self.tr("{} could not be read; they are listed last, with the reasons.")
            if len(plan.failed) == 1:
                text = self.tr("1 could not be read; it is listed last, with the reason.")
            if not plan.items:
                text = self.tr("What could not be read is listed with the reason.")
            note = QLabel(text.format(len(plan.failed)), self)
            note.setProperty("class", "muted")
            box.addWidget(note)
        box.addWidget(self._list(plan), 1)
        buttons = QDialogButtonBox(self)
        self.button = buttons.addButton(self.tr("Import"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.button.setProperty("kind", "primary")
        self.button.setEnabled(bool(plan.count("add") or plan.count("update")))
        self.button.setDefault(True)
        buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        box.addWidget(buttons)

    def _summary(self, plan: Plan) -> str:
        notes = plan.notes
        add, update = plan.count("add") - notes, plan.count("update")
        parts: list[str] = []
        if add:
            parts.append(
                self.tr("{} new papers").format(add) if add > 1 else self.tr("1 new paper")
            )
        if notes:
            parts.append(
                self.tr("{} free notes").format(notes) if notes > 1 else self.tr("1 free note")
            )
        if update:
            parts.append(self.tr("{} gain something").format(update))
        if same := plan.count("unchanged"):
            parts.append(self.tr("{} already in the library").format(same))
        return ", ".join(parts) or self.tr("Nothing here can be imported")

    def _list(self, plan: Plan) -> QWidget:
        view = QListWidget(self)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setAccessibleName(self.tr("The plan"))
        # Alike as long as none is a reason, which is told whole; titles are cut.
        view.setUniformItemSizes(not plan.failed)
        view.setWordWrap(bool(plan.failed))
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        roles = {
            "add": ("add", "ok"),
            "update": ("edit", "accent"),
            "unchanged": ("check", "faint"),
        }
        for item in plan.items[:_MOST_SHOWN]:
            row = QListWidgetItem(icon(*roles[item.action]), " ".join(item.paper.title.split()))
            row.setToolTip(tip(item.source))
            view.addItem(row)
        for failure in plan.failed[:_MOST_SHOWN]:
            where = f" ({failure.where})" if failure.where else ""
            name = failure.source.rpartition("/")[2]
            row = QListWidgetItem(icon("error", "error"), f"{name}{where}: {failure.reason}")
            row.setToolTip(tip(f"{failure.source}{where}\n{failure.reason}"))
            view.addItem(row)
        return view
