"""Listings: sorted, filtered, and chosen from by keys."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from annotator.ui.registry.listing import Listing
from annotator.ui.registry.table import number_field, text_field


@dataclass(frozen=True)
class Thing:
    id: str
    name: str
    uses: int


THINGS = [Thing("b", "beta", 9), Thing("a", "Alpha", 100), Thing("c", "Gamma ray", 0)]


@pytest.fixture
def listing(qtbot: QtBot) -> Listing[Thing]:
    made: Listing[Thing] = Listing(
        [text_field("Name", lambda one: one.name), number_field("Uses", lambda one: one.uses, order="Most used")],
        lambda one: one.id,
        name="Things",
        own_order="As they came",
        empty="No things yet. Make one.",
    )
    qtbot.addWidget(made)
    made.show_rows(THINGS)
    made.show()
    return made


def seen(listing: Listing[Thing]) -> list[str]:
    return [one.text() for one in listing.findChildren(QLabel) if one.isVisible()]


def choose_order(listing: Listing[Thing], text: str) -> None:
    at = listing.sort.findText(text)
    listing.sort.setCurrentIndex(at)
    listing.sort.activated.emit(at)


def test_listing_shows_rows_in_their_own_order_at_first(listing: Listing[Thing]) -> None:
    assert listing.table.shown_ids == ["b", "a", "c"]


@pytest.mark.parametrize(
    ("order", "ids"),
    [("By name", ["a", "b", "c"]), ("Most used", ["a", "b", "c"]), ("As they came", ["b", "a", "c"])],
)
def test_listing_is_sorted_by_the_order_that_is_chosen(listing: Listing[Thing], order: str, ids: list[str]) -> None:
    choose_order(listing, order)
    assert listing.table.shown_ids == ids


def test_listing_says_by_which_column_its_header_sorts(listing: Listing[Thing]) -> None:
    header = listing.table.horizontalHeader()
    header.setSortIndicator(1, Qt.SortOrder.AscendingOrder)
    assert listing.table.shown_ids == ["c", "b", "a"]
    assert listing.sort.currentText() == "Most used"
    assert listing.table.model().headerData(1, Qt.Orientation.Horizontal) == "Uses ↑"
    assert listing.table.model().headerData(0, Qt.Orientation.Horizontal) == "Name"


def test_listing_keeps_rows_in_which_every_word_stands(listing: Listing[Thing]) -> None:
    listing.filter.setText("RAY gam")
    assert listing.table.shown_ids == ["c"]
    assert "1 of 3" in seen(listing)


def test_listing_says_when_nothing_fits_and_when_there_is_nothing(listing: Listing[Thing]) -> None:
    listing.filter.setText("zzz")
    assert "Nothing fits the filter." in seen(listing)
    listing.show_rows([])
    assert "No things yet. Make one." in seen(listing)


def test_listing_keeps_its_mark_when_rows_come_and_go(listing: Listing[Thing]) -> None:
    listing.select("a")
    listing.show_rows([Thing("z", "Zeta", 1), *THINGS])
    assert listing.selected_id == "a"
    listing.show_rows([THINGS[0]])
    assert listing.selected_id == ""


def test_listing_takes_a_filter_away_that_hides_what_is_to_be_marked(listing: Listing[Thing]) -> None:
    listing.filter.setText("beta")
    listing.select("a")
    assert (listing.selected_id, listing.filter.text()) == ("a", "")


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Down])
def test_listing_goes_from_the_filter_to_the_first_row(listing: Listing[Thing], key: Qt.Key) -> None:
    QTest.keyClick(listing.filter, key)
    assert listing.selected_id == "b"


def test_listing_enters_the_marked_row_with_enter(listing: Listing[Thing]) -> None:
    entered: list[str] = []
    listing.row_entered.connect(entered.append)
    listing.select("a")
    QTest.keyClick(listing.table, Qt.Key.Key_Return)
    assert entered == ["a"]


def test_listing_shows_counts_at_the_right_and_none_as_nothing(listing: Listing[Thing]) -> None:
    model = listing.table.model()
    assert [model.index(number, 1).data() for number in range(3)] == ["9", "100", ""]
    alignment = model.index(0, 1).data(Qt.ItemDataRole.TextAlignmentRole)
    assert Qt.AlignmentFlag(alignment) & Qt.AlignmentFlag.AlignRight
