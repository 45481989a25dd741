"""Reading annotations of other programs: what comes, onto which articles, in which unit and with which labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from annotator.domain.articles import NewArticle, new_article, with_metadata
from annotator.domain.codebook import Codebook
from annotator.domain.drafts import EntityDraft, QuoteDraft, StanceDraft
from annotator.domain.errors import AnnotatorError, BadExchange
from annotator.domain.foreign import ForeignText, Unit
from annotator.domain.foreign_drafts import Drafted, drafts_of
from annotator.domain.foreign_labels import PARTS, likely_label, meaning, unknown_labels
from annotator.domain.foreign_offsets import Counting, Ruler, counting_of, mark_problem
from annotator.domain.progress import Job, Progress
from annotator.domain.text import canonicalise
from annotator.ingest.files import shown_name
from annotator.services.foreign_formats import AUTO, FORMATS, sources
from annotator.services.foreign_places import Places
from annotator.store.project import Project

MAX_TEXTS = 100_000
_SHOWN = 60


@dataclass(frozen=True)
class ForeignFile:
    """One file that was read: its format, how it counts, how many texts and marks it has."""

    name: str
    format: str
    counting: Counting
    texts: int
    marks: int

    @property
    def title(self) -> str:
        """The format in words."""
        return FORMATS[self.format].title


@dataclass(frozen=True)
class IncomingText:
    """A text whose marks all fit, with the article that it is; `is_known` says that the project has it.

    Where it is a part of an article of the project, it begins `at` a place of that.
    """

    text: ForeignText
    article: NewArticle
    counting: Counting
    is_known: bool
    at: int = 0

    def ruler(self) -> Ruler:
        """The places of the file's offsets in the article."""
        return Ruler(self.text.text, self.counting, whole=self.article.text, at=self.at)

    def drafts(self, codebook: Codebook, mapping: Mapping[str, str]) -> Drafted:
        """What becomes of its marks under a mapping of labels."""
        return drafts_of(self.text, self.ruler(), codebook, mapping)


@dataclass(frozen=True)
class LabelUse:
    """A label of the files: how often it is there, what it means here (empty: nothing), and what it likely means."""

    name: str
    count: int
    meaning: str
    likely: str


@dataclass(frozen=True)
class PreviewRow:
    """One record as it would come: its kind, label or people, words and what stands around them."""

    key: str
    article: str
    kind: str
    label: str
    words: str
    before: str
    after: str


@dataclass
class Incoming:
    """What files bring, read and checked, and not yet taken over. `problems` are sentences, each with its place."""

    codebook: Codebook
    files: list[ForeignFile] = field(default_factory=list)
    texts: list[IncomingText] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def formats(self) -> tuple[str, ...]:
        """The names of the formats that were recognised."""
        return tuple(dict.fromkeys(one.format for one in self.files))

    @property
    def people(self) -> tuple[str, ...]:
        """Who made the annotations, as the files name them."""
        return tuple(sorted({one.text.who for one in self.texts if one.text.who and one.text.marks}))

    def has_several(self) -> bool:
        """Whether several people annotated one article."""
        made = {(one.article.id, one.text.who) for one in self.texts if one.text.is_decided and one.text.marks}
        return len(made) > len({article for article, _ in made})

    def article_counts(self) -> tuple[int, int]:
        """How many of the articles the project has already, and how many are new."""
        coming = [one for one in self.texts if not one.text.is_turned_down]
        known = {one.article.id for one in coming if one.is_known}
        return len(known), len({one.article.id for one in coming} - known)

    def labels(self, mapping: Mapping[str, str]) -> list[LabelUse]:
        """All labels by name, with what they mean under a mapping."""
        counts = Counter(mark.label for one in self.texts for mark in one.text.marks)
        found = []
        for name, count in sorted(counts.items()):
            role, label = meaning(name, self.codebook, mapping)
            part = next((part for part, known in PARTS.items() if known == role), label)
            found.append(LabelUse(name, count, part, likely_label(name, self.codebook)))
        return found

    def unknown(self, mapping: Mapping[str, str]) -> list[str]:
        """The labels that nothing here is known for."""
        return unknown_labels(self._names(), self.codebook, mapping)

    def _names(self) -> set[str]:
        return {mark.label for one in self.texts for mark in one.text.marks}

    def check_mapping(self, mapping: Mapping[str, str]) -> None:
        """Nothing, where every label has a meaning.

        Raises:
            BadExchange: a label is neither known nor mapped, or is mapped to what is not there.
        """
        usable = {one.name for one in self.codebook.labels if not one.is_retired} | set(PARTS) | {""}
        wrong = next((new for new in mapping.values() if new not in usable), None)
        if wrong is not None:
            raise BadExchange(
                f"The codebook has no label {wrong} in use.",
                hint=f"Labels: {', '.join(sorted(usable - {''}))}; nothing after the = leaves a label out.",
            )
        unknown = self.unknown(mapping)
        if unknown:
            shown = ", ".join(unknown[:_SHOWN])
            likely = {name: likely_label(name, self.codebook) for name in unknown[:_SHOWN]}
            asked = " ".join(f"--label '{name}={label}'" for name, label in likely.items())
            raise BadExchange(
                f"The codebook does not know {len(unknown)} label{'' if len(unknown) == 1 else 's'}: {shown}.",
                hint=f"Say what each means, or nothing to leave it out, e.g. {asked}",
            )

    def of(self, who: str) -> list[IncomingText]:
        """The texts of one annotator, and those that name none; all where `who` is empty."""
        return [one for one in self.texts if not who or one.text.who in (who, "")]

    def kinds(self, mapping: Mapping[str, str], *, who: str = "") -> Counter[str]:
        """How many entities, quotes and stances there would be; and what is left out, by reason after a colon."""
        counts = Counter[str]()
        seen: set[tuple[str, str]] = set()
        for one in self.of(who):
            drafted = one.drafts(self.codebook, mapping)
            fresh = [draft for draft, _ in drafted.drafts if (one.article.id, draft.key) not in seen]
            seen.update((one.article.id, draft.key) for draft in fresh)
            counts.update(str(draft.__struct_config__.tag) for draft in fresh)
            counts.update({f"left out: {reason}": count for reason, count in drafted.left_out.items()})
        return counts

    def preview(
        self, mapping: Mapping[str, str], *, who: str = "", limit: int = 40, around: int = 16
    ) -> list[PreviewRow]:
        """The first records in their context."""
        rows: list[PreviewRow] = []
        for number, one in enumerate(self.of(who)):
            for draft, _ in one.drafts(self.codebook, mapping).drafts:
                if len(rows) >= limit:
                    return rows
                rows.append(_preview(f"{number} {draft.key}", one.article, draft, around))
        return rows


def _preview(key: str, article: NewArticle, draft: EntityDraft | QuoteDraft | StanceDraft, around: int) -> PreviewRow:
    span = draft.span
    if isinstance(draft, EntityDraft):
        kind, label = "Entity", draft.label
    elif isinstance(draft, QuoteDraft):
        kind, label = "Quote", ", ".join(one.name for one in draft.speakers) or draft.form
    else:
        about = draft.target.label if draft.target else "no target"
        kind, label = "Stance", f"{draft.holder.name if draft.holder else 'nobody'}: {draft.position} – {about}"
    text = article.text
    return PreviewRow(
        key=key,
        article=article.name,
        kind=kind,
        label=label,
        words=" ".join(text[span.start : span.end].split()),
        before=" ".join(text[max(0, span.start - around) : span.start].split()),
        after=" ".join(text[span.end : span.end + around].split()),
    )


def read_foreign(
    project: Project, paths: Sequence[Path], *, format_: str = AUTO, offsets: Unit | None = None
) -> Job[Incoming]:
    """A job that reads and checks files and folders of annotations, and changes nothing.

    A text with a mark that does not fit is named and left out; so is a line or task that is damaged.

    Raises:
        BadExchange: a file is in no known format, cannot be read as a whole, or mixes ways to count.
    """
    found = sources(paths, format_)
    incoming = Incoming(project.codebook().codebook)
    places = Places(project)
    for number, (path, name) in enumerate(found):
        yield Progress(number, len(found), f"Reading {shown_name(path)}")
        texts: list[ForeignText] = []
        for text in FORMATS[name].read(path):
            if text is None:
                yield Progress(number, len(found), shown_name(path), is_waiting=True)
                continue
            texts.append(text)
            yield Progress(number, len(found), text.place)
            if len(incoming.texts) + len(texts) > MAX_TEXTS:
                raise BadExchange(f"There are more than {MAX_TEXTS:,} texts.", hint="Import a part of them at a time.")
        counting = counting_of(texts, file=shown_name(path), wanted=offsets or FORMATS[name].unit)
        marks = sum(len(one.marks) for one in texts)
        incoming.files.append(ForeignFile(shown_name(path), name, counting, len(texts), marks))
        for one in _checked(texts, counting, places):
            if isinstance(one, str):
                incoming.problems.append(one)
            else:
                incoming.texts.append(one)
            yield Progress(number, len(found), "Checking offsets")
    return incoming


def _checked(texts: Sequence[ForeignText], counting: Counting, places: Places) -> Iterator[IncomingText | str]:
    for text in texts:
        if text.problem:
            yield text.problem
            continue
        try:
            article = new_article(canonicalise(text.text, name=text.place), name=text.name)
            problem = mark_problem(text, Ruler(text.text, counting))
        except AnnotatorError as error:
            yield str(error)
            continue
        if problem:
            yield problem
            continue
        whole = places.whole(article, hint=text.article)
        if whole is not None:
            yield IncomingText(text, whole.article, counting, True, at=whole.at)
        else:
            yield IncomingText(text, with_metadata(article, text.known), counting, False)
