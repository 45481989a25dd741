"""Stances as statements of a debate: who, on what, for or against, where and when: networks are made of them."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from annotator.domain.exchange import ArticleLine, ArticleMeta, StanceLine
from annotator.export.counts import Loss
from annotator.export.readable import NOBODY, NOTHING, Readable, What, Who, is_suggestion
from annotator.export.stories import Stories


@dataclass(frozen=True, slots=True)
class Statement:
    """A complete stance with the article that it is in."""

    about: ArticleMeta
    layer: str
    stance: StanceLine
    holder: Who
    via: Who
    target: What
    position: str
    text: str
    section: str

    @property
    def article(self) -> str:
        return self.about.id

    @property
    def day(self) -> str:
        """When the article appeared, as it is known; empty for unknown."""
        return self.about.published or ""


class Debate:
    """Collects the statements of lines, the losses on the way, and which articles tell the same story."""

    def __init__(self) -> None:
        self.statements: list[Statement] = []
        self.losses: list[Loss] = []
        self.story_of: dict[str, str] = {}
        self.stories = Stories()

    def add(self, line: ArticleLine) -> ArticleLine:
        """Take the stances of one article in, and give the line with these alone; what is no statement is a loss."""
        self.stories.add(line)
        reading = Readable(line)
        kept: list[StanceLine] = []
        for stance in line.stances:
            reason = _lacking(reading, stance)
            if reason:
                self.losses.append(Loss(reason=reason, kind="stance", article=line.article.id, record=stance.id))
            else:
                kept.append(stance)
                self.statements.append(_statement(reading, stance))
        holders, targets = {one.holder for one in kept}, {one.target for one in kept}
        return msgspec.structs.replace(
            line,
            status=None,
            entities=(),
            quotes=(),
            stances=tuple(kept),
            notes=(),
            rejections=(),
            actors=tuple(one for one in line.actors if one.id in holders),
            targets=tuple(one for one in line.targets if one.id in targets),
        )

    def finish(self) -> None:
        """Find the stories, and put the statements in the order of time, article and text; unknown times come last."""
        for group in self.stories.groups():
            self.story_of |= dict.fromkeys(group, next(iter(group)))
        self.statements.sort(key=lambda one: (not one.day, one.day, one.article))

    def shared_stories(self) -> list[Loss]:
        """A loss for each story that several articles tell, if something stands in more than one of them."""
        articles: dict[str, set[str]] = {}
        for one in self.statements:
            articles.setdefault(self.story_of[one.article], set()).add(one.article)
        return [
            Loss(
                reason=f"{len(found)} articles tell the same story: what is said in several of them counts once",
                article=story,
            )
            for story, found in sorted(articles.items())
            if len(found) > 1
        ]


def _lacking(reading: Readable, stance: StanceLine) -> str:
    """Why a stance is no statement, empty where it is one."""
    if not (stance.is_submitted or is_suggestion(stance.origin)):
        return "a stance that was not submitted is left out"
    for found, name in (
        (reading.holder(stance) != NOBODY, "holder"),
        (reading.target(stance) != NOTHING, "target"),
        (stance.position is not None, "position"),
    ):
        if not found:
            return f"a stance without a {name} is left out"
    return ""


def _statement(reading: Readable, stance: StanceLine) -> Statement:
    first = stance.evidence[0].spans if stance.evidence else ()
    return Statement(
        about=reading.line.article,
        layer=reading.line.layer,
        stance=stance,
        holder=reading.holder(stance),
        via=reading.via(stance),
        target=reading.target(stance),
        position=str(stance.position),
        text=reading.words(first),
        section=reading.section(first[0].start, first[-1].end) if first else "",
    )
