"""The stories that several articles tell in nearly the same words: near-duplicates, grouped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from annotator.services.queries import ArticleRow
from annotator.ui.registry.frame import RegistryWindow
from annotator.ui.registry.listing import Listing
from annotator.ui.registry.table import number_field, text_field
from annotator.ui.widgets import label

_SIZE = QSize(900, 560)
_ABOUT = (
    "A fifth of all their five-word runs is in both. Statistics, networks and the parts of training data count such a"
    " story once. Enter opens the article."
)


class TwinRow(msgspec.Struct, frozen=True, kw_only=True):
    """An article that has near-duplicates: the number of its story, and how many articles tell it."""

    id: str
    story: int
    of: int
    title: str
    name: str


def rows_of(groups: Sequence[Sequence[str]], known: Mapping[str, ArticleRow]) -> list[TwinRow]:
    """The articles of all groups of more than one, group by group."""
    told = [group for group in groups if len(group) > 1]
    return [
        TwinRow(id=one, story=number, of=len(group), title=known[one].title, name=known[one].name)
        for number, group in enumerate(told, start=1)
        for one in group
    ]


class StoriesDialog(RegistryWindow):
    """Lists near-duplicates; `article_asked` carries the id of the article that was entered."""

    article_asked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "Near-duplicates", _SIZE)
        self.listing: Listing[TwinRow] = Listing(
            [
                number_field("Story", lambda one: one.story, order="By story"),
                text_field("Article", lambda one: one.title),
                text_field("File", lambda one: one.name, width_px=230),
                number_field("Told by", lambda one: one.of, order="By how many tell it"),
            ],
            key=lambda one: one.id,
            name="Near-duplicates",
            own_order="Story by story",
            empty="No two articles of this project say nearly the same words.",
        )
        self.listing.row_entered.connect(self.article_asked)
        self.page.addWidget(self.listing, 1)
        self.page.addWidget(label(_ABOUT, "mute", wraps=True))

    def show_stories(self, rows: Sequence[TwinRow]) -> None:
        """Show these articles."""
        self.listing.show_rows(rows)
        self.listing.table.begin()
