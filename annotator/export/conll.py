"""Writes columns of words and tags: a word a line, its tags (IOB2) after tabs, an empty line after each sentence.

The columns: word, part of speech (not known, `_`), content of a quote, its source, its cue, entity. Entities come last,
and documents are divided as in CoNLL-2003, so that its readers take them: `python -m spacy convert --converter ner`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from spacy.tokens import Doc, Span

from annotator.domain.exchange import ArticleLine
from annotator.domain.progress import Job, Progress
from annotator.export.counts import Counts, Loss
from annotator.export.facts import left_out
from annotator.export.manifest import About, Align
from annotator.export.many_files import Export
from annotator.export.pieces import CUE, SOURCE, quote_label
from annotator.export.words import Words

_DIVIDER = "-DOCSTART- -X- O O\n\n"
_LACKS = "links and kinds of quotes, actors, targets and stances are left out: the format has no place for them"


def conll_job(
    lines: Iterable[ArticleLine],
    out: Path,
    *,
    total: int = 0,
    sections: Iterable[str] | None = None,
    align: Align = "expand",
    about: About | None = None,
) -> Job[Counts]:
    """A job that writes one file with all chosen sections, each after a `-DOCSTART-` line.

    Of ranges of one column that overlap the longest is tagged, and the others are listed as lost. Errors are those of
    `FileSet` and `check_line`.
    """
    with Export("conll", out, about=about, is_folder=False) as export:
        kept = list(export.read(lines))
        words = Words(kept, sections, align)
        text: list[str] = []
        documents = 0
        for number, line in enumerate(kept, start=1):
            for doc in words.docs(line):
                documents += 1
                text += _document(doc, line, words.losses)
            yield Progress(number, len(kept), "Writing documents")
        export.losses += [*words.losses, *left_out(kept, holds=("sections",), words=_LACKS)]
        export.write("", "".join(text).encode("utf-8"))
        return export.finish({out.name: documents})


def _document(doc: Doc, line: ArticleLine, losses: list[Loss]) -> Iterator[str]:
    labels = {one.id: quote_label(one) for one in line.quotes}
    quotes = [(span, labels[span.id_]) for span in doc.spans["quotes"]]
    parts = ([(span, label) for span in doc.spans[group]] for group, label in (("sources", SOURCE), ("cues", CUE)))
    entities = [(span, span.label_ or "NONE") for span in doc.spans["entities"]]
    columns = [_tags(doc, spans, line, losses) for spans in (quotes, *parts, entities)]
    yield _DIVIDER
    for sentence in doc.sents:
        rows = [
            "\t".join([token.text, "_", *(column[token.i] for column in columns)]) + "\n"
            for token in sentence
            # A line end is no word, and would break the line.
            if not token.is_space
        ]
        yield from (*rows, "\n") if rows else ()


def _tags(doc: Doc, labelled: Iterable[tuple[Span, str]], line: ArticleLine, losses: list[Loss]) -> list[str]:
    tags = ["O"] * len(doc)
    for span, label in sorted(labelled, key=lambda one: (one[0].start - one[0].end, one[0].start, one[0].id_)):
        if any(tags[at] != "O" for at in range(span.start, span.end)):
            reason = f"“{span.text[:40]}” overlaps a longer range of its column"
            losses.append(Loss(reason=reason, article=line.article.id, record=span.id_))
            continue
        for at in range(span.start, span.end):
            tags[at] = f"{'B' if at == span.start else 'I'}-{label}"
    return tags
