"""The spaCy pipelines that can read a project: which there are, which one reads it, and how good each is on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from annotator import paths, settings
from annotator.domain.drafts import EntityDraft, QuoteDraft, Suggestion
from annotator.domain.errors import AnnotatorError, WorkerFailed
from annotator.domain.progress import Job, Progress
from annotator.domain.sureness import sure_ones
from annotator.services import own_work, queries, suggesting
from annotator.store import confirmed, suggestions
from annotator.store.confirmed import Confirmed
from annotator.store.project import Project
from annotator.suggest.installed import BLANK, Installed, blank, installed, missing
from annotator.suggest.tagging.scoring import Scores, right_ones

MOST_ARTICLES = 100
"""On how many confirmed articles a pipeline is measured at most."""

_FACT, _SCORES_FACT = "pipeline", "pipeline_scores"
_LANGUAGES = {
    "ar": "Arabic", "ca": "Catalan", "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish",
    "fi": "Finnish", "fr": "French", "hr": "Croatian", "it": "Italian", "ja": "Japanese", "ko": "Korean",
    "lt": "Lithuanian", "mk": "Macedonian", "nb": "Norwegian", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese",
    "ro": "Romanian", "ru": "Russian", "sl": "Slovenian", "sv": "Swedish", "uk": "Ukrainian", "xx": "several",
    "zh": "Chinese",
}  # fmt: skip


class PipelineScore(msgspec.Struct, frozen=True, kw_only=True):
    """How much of the confirmed work a pipeline finds: entities exactly, quotes by content and source.

    `tagger` and `stamp` say with which tagger, and on which state of the confirmed work.
    """

    pipeline: str
    version: str
    articles: int
    entities: Scores
    quotes: Scores
    tagger: str = ""
    stamp: str = ""


class PipelineRow(msgspec.Struct, frozen=True, kw_only=True):
    """A pipeline as it is listed; `problem` is empty when it can be used."""

    name: str
    language: str
    version: str
    size_mb: int
    licence: str
    finds: str
    problem: str
    is_chosen: bool
    score: PipelineScore | None = None


class ScoreResult(msgspec.Struct, frozen=True, kw_only=True):
    """What was measured; `problems` has a sentence for each pipeline that could not be."""

    scores: tuple[PipelineScore, ...]
    problems: tuple[str, ...] = ()


def chosen(project: Project) -> str:
    """The pipeline that reads this project: its own choice, else the user's."""
    return project.fact(_FACT) or settings.load().pipeline


def choose(project: Project, name: str) -> None:
    """Let a pipeline read this project from now on; what is suggested already stays until the models read again.

    Raises:
        AnnotatorError: it cannot be used, or the project is open read-only.
    """
    found = _found(name)
    if found.problem:
        raise AnnotatorError(f"{name} cannot be used: it {_told(found)}.", hint="Choose another pipeline.")
    with project.transaction() as conn:
        project.put_fact(conn, _FACT, name)


def rows(project: Project, found_work: Confirmed) -> list[PipelineRow]:
    """The pipelines that there are, and the project's own one where it is not installed; scores are of that work."""
    own = chosen(project)
    found = installed()
    if own not in {one.name for one in found}:
        found.insert(0, _found(own))
    scores = {(one.pipeline, one.version): one for one in _current(project, found_work)}
    return [
        PipelineRow(
            name=one.name,
            language=_LANGUAGES.get(one.language, one.language),
            version=one.version,
            size_mb=round(one.size_bytes / 1e6),
            licence=one.licence,
            finds=_finds(one),
            problem=one.problem,
            is_chosen=one.name == own,
            score=scores.get((one.name, one.version)),
        )
        for one in found
    ]


def measurable(project: Project, *, marked: str = "") -> list[str]:
    """The pipelines worth measuring: those that are installed, the project's own, and a marked one."""
    names = [one.name for one in installed() if not one.problem and not one.name.startswith(BLANK)]
    others = dict.fromkeys(one for one in (chosen(project), marked) if one and one not in names)
    return names + [one for one in others if not _found(one).problem]


def figures(scores: Scores) -> str:
    """Precision, recall and F1 in a few characters."""
    return f"{scores.precision:.0%} / {scores.recall:.0%} / {scores.f1:.1%}"


def unread(project: Project) -> int:
    """How many articles that are not done have no suggestions of the project's pipeline."""
    others = set(suggestions.without_run(project.conn, pipeline=chosen(project)))
    return sum(one in others for one in suggesting.unfinished(project)) if others else 0


def work(project: Project) -> Confirmed:
    """The confirmed work that pipelines are measured on."""
    return confirmed.confirmed(project.conn, project.author.id, most=MOST_ARTICLES)


def basis(found: Confirmed) -> str:
    """A sentence that says what pipelines are measured on."""
    count = len(found.articles)
    if not count:
        return (
            "Nothing is confirmed yet, so there is nothing to measure pipelines on. Mark an article as done,"
            " or accept suggestions in one."
        )
    noun = f"{count} article" if count == 1 else f"{count} articles"
    sample = f" (at most {MOST_ARTICLES} are used)" if count == MOST_ARTICLES else ""
    if found.are_done:
        return f"Scores are on {noun} that you marked as done{sample}."
    return (
        f"No article is marked as done, so scores are on {noun} in which you confirmed something{sample}: whatever you"
        " have not come to yet counts as wrong."
    )


def score(project: Project, worker: suggesting.Worker | suggesting.Pool, names: Sequence[str]) -> Job[ScoreResult]:
    """A job that measures pipelines on the confirmed work and remembers the scores; those of before are replaced.

    What counts is what the step “balanced” shows. Cancelled, it keeps what is measured already.

    Raises:
        AnnotatorError: nothing is confirmed.
    """
    found = work(project)
    if not found.articles:
        raise AnnotatorError("Nothing is confirmed yet.", hint="Mark an article as done, or accept suggestions in one.")
    tagger = settings.load().tagger
    scores: list[PipelineScore] = []
    problems: list[str] = []
    total = len(names) * len(found.articles)
    for number, name in enumerate(names):
        begun = number * len(found.articles)
        reading = _read(project, worker, name, tagger, found.articles, begun=begun, total=total)
        try:
            entities, quotes = yield from reading
        except WorkerFailed as error:
            problems.append(f"{name}: {error}")
            continue
        made = PipelineScore(
            pipeline=name,
            version=_found(name).version,
            articles=len(found.articles),
            entities=entities,
            quotes=quotes,
            tagger=tagger,
            stamp=found.stamp,
        )
        scores.append(made)
        _remember(project, made)
    return ScoreResult(scores=tuple(scores), problems=tuple(problems))


def _read(
    project: Project,
    worker: suggesting.Worker | suggesting.Pool,
    pipeline: str,
    tagger: str,
    ids: Sequence[str],
    *,
    begun: int,
    total: int,
) -> Job[tuple[Scores, Scores]]:
    folder = str(paths.tagger_folder(tagger)) if tagger else ""
    yield from suggesting.warm(worker, pipeline=pipeline, tagger=folder)
    codebook = project.codebook().codebook
    entities = quotes = Scores(0, 0, 0)
    done = 0
    for at in range(0, len(ids), suggesting.BATCH_WATCHED):
        payload = suggesting.payload(project, ids[at : at + suggesting.BATCH_WATCHED], pipeline=pipeline, tagger=folder)
        ticket = suggesting.submit(worker, "suggest", payload)
        is_under_way = True
        while is_under_way:
            replies = [one for one in worker.poll() if one.ticket == ticket]
            for reply in replies:
                if reply.kind == "failed":
                    raise WorkerFailed(reply.error)
                if reply.kind == "done":
                    is_under_way = False
                    continue
                result = suggesting.received(reply.payload, codebook)
                more = compare(project, result.article, result.suggestions)
                entities, quotes = _sum(entities, more[0]), _sum(quotes, more[1])
                done += 1
            yield Progress(begun + done, total, f"Measuring {pipeline}", is_waiting=not replies)
    return entities, quotes


def compare(project: Project, article_id: str, proposed: Sequence[Suggestion]) -> tuple[Scores, Scores]:
    """How much of an author's confirmed entities and quotes in an article was proposed, and how much of that is right.

    An entity is right with the same bounds and label; a quote as training counts it, see `tagging.scoring`.
    """
    drafts = [one.draft for one in sure_ones(proposed, "balanced")]
    mine = {(one.start, one.end, one.label) for one in queries.entities(project, article_id)}
    theirs = {(one.start, one.end, one.label) for one in drafts if isinstance(one, EntityDraft)}
    labelled = own_work.labelled(project, article_id)
    quotes = [one for one in drafts if isinstance(one, QuoteDraft)]
    return (
        Scores(len(mine), len(theirs), len(mine & theirs)),
        Scores(len(labelled.quotes), len(quotes), sum(right_ones(labelled, quotes))),
    )


def _sum(one: Scores, other: Scores) -> Scores:
    return Scores(one.there + other.there, one.found + other.found, one.right + other.right)


def _current(project: Project, found: Confirmed) -> list[PipelineScore]:
    """The remembered scores that are of that work, and of the tagger as it is now."""
    tagger = settings.load().tagger
    return _kept(project, lambda one: one.stamp == found.stamp and one.tagger == tagger)


def _kept(project: Project, fits: Callable[[PipelineScore], bool]) -> list[PipelineScore]:
    try:
        found = msgspec.json.decode(project.fact(_SCORES_FACT) or "[]", type=list[PipelineScore])
    except msgspec.DecodeError:
        # Of another version of the program: they can be measured again.
        return []
    return [one for one in found if fits(one)]


def _remember(project: Project, made: PipelineScore) -> None:
    if project.is_read_only:
        return
    kept = _kept(
        project, lambda one: one.stamp == made.stamp and (one.pipeline, one.tagger) != (made.pipeline, made.tagger)
    )
    with project.transaction() as conn:
        project.put_fact(conn, _SCORES_FACT, msgspec.json.encode([*kept, made]).decode())


def _found(name: str) -> Installed:
    if name.startswith(BLANK):
        return blank(name.removeprefix(BLANK))
    return next((one for one in installed() if one.name == name), missing(name))


def _told(found: Installed) -> str:
    return f"is {found.problem}" if found.problem.startswith("not ") else found.problem


def _finds(one: Installed) -> str:
    if one.problem:
        return ""
    if one.name.startswith(BLANK):
        return "listed names, direct quotes"
    return "names, quotes, stances" if one.language == "en" else "names, direct quotes"
