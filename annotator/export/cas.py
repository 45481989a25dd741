"""Writes UIMA CAS XMI with its type system, as INCEpTION and other UIMA programs read it (through dkpro-cassis).

Entities are DKPro's `NamedEntity`, sections its `Div`. Quotes and stances are span layers of INCEpTION's kind
(`webanno.custom.…`); the parts of each are linked by a relation layer. UIMA counts UTF-16 units; cassis converts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cassis import Cas, TypeSystem, load_dkpro_core_typesystem

from annotator.domain.exchange import ArticleLine, QuoteLine, StanceLine
from annotator.domain.progress import Job, Progress
from annotator.domain.spans import Span
from annotator.export.counts import Counts, Loss
from annotator.export.facts import QUOTE_FACTS, STANCE_FACTS, Facts, Told, left_out, notes_on
from annotator.export.manifest import About
from annotator.export.many_files import Export, file_names

ENTITY = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
META = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
SECTION = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Div"
QUOTE, LINK = "webanno.custom.Quote", "webanno.custom.QuoteLink"
STANCE, STANCE_LINK = "webanno.custom.Stance", "webanno.custom.StanceLink"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_META_FEATURES = ("documentTitle", "documentId", "collectionId")
_QUOTE_FEATURES = ("part", *QUOTE_FACTS, "note", "record")
_STANCE_FEATURES = (*STANCE_FACTS, "note", "record")
_STRING = "uima.cas.String"


def cas_job(lines: Iterable[ArticleLine], out: Path, *, total: int = 0, about: About | None = None) -> Job[Counts]:
    """A job that writes the folder `out`: `NAME.xmi` for each article, and `TypeSystem.xml`.

    Errors are those of `FileSet` and `check_line`.
    """
    with Export("cas", out, about=about, is_folder=True) as export:
        kept = list(export.read(lines))
        called = file_names(kept)
        types = type_system()
        for number, line in enumerate(kept, start=1):
            if _NOT_XML.search(line.text):
                reason = "control characters of the text are written as �: XML 1.0 has no place for them"
                export.losses.append(Loss(reason=reason, article=line.article.id))
            made, notes = cas_of(line, types)
            if notes:
                reason = f"notes that are on no quote or stance are left out ({notes})"
                export.losses.append(Loss(reason=reason, kind="note", article=line.article.id))
            content = made.to_xmi()
            assert content is not None
            export.write(f"{called[line.article.id]}.xmi", content.encode("utf-8"))
            yield Progress(number, total, "Writing articles")
        export.losses += left_out(kept, holds=("notes", "sections", "facts"))
        export.write("TypeSystem.xml", types.to_xml().encode("utf-8"))
        return export.finish({f"{name}.xmi": 1 for name in sorted(called.values())})


def type_system() -> TypeSystem:
    """DKPro's types and the layers of quotes and stances."""
    types = load_dkpro_core_typesystem()
    meta = types.create_type(META, "uima.tcas.DocumentAnnotation")
    for feature in _META_FEATURES:
        types.create_feature(meta, feature, _STRING)
    for name, features in ((QUOTE, _QUOTE_FEATURES), (STANCE, _STANCE_FEATURES)):
        made = types.create_type(name)
        for feature in features:
            types.create_feature(made, feature, _STRING)
    # INCEpTION knows a relation layer by its two ends, and one joins spans of one layer.
    for name, ends in ((LINK, QUOTE), (STANCE_LINK, STANCE)):
        link = types.create_type(name)
        types.create_feature(link, "Dependent", ends)
        types.create_feature(link, "Governor", ends)
        types.create_feature(link, "role", _STRING)
    return types


def cas_of(line: ArticleLine, types: TypeSystem) -> tuple[Cas, int]:
    """An article with its annotations, and how many notes have found no place."""
    cas = Cas(types, sofa_string=_clean(line.text))
    facts, notes = Facts(line), notes_on(line)
    about = {"documentTitle": line.article.title, "documentId": line.article.name, "collectionId": line.layer}
    whole = Span(0, len(line.text))
    _add(cas, META, whole, {"language": line.article.language or "x-unspecified", **about})
    for number, section in enumerate(line.sections, start=1):
        _add(cas, SECTION, Span(section.start, section.end), {"id": str(number), "divType": section.kind})
    for one in line.entities:
        said = {"value": one.label, "identifier": facts.entity(one).get("actor", "")}
        _add(cas, ENTITY, Span(one.start, one.end), said)
    contents: dict[str, Any] = {}
    for quote in line.quotes:
        contents[quote.id] = _add_quote(cas, quote, facts.quote(quote) | _noted(notes, quote.id))
    for quote in line.quotes:
        if quote.nested_in in contents:
            _link(cas, LINK, contents[str(quote.nested_in)], contents[quote.id], "nested_in")
    for stance in line.stances:
        if stance.evidence:
            _add_stance(cas, stance, facts.stance(stance) | _noted(notes, stance.id))
    return cas, sum(len(texts) for texts in notes.values())


def _noted(notes: dict[str, list[str]], record: str) -> Told:
    """The notes on a record as a feature; they are taken out."""
    found = notes.pop(record, [])
    return {"note": "\n".join(found)} if found else {}


def _add(cas: Cas, type_name: str, span: Span, said: Told) -> Any:  # noqa: ANN401
    values = {name: _clean(value) for name, value in said.items() if value}
    made = cas.typesystem.get_type(type_name)(begin=span.start, end=span.end, **values)
    cas.add(made)
    return made


def _clean(text: str) -> str:
    """A text of the same length that XML can hold."""
    return _NOT_XML.sub("\ufffd", text)


def _add_quote(cas: Cas, quote: QuoteLine, told: Told) -> Any:  # noqa: ANN401
    """Add a quote; gives its first fragment. Each fragment says what is said of the quote, but for the notes."""
    fragment = {name: value for name, value in told.items() if name != "note"}

    def add(span: Span, part: str, said: Told) -> Any:  # noqa: ANN401
        return _add(cas, QUOTE, span, {"part": part, "record": quote.id, **said})

    first, *rest = (add(span, "content", fragment if number else told) for number, span in enumerate(quote.content))
    parts = [(one, "continues") for one in rest]
    parts += [(add(span, "source", {}), "source") for span in quote.source]
    parts += [(add(quote.cue, "cue", {}), "cue")] if quote.cue else []
    for part, role in parts:
        _link(cas, LINK, first, part, role)
    return first


def _add_stance(cas: Cas, stance: StanceLine, told: Told) -> None:
    """Add the evidence of a stance, every piece with what is said of the stance, but for the notes."""
    first = None
    for evidence in stance.evidence:
        for span in evidence.spans:
            made = _add(cas, STANCE, span, {"record": stance.id, "evidence_type": evidence.type, **told})
            if first is not None:
                _link(cas, STANCE_LINK, first, made, "continues")
            else:
                first, told = made, {name: value for name, value in told.items() if name != "note"}


def _link(cas: Cas, type_name: str, governor: Any, dependent: Any, role: str) -> None:  # noqa: ANN401
    # A relation of INCEpTION lies where its dependent does.
    link = cas.typesystem.get_type(type_name)
    cas.add(link(begin=dependent.begin, end=dependent.end, Governor=governor, Dependent=dependent, role=role))
