"""A small corpus of made-up articles whose quotes are known, to learn from and to test on."""

from __future__ import annotations

import random
from pathlib import Path

from annotator.domain.corpus import LabelledArticle, LabelledQuote
from annotator.domain.drafts import QuoteDraft
from annotator.domain.spans import Span, passage, passages
from annotator.suggest.quotes import ScoredQuote

SPEAKERS = ("Anna Meyer", "the mayor", "John Brown", "a spokesman", "Maria Silva", "the minister", "he", "she")
CUES = ("said", "added", "claimed", "argued", "announced")
CONTENTS = (
    "the bridge would open in May",
    "taxes must fall next year",
    "the plan had failed",
    "nobody knew the price",
    "the city needs more schools",
    "the vote was fair",
)
PLAIN = (
    "The bridge is old and long.",
    "It rained all day in the city.",
    "The vote took two hours.",
    "Schools open in May.",
)


def labelled_articles(count: int, *, seed: int = 0) -> list[LabelledArticle]:
    """Articles of six paragraphs each, some with an indirect quote, some with a direct one, some with none."""
    dice = random.Random(seed)
    return [_article(f"article {number:03}", dice) for number in range(count)]


def _article(name: str, dice: random.Random) -> LabelledArticle:
    text, quotes = "", []
    for _ in range(6):
        text += "\n\n" if text else ""
        match dice.randrange(3):
            case 0:
                text += dice.choice(PLAIN)
            case 1:
                text, quote = _told(
                    text,
                    [
                        (_capital(_speaker(dice)), "source"),
                        (" ", ""),
                        (dice.choice(CUES), "cue"),
                        (" that ", ""),
                        (dice.choice(CONTENTS), "content"),
                        (".", ""),
                    ],
                )
                quotes.append(quote)
            case _:
                said = f"“{_capital(dice.choice(CONTENTS))},”"
                text, quote = _told(
                    text,
                    [
                        (said, "content"),
                        (" ", ""),
                        (_speaker(dice), "source"),
                        (" ", ""),
                        (dice.choice(CUES), "cue"),
                        (".", ""),
                    ],
                )
                quotes.append(quote)
    return LabelledArticle(id=name, text=text, quotes=tuple(quotes))


def _speaker(dice: random.Random) -> str:
    return dice.choice(SPEAKERS)


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _told(text: str, pieces: list[tuple[str, str]]) -> tuple[str, LabelledQuote]:
    places: dict[str, Span] = {}
    for words, role in pieces:
        places[role] = Span(len(text), len(text) + len(words))
        text += words
    quote = LabelledQuote(content=(places["content"],), source=(places["source"],), cue=places["cue"])
    return text, quote


def scored(article: LabelledArticle) -> list[ScoredQuote]:
    """The quotes of an article as if the rules had found them."""
    text = article.text
    drafts = [
        QuoteDraft(
            content=passages(text, quote.content),
            source=passages(text, quote.source),
            cue=passage(text, quote.cue.start, quote.cue.end) if quote.cue else None,
            form="indirect",
            source_kind="description",
        )
        for quote in article.quotes
    ]
    return [ScoredQuote(draft=draft, score=0.9, pattern="clause of a verb") for draft in drafts]


def write_standoff(folder: Path, articles: list[LabelledArticle]) -> Path:
    """The articles as a folder in the format of PolNeAR."""
    for name in ("text", "attributions"):
        (folder / name).mkdir(parents=True)
    for article in articles:
        (folder / "text" / f"{article.id}.txt").write_text(article.text, "utf-8", newline="")
        marks, events = [], []
        for number, quote in enumerate(article.quotes):
            roles = [("Content", quote.content[0]), ("Source", quote.source[0]), ("Cue", quote.cue)]
            names = []
            for role, span in roles:
                names.append(f"{role}:T{len(marks)}")
                words = article.text[span.start : span.end]
                marks.append(f"T{len(marks)}\t{role} {span.start} {span.end}\t{words}")
            events.append(f"E{number}\tAttribution:T0 " + " ".join(names))
        (folder / "attributions" / f"{article.id}_a1.ann").write_text("\n".join(marks + events) + "\n", "utf-8")
    return folder
