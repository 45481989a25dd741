"""From articles to suggestions: one pass of a spaCy pipeline, then entities and quotes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, cast

from annotator import paths
from annotator.domain.canonical import as_score
from annotator.domain.drafts import Draft, Suggestion
from annotator.domain.errors import AnnotatorError
from annotator.domain.gazetteer import GazetteerEntry
from annotator.suggest.apostrophes import read_apostrophes_alike
from annotator.suggest.cards import CARD
from annotator.suggest.entities import ON_POLITICS, ScoredEntity, find_entities
from annotator.suggest.installed import BLANK, NEEDED, how_to_get
from annotator.suggest.known import Known
from annotator.suggest.languages import LANGUAGES
from annotator.suggest.learning.card import read_card
from annotator.suggest.listed import gazetteer_with
from annotator.suggest.messages import DEFAULT_PIPELINE, ArticleText, KnownActor, KnownTarget
from annotator.suggest.quotes import TAGGED, ScoredQuote, find_all_quotes
from annotator.suggest.reading import Part, Piece, pieces
from annotator.suggest.speakers import Resolver
from annotator.suggest.speed import speed_up
from annotator.suggest.stances import ScoredStance, find_stances
from annotator.suggest.unparsed import find_direct_quotes

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from annotator.suggest.tagging.tagger import Tagger

# About 16 articles: more at a time takes gigabytes of memory and is no faster.
BATCH_LINES = 128
BATCH_CHARS = 100_000

_TRAINED_HERE = "annotator"
# What the rules for names do without.
_NOT_FOR_NAMES = ("tagger", "parser", "attribute_ruler", "lemmatizer")

_Line = tuple[str, tuple[int, ArticleText, Piece | None]]
_Proposed = tuple[Draft, float, str, str]
_Parsed = tuple["Doc", tuple[int, ArticleText, Piece | None]]


def load_pipeline(name: str = DEFAULT_PIPELINE) -> Language:
    """The installed spaCy pipeline of that package name. Nothing is ever downloaded.

    `blank:de` is an empty one for German, which finds direct quotes alone; so for every language that spaCy knows.

    Raises:
        AnnotatorError: no such pipeline is installed, it cannot be loaded, or it has no parser or no entities.
    """
    import spacy  # here, so that whoever imports this module does not wait for spaCy
    from spacy.util import is_package

    if name.startswith(BLANK):
        return _blank(name.removeprefix(BLANK))
    if is_trained(name):
        return _trained(name)
    if not is_package(name):
        language, advice = name.partition("_")[0], how_to_get(name)
        alone = f", or {BLANK}{language} for direct quotes alone" if language in LANGUAGES else ""
        raise AnnotatorError(
            f"The language model {name} is not installed.",
            hint=f"{advice[0].upper()}{advice[1:]}; or choose another model{alone}.",
        )
    try:
        nlp = spacy.load(name)
    except (ImportError, AttributeError, TypeError, ValueError, OSError) as error:
        raise AnnotatorError(
            f"{name} is not a language model that this spaCy can load ({str(error).splitlines()[0]}).",
            hint=f"Install {DEFAULT_PIPELINE.replace('_', '-')} again, or choose another model.",
        ) from error
    missing = [part for part in NEEDED if part not in nlp.pipe_names]
    if missing:
        raise AnnotatorError(
            f"The language model {name} has no {' and no '.join(missing)}.", hint="Choose a model that has both."
        )
    read_apostrophes_alike(nlp)
    speed_up(nlp)
    return nlp


def is_trained(name: str) -> bool:
    """Whether a pipeline of that name lies in the user's data folder."""
    folder = paths.pipeline_folder(name)
    return folder is not None and (folder / CARD).is_file()


def _trained(name: str) -> Language:
    import spacy

    folder = paths.pipeline_folder(name)
    assert folder is not None
    read_card(folder)
    try:
        nlp = spacy.load(folder)
    except (ImportError, AttributeError, TypeError, ValueError, OSError) as error:
        raise AnnotatorError(
            f"The trained pipeline {name} cannot be loaded ({str(error).splitlines()[0]}).",
            hint="Train it again, or choose another pipeline.",
        ) from error
    read_apostrophes_alike(nlp)
    speed_up(nlp)
    return nlp


def mark_trained(nlp: Language, *, lists: bool, precision: Mapping[str, float]) -> None:
    """Let a pipeline say that it was trained here: whether the shipped names and patterns serve it, and how often each
    label was right, 0 to 1."""
    nlp.meta[_TRAINED_HERE] = {"lists": lists}
    nlp.meta["performance"] = {"ents_per_type": {label: {"p": share} for label, share in sorted(precision.items())}}


def _blank(language: str) -> Language:
    import spacy

    try:
        nlp = spacy.blank(language)
    except ImportError:
        raise AnnotatorError(
            f"spaCy knows no language {language}.", hint=f"Write its ISO code, for example {BLANK}de."
        ) from None
    nlp.meta["name"], nlp.meta["version"] = "quotations", "1"
    return nlp


def model_of(nlp: Language) -> tuple[str, str]:
    """Name and version of a pipeline, as suggestions carry them."""
    return f"{nlp.meta['lang']}_{nlp.meta['name']}", str(nlp.meta["version"])


def suggest_articles(
    nlp: Language,
    articles: Iterable[ArticleText],
    *,
    tagger: Tagger | None = None,
    actors: Sequence[KnownActor] = (),
    own_names: tuple[GazetteerEntry, ...] = (),
    targets: Sequence[KnownTarget] = (),
    tick: Callable[[], None] = lambda: None,
) -> Iterator[tuple[str, list[Suggestion]]]:
    """The suggestions for each article, in the articles' order; those of an article by position.

    spaCy sees the lines of the sections one by one, never headings or bullets; quotes are found over the whole
    article, by the rules and, if there is one, by the tagger. `actors` and `targets` are those of the project's
    registries, by which they are recognised; `own_names` are those that the user adds to the shipped gazetteer.
    `tick` is called whenever some lines have been parsed: a long article takes minutes.
    """
    model, version = model_of(nlp)
    known = Known(actors)
    find = _entity_finder(nlp, own_names)
    for article, parts in _read(nlp, articles, tick):
        found: list[_Proposed] = [(one.draft, one.score, model, version) for one in find(article.text, parts)]
        quotes, stances = _said(nlp, article, parts, tagger, known, targets)
        for quote in quotes:
            made_by = (model, version)
            if tagger is not None and quote.pattern == TAGGED:
                made_by = (tagger.card.name, tagger.card.version)
            found.append((quote.draft, quote.score, *made_by))
        found += [(one.draft, one.score, model, version) for one in stances]
        found.sort(key=lambda one: (one[0].span, one[0].key))
        yield article.id, [_suggestion(article.id, *one) for one in found]


def suggest_entities(
    nlp: Language, articles: Iterable[ArticleText], *, own_names: tuple[GazetteerEntry, ...] = ()
) -> Iterator[tuple[str, list[Suggestion]]]:
    """The entities alone that `suggest_articles` gives, without the parse: quicker, and the same."""
    model, version = model_of(nlp)
    find = _entity_finder(nlp, own_names)
    with nlp.select_pipes(disable=[one for one in _NOT_FOR_NAMES if one in nlp.pipe_names]):
        for article, parts in _read(nlp, articles, lambda: None):
            yield (
                article.id,
                [_suggestion(article.id, one.draft, one.score, model, version) for one in find(article.text, parts)],
            )


def _entity_finder(
    nlp: Language, own_names: tuple[GazetteerEntry, ...]
) -> Callable[[str, list[Part]], Iterator[ScoredEntity]]:
    precision = _precision_by_label(nlp)
    here = nlp.meta.get(_TRAINED_HERE)
    has_lists = here is None or bool(here["lists"])
    gazetteer = gazetteer_with(own_names, is_shipped=has_lists)

    def find(text: str, parts: list[Part]) -> Iterator[ScoredEntity]:
        return find_entities(
            text,
            parts,
            precision=precision,
            gazetteer=gazetteer,
            has_patterns=has_lists,
            # What was measured on work like this needs no correction.
            factors=ON_POLITICS if here is None else {},
        )

    return find


def _read(
    nlp: Language, articles: Iterable[ArticleText], tick: Callable[[], None]
) -> Iterator[tuple[ArticleText, list[Part]]]:
    for (_, article), group in groupby(_parsed(nlp, articles), key=lambda pair: pair[1][:2]):
        parts: list[Part] = []
        for doc, (_, _, piece) in group:
            tick()
            if piece is not None:
                parts.append(Part(start=piece.start, doc=doc, kind=piece.kind))
        yield article, parts


def _reads_english(nlp: Language) -> bool:
    """Whether the rules on the parse can be used: they know English words alone."""
    return nlp.lang == "en" and "parser" in nlp.pipe_names


def _said(
    nlp: Language,
    article: ArticleText,
    parts: list[Part],
    tagger: Tagger | None,
    known: Known,
    targets: Sequence[KnownTarget],
) -> tuple[list[ScoredQuote], list[ScoredStance]]:
    """The quotes of an article with their speakers, and the stances."""
    if not _reads_english(nlp):
        return find_direct_quotes(article.text, parts, nlp.lang or ""), []
    quotes = quotes_of(article, parts, tagger)
    people = Resolver(article.text, parts, [one.draft for one in quotes], known)
    quotes = people.with_speakers(quotes)
    return quotes, find_stances(article.text, parts, quotes, people, targets=targets)


def quotes_of(article: ArticleText, parts: list[Part], tagger: Tagger | None = None) -> list[ScoredQuote]:
    """The quotes of an article, by the rules and by the tagger if there is one; the pattern of its own is `TAGGED`.

    Quotes within quotes are those of the rules.
    """
    found = find_all_quotes(article.text, parts)
    quotes = found.quotes
    if tagger is not None:
        from annotator.suggest.tagging.combining import combined

        tagged = tagger.quotes(article, parts, found.quotes)
        quotes = combined(article.text, parts, found.quotes, tagged, tagger.card.weighing)
    return sorted([*quotes, *found.within(quotes)], key=lambda quote: (quote.draft.span, quote.draft.key))


def _parsed(nlp: Language, articles: Iterable[ArticleText]) -> Iterator[_Parsed]:
    for batch in _batches(_lines(articles)):
        yield from cast("Iterator[_Parsed]", nlp.pipe(batch, as_tuples=True, batch_size=BATCH_LINES))


def _lines(articles: Iterable[ArticleText]) -> Iterator[_Line]:
    """The lines of all articles, each with the article's number; an article without any has one empty line."""
    for number, article in enumerate(articles):
        lines = list(pieces(article))
        for piece in lines:
            yield article.text[piece.start : piece.end], (number, article, piece)
        if not lines:
            yield "", (number, article, None)


def _batches(lines: Iterable[_Line]) -> Iterator[list[_Line]]:
    batch: list[_Line] = []
    chars = 0
    for line in lines:
        batch.append(line)
        chars += len(line[0])
        if len(batch) >= BATCH_LINES or chars >= BATCH_CHARS:
            yield batch
            batch, chars = [], 0
    if batch:
        yield batch


def _suggestion(article: str, draft: Draft, score: float, model: str, version: str) -> Suggestion:
    # The version is left out: the same proposal of a newer model is the same proposal.
    name = hashlib.sha256("\0".join((article, model, draft.key)).encode()).hexdigest()[:32]
    return Suggestion(id=name, article=article, draft=draft, model=model, version=version, score=as_score(score))


def _precision_by_label(nlp: Language) -> dict[str, float]:
    """The precision of each entity label, 0 to 1, as the model's makers measured it; empty if they do not say."""
    performance = nlp.meta.get("performance") or {}
    by_label = performance.get("ents_per_type") or {}
    return {label: float(figures["p"]) for label, figures in by_label.items() if figures.get("p")}
