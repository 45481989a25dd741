"""Between the project and the Review view: which layers, which case, and what a decision does next."""

from __future__ import annotations

from string import ascii_uppercase

from PySide6.QtCore import QObject, Signal

from annotator.domain.errors import AnnotatorError
from annotator.domain.journal import Changes
from annotator.domain.progress import drain
from annotator.domain.records import SHARED_KINDS, Annotation, Outcome
from annotator.services import queries, reviewing
from annotator.services.reviewing import Case, Layer, Review
from annotator.ui.keycaps import with_keys
from annotator.ui.review.decision_card import CardText
from annotator.ui.review.drawing import framed_spans, marks_of_layer
from annotator.ui.review.view import ReviewView
from annotator.ui.review.words import also, case_row, side_text
from annotator.ui.session import Session

# A review of more articles than this would be felt: it runs behind a progress.
_FEW_ARTICLES = 20
_ONE_LAYER = (
    "Only one layer so far",
    "To review, there must be a colleague's work. Let them send it, and receive it with {file.receive}: it then stands"
    " here beside yours.",
)
_NO_COMMON = ("Nothing to compare yet", "These two have not worked on a common article.")
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
        session.opened.connect(self._forget)
        session.closed.connect(self._forget)
        session.changed.connect(self._on_changed)
        view.cases.case_picked.connect(self.show_case)
        view.sides.a.layer_chosen.connect(lambda chosen: self.choose(a=chosen))
        view.sides.b.layer_chosen.connect(lambda chosen: self.choose(b=chosen))

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
        return self.review is not None and self.review.b == reviewing.NOBODY

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

    def choose(self, *, a: str = "", b: str = "") -> None:
        """Compare another layer; who is chosen on both sides changes places."""
        if self.review is None:
            return
        old_a, old_b = self.review.a, self.review.b
        new_a, new_b = a or old_a, b or old_b
        if new_a == new_b:
            new_a, new_b = old_b, old_a
        self._key = self._article = ""
        self._compute(new_a, new_b)

    def _load(self) -> None:
        self._layers = reviewing.layers(self.session.project)
        others = [one for one in self._layers if one.author != self.session.project.author.id]
        if not others:
            self.review = None
            title, text = _ONE_LAYER
            self.view.show_nothing(title, with_keys(self.view, text))
            self.moved.emit()
            return
        a, b = (self.review.a, self.review.b) if self.review else self._first_two()
        self._compute(a, b)

    def _first_two(self) -> tuple[str, str]:
        """The colleague with the most annotations as A, oneself as B; of others the two with the most."""
        me = self.session.project.author.id
        ranked = sorted(self._layers, key=lambda one: (one.author == me, -one.records))
        others = [one.author for one in ranked]
        if me in others:
            return others[0], me
        return others[0], others[1] if len(others) > 1 else reviewing.NOBODY

    def _compute(self, a: str, b: str) -> None:
        project = self.session.project
        job = reviewing.review(project, a, b)
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

    def _show_layers(self) -> None:
        assert self.review is not None
        me = self.session.project.author.id
        offered = [(one.author, f"{one.name} (you)" if one.author == me else one.name) for one in self._layers]
        gold = [(reviewing.GOLD, "Gold")]
        alone = [(reviewing.NOBODY, "Nobody: review A alone")]
        for side, chosen, more in zip(
            self.view.sides.both, (self.review.a, self.review.b), ([], [*gold, *alone]), strict=True
        ):
            side.show_layers([*offered, *more], chosen, is_hidden=self.is_hidden)
        self.view.sides.b.show_text(not self.is_alone)
        self.view.panel.show_mode(is_alone=self.is_alone)

    def names(self) -> tuple[str, str]:
        """What the two layers are called now: by their letters where names are hidden."""
        if self.review is None or self.is_hidden:
            return "A", "B"
        known = {reviewing.GOLD: "Gold"} | {one.author: one.name for one in self._layers}
        return known.get(self.review.a, "A"), known.get(self.review.b, "B")

    def names_of_all(self) -> dict[str, str]:
        """What all annotators' layers are called now, by id: by letters where names are hidden."""
        called = ascii_uppercase if self.is_hidden else [one.name for one in self._layers]
        return {one.author: name for one, name in zip(self._layers, called, strict=False)}

    def show_behind(self, keys: frozenset[str], title: str) -> None:
        """List only the cases behind a figure, and open the first."""
        self.view.cases.show_keys(keys, title)
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
            self.view.sides.show_article(shown.text, heading=shown.title, meta=shown.name, sections=shown.sections)
        a, b = (marks_of_layer(project, author, article) for author in (self.review.a, self.review.b))
        self.view.sides.show_marks(a, b)
        part = reviewing.review_of(project, article, self.review.a, self.review.b)
        figures = [] if self.is_alone else reviewing.agreement_of(part)
        self.view.show_agreement([(what, f"{figure:.2f}") for what, figure in figures if figure is not None])
        self.view.panel.show_why([] if self.is_alone else self.review.why(article))
        self._show_card(case)

    def _show_card(self, case: Case | None) -> None:
        panel = self.view.panel
        if case is None:
            self.view.sides.show_case((), ())
            panel.show_case(CardText(count=self.place()))
            self.moved.emit()
            return
        one = case.difference
        called = reviewing.called(self.session.project)
        self.view.sides.show_case(framed_spans(one.a, one.kind), framed_spans(one.b, one.kind))
        panel.show_case(
            CardText(
                count=self._count(case),
                question=one.question,
                a=side_text(one.a, one.kind, called),
                b=side_text(one.b, one.kind, called),
                also=also(one),
                standing=_standing(case),
                warns=case.standing in ("stale", "deferred"),
            )
        )
        rules = [rule for rule in queries.codebook(self.session.project).rules if not rule.is_retired]
        panel.show_rules(rules, (case.decision.rule if case.decision else None) or "")
        panel.buttons["case.a"].setEnabled(one.a is not None)
        panel.buttons["case.b"].setEnabled(one.b is not None)
        panel.buttons["case.both"].setEnabled(one.a is not None and one.b is not None)
        self.moved.emit()

    def _count(self, case: Case) -> str:
        assert self.review is not None
        left = [one.difference.key for one in self.review.to_decide]
        if case.difference.key in left:
            return f"Decision {left.index(case.difference.key) + 1} of {len(left)}"
        return f"Decided · {len(left)} left"

    # Deciding and moving

    def decide(self, outcome: Outcome, *, result: Annotation | None = None, comment: str = "") -> None:
        """Decide about the open case, and open the next one that is to be decided."""
        case = self.case
        if case is None:
            return
        rule = self.view.panel.rule.currentData() or None
        ahead = self._next_key()
        changes = self.session.act(
            reviewing.decide, case.difference, outcome, result=result, rule=rule, comment=comment
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
            part = reviewing.review_of(self.session.project, article, self.review.a, self.review.b)
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
        key = f"{image.get('a') or ''}|{image.get('b') or ''}"
        if any(one.difference.key == key for one in self.review.cases):
            self._key = key


def _standing(case: Case) -> str:
    decision = case.decision
    if decision is None:
        return ""
    if case.standing == "stale":
        return "A side has changed since this was decided"
    is_alone = case.difference.kind == "review"
    if decision.outcome == "deferred":
        return f"{'Returned' if is_alone else 'Deferred'}: {decision.comment}"
    return (_ALONE if is_alone else _COMPARED).get(decision.outcome, "An edited version was taken")


_COMPARED = {"a": "A was taken", "b": "B was taken", "both": "Both were taken", "neither": "Neither was taken"}
_ALONE = {"a": "Approved", "neither": "Declined"}
