"""The codebook: labels and rules to add, change and retire, and what was decided under an earlier version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QStackedWidget, QWidget

from annotator.domain.codebook import Codebook, Label, PositionMeaning, Rule
from annotator.ui.registry.codebook_forms import LabelForm, PositionForm, RuleForm, swatch, tidy_label, tidy_rule
from annotator.ui.registry.frame import RegistryWindow, button, chip_button, show_on_chip
from annotator.ui.registry.listing import Listing
from annotator.ui.registry.record_page import RecordPage
from annotator.ui.registry.table import number_field, text_field
from annotator.ui.registry.words import HUES, times
from annotator.ui.theme import Theme
from annotator.ui.widgets import key_text, label, row

_SIZE = QSize(1080, 720)
_WHEN_COLUMN = 3
_PAGES = ("labels", "positions", "rules", "decided")


_Page = RecordPage[Label, Label] | RecordPage[PositionMeaning, PositionMeaning] | RecordPage[Rule, Rule]


@dataclass(frozen=True)
class Decided:
    """A record whose last decision was made before the codebook's version came in force; `when` may be empty."""

    id: str
    kind: str
    words: str
    article: str
    title: str
    place: int
    when: str = ""


class CodebookDialog(RegistryWindow):
    """The codebook in force.

    Keys: Alt+1 labels, Alt+2 positions, Alt+3 rules, Alt+4 decided before, Ctrl+N new, Ctrl+Enter save.

    Added and changed parts come whole, as `Label` and `Rule`; changed and retired ones with their name or number.
    `jump_asked` carries an article's id and a place in it in code points.
    """

    label_add_asked = Signal(object)
    label_change_asked = Signal(str, object)
    label_retire_asked = Signal(str, bool)
    position_change_asked = Signal(str, object)
    position_retire_asked = Signal(str, bool)
    rule_add_asked = Signal(object)
    rule_change_asked = Signal(str, object)
    rule_retire_asked = Signal(str, bool)
    targets_asked = Signal()
    export_asked = Signal()
    jump_asked = Signal(str, int)

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent, "Codebook", _SIZE)
        self.theme = theme
        self.version = label("", "pill")
        self.version.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.title_row.insertWidget(1, self.version)
        self.export = button("Export as TOML…", self.export_asked.emit)
        self.new = button("New", self._start_new, keys="Ctrl+N")
        self.title_row.addWidget(self.export)
        self.title_row.addWidget(self.new)
        self.labels = self._build_labels()
        self.positions = self._build_positions()
        self.rules = self._build_rules()
        self.decided = self._build_decided()
        self.pages = QStackedWidget()
        for page in (self.labels, self.positions, self.rules, self.decided):
            self.pages.addWidget(page)
        self.page.addLayout(self._build_chips())
        self.page.addWidget(self.pages, 1)
        self._targets = label("", "mute")
        self.page.addLayout(row([self._targets, 1, button("Targets…", self.targets_asked.emit)]))
        self._add_keys()
        self.show_page("labels")

    def _build_chips(self) -> QHBoxLayout:
        group = QButtonGroup(self)
        self.chips: dict[str, QPushButton] = {}
        for number, name in enumerate(_PAGES):
            chip = chip_button("", partial(self.show_page, name))
            chip.setToolTip(key_text(f"Alt+{number + 1}"))
            group.addButton(chip)
            self.chips[name] = chip
        return row([*self.chips.values(), 1])

    def _add_keys(self) -> None:
        for number, name in enumerate(_PAGES):
            self.add_keys(f"Alt+{number + 1}", partial(self.show_page, name))
        self.add_keys("Ctrl+N", self._start_new)
        self.add_keys("Ctrl+F", self._focus_filter)
        self.add_keys("Ctrl+Return", self._save)

    def _build_labels(self) -> RecordPage[Label, Label]:
        listing: Listing[Label] = Listing(
            [
                text_field("Name", lambda one: one.name, width_px=150),
                text_field("Title", lambda one: one.title),
                text_field(
                    "Colour",
                    lambda one: HUES[one.hue],
                    width_px=110,
                    icon=lambda one: swatch(self.theme.color(one.hue)),
                ),
                text_field("Key", lambda one: one.hotkey, width_px=56),
                text_field("State", _state, width_px=80),
            ],
            lambda one: one.name,
            name="Labels",
            own_order="As in the codebook",
            empty="No labels yet. Make one with Ctrl+N.",
        )
        self._label_form = LabelForm(self.theme)
        self._label_form.retire_asked.connect(self.label_retire_asked)
        page = RecordPage(
            listing, self._label_form, noun="label", edit_of=tidy_label, blank=_new_label, name_of=LabelForm.key_of
        )
        page.create_asked.connect(self.label_add_asked)
        page.change_asked.connect(self.label_change_asked)
        page.lost.connect(lambda text: self.say(text, "info"))
        return page

    def _build_positions(self) -> RecordPage[PositionMeaning, PositionMeaning]:
        listing: Listing[PositionMeaning] = Listing(
            [
                text_field("Position", lambda one: one.name.replace("_", " "), width_px=150),
                text_field("Meaning", lambda one: one.text),
                text_field("State", _state, width_px=80),
            ],
            lambda one: one.name,
            name="Positions",
            own_order="As they are offered",
            empty="No position fits the filter.",
        )
        self._position_form = PositionForm()
        self._position_form.retire_asked.connect(self.position_retire_asked)
        page = RecordPage(
            listing,
            self._position_form,
            noun="position",
            edit_of=lambda one: one,
            blank=lambda: PositionMeaning(name="support", text=""),
            name_of=PositionForm.key_of,
        )
        page.change_asked.connect(self.position_change_asked)
        page.lost.connect(lambda text: self.say(text, "info"))
        return page

    def _build_rules(self) -> RecordPage[Rule, Rule]:
        listing: Listing[Rule] = Listing(
            [
                text_field("No.", lambda one: one.id, width_px=64),
                text_field("Rule", lambda one: one.text),
                number_field("Good", lambda one: len(one.good), order="Most good examples"),
                number_field("Bad", lambda one: len(one.bad), order="Most bad examples"),
                text_field("State", _state, width_px=80),
            ],
            lambda one: one.id,
            name="Rules",
            own_order="As in the codebook",
            empty="No rules yet.\n\nA rule says in a sentence how to decide, with good and bad examples. "
            "Make one with Ctrl+N.",
        )
        self._rule_form = RuleForm()
        self._rule_form.retire_asked.connect(self.rule_retire_asked)
        page = RecordPage(
            listing, self._rule_form, noun="rule", edit_of=tidy_rule, blank=_new_rule, name_of=RuleForm.key_of
        )
        page.create_asked.connect(self.rule_add_asked)
        page.change_asked.connect(self.rule_change_asked)
        page.lost.connect(lambda text: self.say(text, "info"))
        return page

    def _build_decided(self) -> Listing[Decided]:
        listing: Listing[Decided] = Listing(
            [
                text_field("Kind", lambda one: one.kind.capitalize(), width_px=90),
                text_field("Words", lambda one: one.words),
                text_field("Article", lambda one: one.title, width_px=280),
                text_field("Decided", lambda one: one.when, width_px=150),
            ],
            lambda one: one.id,
            name="Records",
            own_order="As they came",
            empty="Nothing was decided under an earlier version of this codebook.",
        )
        listing.row_entered.connect(self._on_decided_entered)
        return listing

    def show_codebook(self, codebook: Codebook, version: int, *, decided: int) -> None:
        """Show a codebook, its version, and how many records were last decided before it came in force."""
        self.title.setText(f"Codebook · {codebook.name}")
        self.version.setText(f"Version {version}")
        self._label_form.show_all(codebook.labels)
        self._rule_form.show_all(codebook.rules)
        self.labels.show_rows(codebook.labels)
        self.positions.show_rows(codebook.position_meanings())
        self.rules.show_rows(codebook.rules)
        in_use, rules = (sum(not one.is_retired for one in part) for part in (codebook.labels, codebook.rules))
        show_on_chip(self.chips["labels"], f"Labels {in_use}")
        offered = sum(not one.is_retired for one in codebook.position_meanings())
        show_on_chip(self.chips["positions"], f"Positions {offered}")
        show_on_chip(self.chips["rules"], f"Rules {rules}")
        show_on_chip(self.chips["decided"], f"Decided before version {version}: {decided:,}")
        count = times(len(codebook.targets), "target")
        self._targets.setText(f"The codebook gave this project {count} to begin with; the registry has them all.")

    def show_decided(self, decided: Sequence[Decided]) -> None:
        """Show the records last decided before this version of the codebook came in force."""
        self.decided.show_rows(decided)
        self.decided.table.setColumnHidden(_WHEN_COLUMN, not any(one.when for one in decided))

    def show_page(self, name: str) -> None:
        """Show `labels`, `positions`, `rules` or `decided`."""
        self.release()
        number = _PAGES.index(name)
        self.pages.setCurrentIndex(number)
        self.chips[name].setChecked(True)
        self.new.setEnabled(name in ("labels", "rules"))
        self._listing().filter.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Draw the colours as this theme has them."""
        self.theme = theme
        self._label_form.set_theme(theme)
        self.labels.listing.table.viewport().update()

    def _record_page(self) -> _Page | None:
        page = self.pages.currentWidget()
        return page if isinstance(page, RecordPage) else None

    def _listing(self) -> Listing[Label] | Listing[PositionMeaning] | Listing[Rule] | Listing[Decided]:
        page = self._record_page()
        return self.decided if page is None else page.listing

    def _focus_filter(self) -> None:
        self._listing().filter.setFocus()

    def _start_new(self) -> None:
        page = self._record_page()
        if page is not None and self.new.isEnabled():
            page.start_new()

    def _save(self) -> None:
        page = self._record_page()
        if page is not None:
            page.form.ask_to_save()

    def _on_decided_entered(self, row_id: str) -> None:
        one = self.decided.row(row_id)
        if one is not None:
            self.jump_asked.emit(one.article, one.place)

    def release(self) -> None:
        page = self._record_page()
        if page is not None:
            page.form.release()


def _state(part: Label | PositionMeaning | Rule) -> str:
    return "Retired" if part.is_retired else "In use"


def _new_label() -> Label:
    return Label(name="")


def _new_rule() -> Rule:
    return Rule(id="", text="")
