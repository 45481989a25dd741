"""Writes W3C Web Annotations (JSON-LD, Recommendation of 2017): every range by its words and by its position.

Positions count code points of the article's text, as the Web Annotation Data Model asks (4.2.4, 4.2.5). An article is
named by the hash of its text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from annotator.domain.canonical import canonical_json, sha256_hex
from annotator.domain.exchange import ArticleLine, QuoteLine, StanceLine
from annotator.domain.progress import Job, Progress
from annotator.domain.records import Origin
from annotator.domain.spans import Span
from annotator.export.counts import Counts
from annotator.export.facts import Facts, Told, left_out, notes_on, stance_words
from annotator.export.manifest import About
from annotator.export.many_files import Export, pretty
from annotator.export.pieces import CUE, SOURCE, quote_label, stance_label

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
        export.losses += left_out(kept, holds=("notes", "facts"))
        # Both must have a name (Data Model 5.1, 5.2): that of what they hold.
        name = f"urn:annotator:collection:{sha256_hex(canonical_json(items))}"
        page: Json = {"id": f"{name}:1", "type": "AnnotationPage", "partOf": name, "startIndex": 0, "items": items}
        collection: Json = {"@context": CONTEXT, "id": name, "type": "AnnotationCollection"}
        collection |= {"label": "Annotations", "total": len(items), "first": page}
        export.write("", pretty(collection))
        return export.finish({out.name: len(items)})


class _Annotations:
    """The annotations of one article."""

    def __init__(self, line: ArticleLine) -> None:
        self._line = line
        self._facts = Facts(line)
        self._notes = notes_on(line)
        self._source = f"urn:annotator:article:{line.article.id}"

    def all(self) -> Iterator[Json]:
        for one in self._line.entities:
            bodies = [_body("tagging", one.label), *self._told(one.id, self._facts.entity(one), "actor")]
            yield self._annotation(one.id, "tagging", bodies, [Span(one.start, one.end)], one.origin)
        for quote in self._line.quotes:
            yield from self._quote(quote)
        for stance in self._line.stances:
            yield from self._stance(stance)

    def _quote(self, quote: QuoteLine) -> Iterator[Json]:
        bodies = [_body("tagging", quote_label(quote)), *self._told(quote.id, self._facts.quote(quote), "speaker")]
        if quote.nested_in is not None:
            bodies.append(_linking(quote.nested_in))
        yield self._annotation(quote.id, "tagging", bodies, quote.content, quote.origin)
        for label, spans in ((SOURCE, quote.source), (CUE, (quote.cue,) if quote.cue else ())):
            if spans:
                bodies = [_body("tagging", label), _linking(quote.id)]
                yield self._annotation(f"{quote.id}:{label}", "linking", bodies, spans, quote.origin)

    def _stance(self, stance: StanceLine) -> Iterator[Json]:
        spans = [span for evidence in stance.evidence for span in evidence.spans]
        if spans:
            told = self._facts.stance(stance)
            types = {"evidence_type": ", ".join(dict.fromkeys(one.type for one in stance.evidence))}
            bodies = [_body("tagging", stance_label(stance)), _body("describing", stance_words(told))]
            bodies += self._told(stance.id, told | types, "holder")
            yield self._annotation(stance.id, "assessing", bodies, spans, stance.origin)

    def _told(self, record: str, told: Told, who: str) -> Iterator[Json]:
        """Bodies for what is said of a record: the name that identifies somebody, the other facts, the notes."""
        for name, value in told.items():
            yield _body("identifying", value) if name == who else _body("describing", f"{name}: {value}")
        yield from (_body("commenting", text) for text in self._notes.get(record, ()))

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


def _linking(record: str) -> Json:
    return {"type": "SpecificResource", "purpose": "linking", "source": _urn(record)}


def _urn(record: str) -> str:
    return f"urn:annotator:record:{record}"
