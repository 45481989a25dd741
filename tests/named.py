"""Made-up articles whose entities are known: towns and people that a recognizer learns from a few steps."""

from __future__ import annotations

import random
from pathlib import Path

import msgspec

from annotator.domain.canonical import sha256_hex
from annotator.domain.corpus import LabelledArticle, LabelledEntity
from annotator.domain.exchange import ArticleLine, ArticleMeta, EntityLine
from annotator.domain.records import Origin

_NAMES = {
    "PERSON": ("Zorbin Kall", "Mera Tovitz", "Ulf Ganderby", "Ilka Prowse", "Tam Okrilo"),
    "TOWN": ("Qarvele", "Dunmoth", "Illsberry", "Vostagne", "Hexmoor"),
}
_FRAMES = (
    "On {day} {PERSON} went to {TOWN} by train.",
    "The mayor of {TOWN} met {PERSON} on {day}.",
    "In {TOWN} nobody had heard of {PERSON}, who left on {day}.",
    "{PERSON} was born near {TOWN} and reads letters each {day}.",
)
_DAYS = ("Monday", "Tuesday", "Friday")


def named_articles(count: int, *, seed: int = 0) -> list[LabelledArticle]:
    """Articles of eight sentences, a person and a town in each; no two share five words in a row too often."""
    dice = random.Random(seed)
    return [_article(dice, number) for number in range(count)]


def _article(dice: random.Random, number: int) -> LabelledArticle:
    text, entities = f"Report {number}.", []
    for _ in range(8):
        text += "\n"
        filled = dice.choice(_FRAMES).replace("{day}", dice.choice(_DAYS))
        while "{" in filled:
            before, _, rest = filled.partition("{")
            label, _, filled = rest.partition("}")
            text += before
            name = dice.choice(_NAMES[label])
            entities.append(LabelledEntity(len(text), len(text) + len(name), label))
            text += name
        text += filled
    # Words of its own, or all articles were near-duplicates of each other.
    text += "\n" + " ".join(f"w{dice.randrange(10**6)}" for _ in range(80))
    return LabelledArticle(id=f"sha256:{sha256_hex(text.encode())}", text=text, entities=tuple(entities))


def write_jsonl(file: Path, articles: list[LabelledArticle]) -> Path:
    """The articles as an export of the program."""
    lines = [_line(one) for one in sorted(articles, key=lambda one: one.id)]
    file.write_bytes(b"".join(msgspec.json.encode(one) + b"\n" for one in lines))
    return file


def _line(article: LabelledArticle) -> ArticleLine:
    origin = Origin(by="person", name="Ana", act="added")
    return ArticleLine(
        article=ArticleMeta(id=article.id, name="a.txt", title="Report", language="en"),
        text=article.text,
        sections=(),
        layer="Ana",
        entities=tuple(
            EntityLine(
                id=f"{article.id[7:31]}-{number:04}",
                start=one.start,
                end=one.end,
                text=article.text[one.start : one.end],
                label=one.label,
                origin=origin,
            )
            for number, one in enumerate(article.entities)
        ),
    )
