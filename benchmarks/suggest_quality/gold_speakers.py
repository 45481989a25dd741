"""Who the sources of labelled quotes are: GUM's coreference, and the speakers of our own corpus."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from annotator.domain.drafts import QuoteDraft, SpeakerGuess
from annotator.domain.exchange import ActorLine, ArticleLine
from annotator.domain.quotation import form_of
from annotator.domain.sources import kind_of_words
from annotator.domain.spans import Span, passages
from annotator.domain.words import fold
from annotator.ingest.jsonl import read_lines
from annotator.suggest.bodies import bare
from annotator.suggest.messages import ArticleText
from benchmarks.suggest_quality import data

NAME, HE, FIRST, PRONOUN, DESCRIPTION = "name", "he or she", "first person", "other pronoun", "description"
KINDS = (NAME, HE, FIRST, PRONOUN, DESCRIPTION)
_KIND_OF = {"he": HE, "she": HE, "him": HE, "her": HE} | dict.fromkeys(("i", "we", "you", "me", "us"), FIRST)
_NOBODY = ("anonymous", "group", "document", "public_opinion", "article_author")
_NAMED_TYPES = ("person", "organization", "state_body", "party", "media_outlet")


class Who(msgspec.Struct, frozen=True):
    """Somebody in an article: the proper names, and everything else that the article says for them."""

    names: tuple[str, ...] = ()
    called: tuple[str, ...] = ()

    @property
    def is_named(self) -> bool:
        return bool(self.names)

    def is_right(self, guess: SpeakerGuess) -> bool:
        """Whether a guess means this one; for somebody whom the article never names, whether it names nobody."""
        is_called_so = fold(bare(guess.name)) in {fold(bare(one)) for one in self.called}
        if not self.is_named:
            return not names_somebody(guess) or is_called_so
        is_name = guess.type != "anonymous" and any(char.isupper() for char in guess.name)
        return is_name and (is_called_so or any(_is_same(guess.name, name) for name in self.names))


@dataclass(frozen=True)
class Asked:
    """The number of a quote, how its source is put, and who that is."""

    quote: int
    kind: str
    who: Who


@dataclass(frozen=True)
class GoldArticle:
    """An article with its quotes in order; `asked` are those whose speaker is known, `pronouns` every he and she."""

    text: ArticleText
    drafts: tuple[QuoteDraft, ...]
    asked: tuple[Asked, ...]
    pronouns: tuple[tuple[int, Who], ...] = ()


class _OfGum(msgspec.Struct, frozen=True):
    id: str
    people: dict[str, Who]
    sources: list[tuple[int, int, str]]
    pronouns: list[tuple[int, int]]


def names_somebody(guess: SpeakerGuess) -> bool:
    """Whether a guess claims to know a name: “the company” claims none."""
    return guess.type not in _NOBODY and any(char.isupper() for char in guess.name)


def of_gum(file: str) -> Iterator[GoldArticle]:
    """The articles of one of GUM's files, in its order."""
    found = msgspec.json.decode((data.GUM / "speakers.json").read_bytes(), type=list[_OfGum])
    gold = {one.id: one for one in found}
    for article in data.articles(data.GUM / file):
        drafts = tuple(_draft(article.text, one.content, one.source) for one in article.quotes)
        ours = gold[article.id]
        asked = tuple(Asked(at, kind, ours.people[str(who)]) for at, who, kind in ours.sources)
        pronouns = tuple((at, ours.people[str(who)]) for at, who in ours.pronouns)
        yield GoldArticle(ArticleText(id=article.id, text=article.text), drafts, asked, pronouns)


def of_corpus(file: Path) -> Iterator[GoldArticle]:
    """The articles of a part of our own corpus."""
    return (_of_line(line) for line in read_lines(file))


def _of_line(line: ArticleLine) -> GoldArticle:
    people = {one.id: _who(one) for one in line.actors}
    drafts = tuple(_draft(line.text, one.content, one.source) for one in line.quotes)
    asked = tuple(
        Asked(number, _kind(drafts[number], one.source_kind), people[one.speaker])
        for number, one in enumerate(line.quotes)
        if one.source and one.speaker
    )
    return GoldArticle(ArticleText(id=line.article.id, text=line.text, sections=line.sections), drafts, asked)


def _who(actor: ActorLine) -> Who:
    words = actor.name.split()
    is_named = actor.type in _NAMED_TYPES and words[0][:1].isupper() and words[-1][:1].isupper()
    return Who((actor.name, *actor.aliases), ()) if is_named else Who((), (actor.name, *actor.aliases))


def _kind(draft: QuoteDraft, labelled: str) -> str:
    if labelled == "pronoun":
        return _KIND_OF.get(draft.source[0].text.lower(), PRONOUN)
    return NAME if labelled == "named" else DESCRIPTION


def _draft(text: str, content: tuple[Span, ...], source: tuple[Span, ...]) -> QuoteDraft:
    pieces = passages(text, source)
    contents = passages(text, content)
    kind = kind_of_words(" ".join(one.text for one in pieces))
    return QuoteDraft(content=contents, source=pieces, form=form_of(text, content), source_kind=kind)


def _is_same(ours: str, theirs: str) -> bool:
    """Whether two names are one, or one is the end of the other and holds fewer words: “Mohib”, “Ambassador Mohib”."""
    a, b = fold(bare(ours)).split(), fold(bare(theirs)).split()
    return a == b or (bool(a and b) and a[-1] == b[-1] and (set(a) <= set(b) or set(b) <= set(a)))
