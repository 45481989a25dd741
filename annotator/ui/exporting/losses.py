"""What an export could not hold as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from annotator.export.counts import Loss
from annotator.ui.registry.frame import RegistryWindow
from annotator.ui.registry.listing import Listing
from annotator.ui.registry.table import text_field
from annotator.ui.widgets import label

_SIZE = QSize(900, 560)


class LossRow(msgspec.Struct, frozen=True, kw_only=True):
    """A loss, and the title of its article."""

    id: str
    reason: str
    kind: str
    title: str
    article: str
    record: str


def rows_of(losses: Sequence[Loss], titles: Mapping[str, str]) -> list[LossRow]:
    """The losses of an export, in its order; `titles` are those of the articles, by id."""
    return [
        LossRow(
            id=str(number),
            reason=one.reason,
            kind=one.kind.replace("_", " "),
            title=titles.get(one.article, one.article),
            article=one.article,
            record=one.record,
        )
        for number, one in enumerate(losses)
    ]


class LossesDialog(RegistryWindow):
    """Lists losses; `article_asked` carries the article and the record of the one that was entered."""

    article_asked = Signal(str, str)

    def __init__(self, parent: QWidget, rows: Sequence[LossRow]) -> None:
        super().__init__(parent, "What the format could not hold", _SIZE)
        self.listing: Listing[LossRow] = Listing(
            [
                text_field("What", lambda one: one.reason),
                text_field("Kind", lambda one: one.kind, width_px=86),
                text_field("Article", lambda one: one.title, width_px=230),
            ],
            key=lambda one: one.id,
            name="Lost things",
            own_order="In the order of the export",
            empty="Nothing was lost.",
        )
        self.listing.row_entered.connect(self._on_entered)
        self.listing.show_rows(rows)
        self.page.addWidget(self.listing, 1)
        self.page.addWidget(label("The manifest beside the export has this list too. Enter opens the article.", "mute"))
        self.listing.table.begin()

    def _on_entered(self, row_id: str) -> None:
        found = self.listing.row(row_id)
        if found is not None and found.article:
            self.article_asked.emit(found.article, found.record)
