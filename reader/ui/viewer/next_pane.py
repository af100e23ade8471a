"""Going through the panes of the side panel with a key."""

from __future__ import annotations

from reader.ui.commands.row import QT_TRANSLATE_NOOP, Command
from reader.ui.viewer.feature import Feature


class NextPane(Feature):
    """Shows the panel first when it is hidden; each pane has the keys at once."""

    name = "panes"
    rows = (
        Command(
            "viewer.next_pane", QT_TRANSLATE_NOOP("Commands", "Next pane of the side panel"),
            "viewer", "panes.show_next", ("F8",), "next", "View", 6, enabled="document",
        ),
    )  # fmt: skip

    def show_next(self) -> None:
        """Show the next pane, the first after the last."""
        panel = self.page.panel
        self.page.show_pane(panel.current if panel.isHidden() else panel.following, keys=True)
