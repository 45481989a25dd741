"""Articles, suggestions and projects to measure with: made from the seeds, the same at each run."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from annotator import paths
from annotator.domain.articles import new_article
from annotator.domain.drafts import Draft, EntityDraft, QuoteDraft, Suggestion
from annotator.domain.sections import find_sections
from annotator.domain.spans import passage
from annotator.services import annotation, importing, projects, queries
from annotator.services.projects import Author, Project
from annotator.store import suggestions

ARTICLE_CHARS = 4_600
AUTHOR = Author(id="11111111-1111-4111-8111-111111111111", name="Bench")
SPANS_PER_KB = 12
_LABELS = ("PERSON", "ORG", "GPE", "DATE", "NORP")
_SENTENCES_A_LINE = 3


def sentences() -> list[str]:
    """The sentences of the bodies of the seed articles, in their order."""
    found: list[str] = []
    for path in sorted(paths.seeds().glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        body = next(one for one in find_sections(text) if one.kind == "body")
        for line in text[body.start : body.end].split("\n"):
            found += re.split(r"(?<=[.!?”]) +", line.strip()) if line.strip() else []
    return found


def texts(count: int, *, chars: int = ARTICLE_CHARS, seed: int = 0) -> list[str]:
    """So many different texts of about that length, of the seeds' sentences in a random order."""
    order = random.Random(seed)
    pool = sentences()
    return [_text(order, pool, chars, name=f"{seed}-{number}") for number in range(count)]


def _text(order: random.Random, pool: Sequence[str], chars: int, *, name: str) -> str:
    # The number makes each text different even where few sentences fit.
    lines, line, size = [f"Report {name}."], [], 0
    while size < chars:
        for sentence in order.sample(pool, len(pool)):
            line.append(sentence)
            size += len(sentence) + 1
            if len(line) == _SENTENCES_A_LINE or size >= chars:
                lines.append(" ".join(line))
                line = []
            if size >= chars:
                break
    return "\n".join(lines) + "\n"


def write_files(folder: Path, contents: Iterable[str]) -> list[Path]:
    """Text files `00000.txt` and so on in a folder, which is made."""
    folder.mkdir(parents=True)
    files: list[Path] = []
    for number, text in enumerate(contents):
        files.append(folder / f"{number:05}.txt")
        files[-1].write_text(text, encoding="utf-8", newline="")
    return files


def empty_project(path: Path) -> Project:
    """A new project with the demo codebook, open."""
    return projects.new(path, codebook=paths.seeds() / "codebook.toml", author=AUTHOR)


def filled_project(path: Path, contents: Iterable[str]) -> Project:
    """A new project with an article for each text, open; no model has read them."""
    project = empty_project(path)
    with project.step("article.import") as step:
        for number, text in enumerate(contents):
            importing.take_in(step, new_article(text, name=f"{number:05}.txt"), time=project.now())
    return project


def put_suggestions(project: Project, *, confirmed: float = 0.5) -> None:
    """Give every article twelve suggestions a thousand characters, and accept that share of them."""
    with project.transaction() as conn:
        for row in queries.article_rows(project):
            text = queries.article(project, row.id).text
            made = [_suggestion(row.id, draft) for draft in drafts(text)]
            suggestions.replace(conn, row.id, made, pipeline="bench", time=project.now())
        project.tallies.renew_many(conn, [row.id for row in queries.article_rows(project)])
    for row in queries.article_rows(project):
        found = queries.open_suggestions(project, row.id)
        chosen = [one.id for one in random.Random(row.name).sample(found, round(len(found) * confirmed))]
        if chosen:
            annotation.accept(project, chosen)


def drafts(text: str) -> list[Draft]:
    """Twelve drafts a thousand characters: words as entities, and each eighth a quote with its source and cue."""
    words = [(one.start(), one.end()) for one in re.finditer(r"\w{3,}", text)]
    last = len(text) - 240
    made: list[Draft] = []
    at = 0
    for nth in range(len(text) * SPANS_PER_KB // 1_000):
        while at < len(words) and words[at][0] < nth * 1_000 / SPANS_PER_KB:
            at += 1
        if at >= len(words) or words[at][0] >= last:
            break
        start, end = words[at]
        if nth % 8:
            made.append(EntityDraft(start=start, end=end, text=text[start:end], label=_LABELS[nth % len(_LABELS)]))
        else:
            made.append(_quote(text, start))
        at += 1
    return made


def _quote(text: str, start: int) -> QuoteDraft:
    return QuoteDraft(
        content=(passage(text, start, start + 160),),
        source=(passage(text, start + 165, start + 172),),
        cue=passage(text, start + 174, start + 178),
        form="direct",
        source_kind="named",
    )


def _suggestion(article: str, draft: Draft) -> Suggestion:
    name = f"{article[-12:]} {draft.key}"
    return Suggestion(id=name, article=article, draft=draft, model="bench", version="1", score=0.5)
