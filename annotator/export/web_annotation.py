"""Writes W3C Web Annotations (JSON-LD, Recommendation of 2017): every range by its words and by its position.

Positions count code points of the article's text, as the Web Annotation Data Model asks (4.2.4, 4.2.5). An article is
named by the hash of its text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from annotator.domain.exchange import ArticleLine, QuoteLine, StanceLine
from annotator.domain.progress import Job, Progress
from annotator.domain.records import Origin
from annotator.domain.spans import Span
from annotator.export.counts import Counts
from annotator.export.manifest import About
from annotator.export.many_files import Export, pretty
from annotator.export.pieces import CUE, SOURCE, left_out, names, quote_label, stance_words

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32

Json = dict[str, object]


def web_annotation_job(
    lines: Iterable[ArticleLine], out: Path, *, total: int = 0, about: About | None = None
) -> Job[Counts]:
    """A job that writes one collection with all annotations. Errors are those of `FileSet` and `check_line`."""
    items: list[Json] = []
    kept: list[ArticleLine] = []
    with Export("web-annotation", out, about=about, is_folder=False) as export:
        for line in export.read(lines):
            kept.append(line)
            items += _Annotations(line).all()
            yield Progress(export.articles, total, "Writing articles")
        export.losses += left_out(kept)
        page: Json = {"type": "AnnotationPage", "startIndex": 0, "items": items}
        collection: Json = {"@context": CONTEXT, "type": "AnnotationCollection", "total": len(items), "first": page}
        export.write("", pretty(collection))
        return export.finish({out.name: len(items)})


class _Annotations:
    """The annotations of one article."""

    def __init__(self, line: ArticleLine) -> None:
        self._line = line
        self._called = names(line)
        self._source = f"urn:annotator:article:{line.article.id}"

    def all(self) -> Iterator[Json]:
        for one in self._line.entities:
            bodies = [_body("tagging", one.label), *self._named("identifying", one.actor)]
            yield self._annotation(one.id, "tagging", bodies, [Span(one.start, one.end)], one.origin)
        for quote in self._line.quotes:
            yield from self._quote(quote)
        for stance in self._line.stances:
            yield from self._stance(stance)

    def _quote(self, quote: QuoteLine) -> Iterator[Json]:
        bodies = [_body("tagging", quote_label(quote)), *self._named("identifying", quote.speaker)]
        yield self._annotation(quote.id, "tagging", bodies, quote.content, quote.origin)
        for label, spans in ((SOURCE, quote.source), (CUE, (quote.cue,) if quote.cue else ())):
            if spans:
                link: Json = {"type": "SpecificResource", "purpose": "linking", "source": _urn(quote.id)}
                bodies = [_body("tagging", label), link]
                yield self._annotation(f"{quote.id}:{label}", "linking", bodies, spans, quote.origin)

    def _stance(self, stance: StanceLine) -> Iterator[Json]:
        spans = [span for evidence in stance.evidence for span in evidence.spans]
        if spans:
            words = _body("describing", stance_words(stance, self._called))
            bodies = [_body("tagging", f"stance_{stance.position or 'open'}"), words]
            yield self._annotation(stance.id, "assessing", bodies, spans, stance.origin)

    def _named(self, purpose: str, actor: str | None) -> list[Json]:
        return [_body(purpose, self._called[actor])] if actor in self._called and actor is not None else []

    def _annotation(
        self, record: str, motivation: str, bodies: Sequence[Json], spans: Sequence[Span], origin: Origin
    ) -> Json:
        targets = [self._target(span) for span in spans]
        creator: Json = {"type": "Person", "name": self._line.layer}
        if origin.by == "model" and self._line.layer == "suggestions":
            creator = {"type": "Software", "name": f"{origin.name} {origin.version}".strip()}
        return {
            "@context": CONTEXT,
            "id": _urn(record),
            "type": "Annotation",
            "motivation": motivation,
            "creator": creator,
            "body": list(bodies),
            "target": targets[0] if len(targets) == 1 else targets,
        }

    def _target(self, span: Span) -> Json:
        text = self._line.text
        quoted: Json = {
            "type": "TextQuoteSelector",
            "exact": text[span.start : span.end],
            "prefix": text[max(0, span.start - _AROUND) : span.start],
            "suffix": text[span.end : span.end + _AROUND],
        }
        placed: Json = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
        return {"source": self._source, "selector": [quoted, placed]}


def _body(purpose: str, value: str) -> Json:
    return {"type": "TextualBody", "purpose": purpose, "value": value}


def _urn(record: str) -> str:
    return f"urn:annotator:record:{record}"
