"""Between the project and the Review view: which layers, which case, and what a decision does next."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from string import ascii_uppercase

import msgspec
from PySide6.QtCore import QObject, Signal

from annotator.domain import gold
from annotator.domain.differences import LETTERS
from annotator.domain.errors import AnnotatorError
from annotator.domain.journal import Changes
from annotator.domain.progress import drain
from annotator.domain.records import SHARED_KINDS, Annotation, Decision, Outcome
from annotator.services import queries, reviewing
from annotator.services.reviewing import Case, Layer, Review
from annotator.ui.keycaps import with_keys
from annotator.ui.review.decision_card import TAKES, CardText
from annotator.ui.review.drawing import framed_spans, marks_of_layer
from annotator.ui.review.view import ReviewView
from annotator.ui.review.words import also, case_row, side_text, standing_text
from annotator.ui.session import Session

# A review of more articles than this would be felt: it runs behind a progress.
_FEW_ARTICLES = 20
_ONE_LAYER = (
    "Only one layer so far",
    "To review, there must be a colleague's work. Let them send it, and receive it with {file.receive}: it then stands"
    " here beside yours.",
)
_NO_COMMON = ("Nothing to compare yet", "They have not worked on a common article, or you have yet to label it.")
_NONE_LEFT = "Nothing is left to decide."
_ALL_ALIKE = "They agree in everything. Accept what is alike to make it gold."


class ReviewController(QObject):
    """Runs the Review view. `moved` comes when another case is open, or other layers."""

    moved = Signal()

    def __init__(self, session: Session, view: ReviewView) -> None:
        super().__init__(view)
        self.session = session
        self.view = view
        self.review: Review | None = None
        self.is_hidden = False
        self._layers: list[Layer] = []
        self._key = ""
        self._article = ""
        self._texts: dict[str, str] = {}
        self._is_stale = True
        # The cases to show when another comparison is ready.
        self._behind: tuple[frozenset[str], str] | None = None
        session.opened.connect(self._forget)
        session.closed.connect(self._forget)
        session.changed.connect(self._on_changed)
        view.cases.case_picked.connect(self.show_case)
        for at, side in enumerate(view.sides.all):
            side.layer_chosen.connect(lambda chosen, at=at: self.choose(at, chosen))

    # What is there

    @property
    def case(self) -> Case | None:
        """The open case."""
        found = self.review.cases if self.review else ()
        return next((one for one in found if one.difference.key == self._key), None)

    @property
    def article_id(self) -> str:
        """The article that is shown; empty for none."""
        return self._article

    @property
    def is_alone(self) -> bool:
        """Whether one person's work is reviewed by itself."""
        return self.review is not None and reviewing.NOBODY in self.review.layers

    @property
    def number(self) -> int:
        """How many layers are compared: 1 where one is reviewed by itself."""
        return 2 if self.review is None else len(self.review.layers) - self.is_alone

    def place(self) -> str:
        """Where one is, for the status bar."""
        if self.review is None or not self.review.articles:
            return ""
        left = len(self.review.to_decide)
        return f"{left} left" if left else "Nothing left to decide"

    def _forget(self) -> None:
        self.review, self._key, self._article, self._is_stale = None, "", "", True
        self._texts.clear()

    # Choosing layers

    def enter(self) -> None:
        """Show the review, made anew where something has changed meanwhile."""
        if self._is_stale or self.review is None:
            self._load()
        self.view.sides.a.reading.setFocus()

    def choose(self, at: int, layer: str) -> None:
        """Compare another layer on a side; one that is there already changes places with it."""
        if self.review is None:
            return
        layers = list(self.review.layers)
        if layer in layers:
            layers[layers.index(layer)] = layers[at]
        layers[at] = layer
        self._compare(layers[:2] if reviewing.NOBODY in layers else layers)

    def add_layer(self) -> None:
        """Compare one more layer: of those that are not shown the one with the most annotations, gold last."""
        if self.review is None:
            return
        now = [one for one in self.review.layers if one != reviewing.NOBODY]
        ranked = [one.author for one in sorted(self._layers, key=lambda one: -one.records)]
        project = self.session.project
        further = (one for one in (*ranked, reviewing.GOLD) if one not in now)
        more = next((one for one in further if reviewing.common(project, [*now, one])), None)
        if more is None or len(now) == reviewing.MOST_LAYERS:
            self.session.said.emit("There is no further layer with work on the same articles.", "info")
            return
        self._compare([*now, more])

    def drop_layer(self) -> None:
        """Compare one layer less: without the last one."""
        if self.review is not None and len(self.review.layers) > 2:
            self._compare(self.review.layers[:-1])

    def _compare(self, layers: Sequence[str]) -> None:
        if not reviewing.common(self.session.project, layers):
            self.session.said.emit("They have not worked on a common article.", "info")
            self._show_layers()
            return
        self._key = self._article = ""
        self._compute(layers)

    def _load(self) -> None:
        self._layers = reviewing.layers(self.session.project)
        others = [one for one in self._layers if one.author != self.session.project.author.id]
        if not others:
            self.review = None
            title, text = _ONE_LAYER
            self.view.show_nothing(title, with_keys(self.view, text))
            self.moved.emit()
            return
        before = self.review.layers if self.review else ()
        is_kept = bool(before) and bool(reviewing.common(self.session.project, before))
        self._compute(before if is_kept else self._first_two())

    def _first_two(self) -> tuple[str, str]:
        """The colleague with the most annotations as A, oneself as B; else two with a common article, else A alone."""
        me = self.session.project.author.id
        ranked = [one.author for one in sorted(self._layers, key=lambda one: (one.author != me, -one.records))]
        for b, a in combinations(ranked, 2):
            if reviewing.common(self.session.project, (a, b)):
                return (a, b) if b == me else (b, a)
        return next(one for one in ranked if one != me), reviewing.NOBODY

    def _compute(self, layers: Sequence[str]) -> None:
        project = self.session.project
        job = reviewing.review(project, *layers)
        if len(queries.article_rows(project)) <= _FEW_ARTICLES:
            self._take(drain(job))
        else:
            self.session.run_job("Comparing", job, self._take)

    def _take(self, found: Review) -> None:
        self.review, self._is_stale = found, False
        if not found.articles:
            self.view.show_nothing(*_NO_COMMON)
            self._show_layers()
            self.moved.emit()
            return
        self.view.show_review()
        self._show_layers()
        keys = [one.difference.key for one in found.cases]
        if self._key not in keys:
            self._key = next((one.difference.key for one in found.to_decide), next(iter(keys), ""))
        self._show_all()
        self._show_behind()

    def _show_layers(self) -> None:
        assert self.review is not None
        me = self.session.project.author.id
        offered = [(one.author, f"{one.name} (you)" if one.author == me else one.name) for one in self._layers]
        gold = (reviewing.GOLD, "Gold")
        alone = (reviewing.NOBODY, "Nobody: review A alone")
        more = [[], [gold, alone], [gold], [gold]]
        sides = self.view.sides
        sides.show_number(len(self.review.layers))
        for side, chosen, special in zip(sides.shown, self.review.layers, more, strict=False):
            side.show_layers([*offered, *special], chosen, is_hidden=self.is_hidden)
        sides.b.show_text(not self.is_alone)
        self.view.panel.show_mode(self.number)

    def names(self) -> tuple[str, ...]:
        """What the layers are called now: by their letters where names are hidden."""
        if self.review is None:
            return ()
        known = {reviewing.GOLD: "Gold"} | {one.author: one.name for one in self._layers}
        called = zip(self.review.layers, LETTERS, strict=False)
        return tuple(letter if self.is_hidden else known.get(one, letter) for one, letter in called)

    def names_of_all(self) -> dict[str, str]:
        """What all annotators' layers are called now, by id: by letters where names are hidden."""
        called = ascii_uppercase if self.is_hidden else [one.name for one in self._layers]
        return {one.author: name for one, name in zip(self._layers, called, strict=False)}

    def show_behind(self, layers: Sequence[str], keys: frozenset[str], title: str) -> None:
        """List only the cases behind a figure of these layers, and open the first."""
        self._behind = (keys, title)
        if self.review is not None and self.review.layers != tuple(layers):
            self._compare(layers)
        else:
            self._show_behind()

    def _show_behind(self) -> None:
        if self._behind is None:
            return
        self.view.cases.show_keys(*self._behind)
        self._behind = None
        shown = self.view.cases.shown_keys()
        if shown:
            self.show_case(shown[0])

    def toggle_names(self) -> None:
        """Hide who is A and who is B, or show it."""
        self.is_hidden = not self.is_hidden
        if self.review is not None:
            self._show_layers()
        self.moved.emit()

    # Showing

    def _text(self, article: str) -> str:
        if article not in self._texts:
            self._texts[article] = queries.article(self.session.project, article).text
        return self._texts[article]

    def _show_all(self) -> None:
        assert self.review is not None
        called = reviewing.called(self.session.project)
        names = {one.id: one.title for one in queries.article_rows(self.session.project)}
        rows = [
            case_row(one, self._text(one.difference.article), names.get(one.difference.article, ""), called)
            for one in self.review.cases
        ]
        empty = _NONE_LEFT if self.review.cases else _ALL_ALIKE
        name = "To review" if self.is_alone else "Disagreements"
        self.view.cases.show_rows(rows, current=self._key, empty=empty, name=name)
        self.view.cases.show_alike(len(self.review.alike))
        self._show_article()

    def show_case(self, key: str) -> None:
        """Open a case."""
        self._key = key
        self.view.cases.show_current(key)
        self._show_article()

    def _show_article(self) -> None:
        assert self.review is not None
        case = self.case
        article = case.difference.article if case else self._article or self.review.articles[0]
        project = self.session.project
        if article != self._article:
            shown = queries.article(project, article)
            self._article = article
            # Beside each other three columns have no room for a title each.
            title, name = (shown.title, shown.name) if self.number < 3 else ("", "")
            self.view.sides.show_article(shown.text, heading=title, meta=name, sections=shown.sections)
        layers = self.review.layers
        self.view.sides.show_marks([marks_of_layer(project, author, article) for author in layers])
        figures = [] if self.is_alone else reviewing.agreement_of(project, article, layers)
        self.view.show_agreement([(what, f"{figure:.2f}") for what, figure in figures if figure is not None])
        self.view.panel.show_why([] if self.is_alone else self.review.why(article))
        self._show_card(case)

    def _show_card(self, case: Case | None) -> None:
        panel = self.view.panel
        if case is None:
            self.view.sides.show_case([()] * len(self.view.sides.shown))
            panel.show_case(CardText(count=self.place()))
            self.moved.emit()
            return
        one = case.difference
        called = reviewing.called(self.session.project)
        self.view.sides.show_case([framed_spans(side, one.kind) for side in one.sides])
        panel.show_case(
            CardText(
                count=self._count(case),
                question=one.question,
                sides=tuple(side_text(side, one.kind, called) for side in one.sides),
                also=also(one),
                standing=standing_text(case),
                warns=case.standing in ("stale", "deferred"),
            )
        )
        rules = [rule for rule in queries.codebook(self.session.project).rules if not rule.is_retired]
        panel.show_rules(rules, (case.decision.rule if case.decision else None) or "")
        for action, side in zip(TAKES, one.sides, strict=False):
            panel.buttons[action].setEnabled(side is not None)
        panel.buttons["case.both"].setEnabled(None not in one.sides)
        self.moved.emit()

    def _count(self, case: Case) -> str:
        assert self.review is not None
        left = [one.difference.key for one in self.review.to_decide]
        if case.difference.key in left:
            return f"Decision {left.index(case.difference.key) + 1} of {len(left)}"
        return f"Decided · {len(left)} left"

    # Deciding and moving

    def decide(self, outcome: Outcome, *, taken: int = 0, result: Annotation | None = None, comment: str = "") -> None:
        """Decide about the open case, and open the next one that is to be decided; see `reviewing.decide`."""
        case = self.case
        if case is None:
            return
        rule = self.view.panel.rule.currentData() or None
        ahead = self._next_key()
        changes = self.session.act(
            reviewing.decide, case.difference, outcome, taken=taken, result=result, rule=rule, comment=comment
        )
        if changes is not None and ahead:
            self.show_case(ahead)

    def _next_key(self) -> str:
        """The next case to decide as the list has them, from the top again after the last; empty for none."""
        assert self.review is not None
        left = {one.difference.key for one in self.review.to_decide} - {self._key}
        shown = self.view.cases.shown_keys()
        at = shown.index(self._key) if self._key in shown else -1
        return next((one for one in shown[at + 1 :] + shown[: max(at, 0)] if one in left), "")

    def step(self, by: int) -> None:
        """Open the next case in the list, or the one before."""
        shown = self.view.cases.shown_keys()
        if not shown:
            return
        at = shown.index(self._key) if self._key in shown else -by
        self.show_case(shown[max(0, min(at + by, len(shown) - 1))])

    def _on_changed(self, changes: Changes) -> None:
        if self.review is None or not self.view.isVisible():
            self._is_stale = True
            return
        touched = changes.articles & set(self.review.articles)
        is_small = len(touched) == 1 and len(changes.articles) == 1
        if not is_small or any(one.kind in SHARED_KINDS for one in changes.changes):
            self._load()
            return
        (article,) = touched
        try:
            part = reviewing.review_of(self.session.project, article, self.review.layers)
        except AnnotatorError as error:
            self.session.say_error(error)
            return
        self.review = self.review.with_article(part)
        decided = [one for one in changes.changes if one.kind == "decision"]
        if decided and changes.verb in ("undo", "redo"):
            self._return_to(decided[0].before or decided[0].after or {})
        self._show_all()

    def _return_to(self, image: dict[str, object]) -> None:
        """Go to the case that an undo has opened again."""
        assert self.review is not None
        about = gold.ids_of(msgspec.convert(image, Decision))
        found = (one.difference for one in self.review.cases)
        self._key = next((one.key for one in found if {record.id for record in one.records} == about), self._key)
