"""Writes UIMA CAS XMI with its type system, as INCEpTION and other UIMA programs read it (through dkpro-cassis).

Entities are DKPro's `NamedEntity`. Quotes and stances are span layers of INCEpTION's kind (`webanno.custom.…`); the
parts of a quote are linked by a relation layer. UIMA counts UTF-16 units; cassis converts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cassis import Cas, TypeSystem, load_dkpro_core_typesystem

from annotator.domain.exchange import ArticleLine, QuoteLine
from annotator.domain.progress import Job, Progress
from annotator.domain.spans import Span
from annotator.export.counts import Counts, Loss
from annotator.export.manifest import About
from annotator.export.many_files import Export, file_names
from annotator.export.pieces import left_out, names

ENTITY = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
META = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
QUOTE, LINK, STANCE = "webanno.custom.Quote", "webanno.custom.QuoteLink", "webanno.custom.Stance"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_META_FEATURES = ("documentTitle", "documentId", "collectionId")
_QUOTE_FEATURES = ("part", "form", "reported", "source_kind", "speaker", "record")
_STANCE_FEATURES = ("position", "holder", "via", "target", "dimension", "explicitness", "evidence", "record")
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
            content = cas_of(line, types).to_xmi()
            assert content is not None
            export.write(f"{called[line.article.id]}.xmi", content.encode("utf-8"))
            yield Progress(number, total, "Writing articles")
        export.losses += left_out(kept)
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
    link = types.create_type(LINK)
    types.create_feature(link, "Dependent", QUOTE)
    types.create_feature(link, "Governor", QUOTE)
    types.create_feature(link, "role", _STRING)
    return types


def cas_of(line: ArticleLine, types: TypeSystem) -> Cas:
    """An article with its annotations."""
    cas = Cas(types, sofa_string=_clean(line.text))
    called = {key: _clean(name) for key, name in names(line).items()}
    about = {"documentTitle": line.article.title, "documentId": line.article.name, "collectionId": line.layer}
    title = {name: _clean(value) for name, value in about.items()}
    cas.add(
        types.get_type(META)(begin=0, end=len(line.text), language=line.article.language or "x-unspecified", **title)
    )
    entity, stance_type = types.get_type(ENTITY), types.get_type(STANCE)
    for one in line.entities:
        cas.add(entity(begin=one.start, end=one.end, value=one.label, identifier=called.get(one.actor or "")))
    contents: dict[str, Any] = {}
    for quote in line.quotes:
        contents[quote.id] = _add_quote(cas, types, quote, called)
    for quote in line.quotes:
        if quote.nested_in in contents:
            _link(cas, types, contents[str(quote.nested_in)], contents[quote.id], "nested_in")
    for stance in line.stances:
        said = {
            "position": stance.position,
            "holder": called.get(stance.holder or ""),
            "via": called.get(stance.via or ""),
            "target": called.get(stance.target or ""),
            "dimension": stance.dimension,
            "explicitness": stance.explicitness,
            "record": stance.id,
        }
        for evidence in stance.evidence:
            for span in evidence.spans:
                cas.add(stance_type(begin=span.start, end=span.end, evidence=evidence.type, **said))
    return cas


def _clean(text: str) -> str:
    """A text of the same length that XML can hold."""
    return _NOT_XML.sub("\ufffd", text)


def _add_quote(cas: Cas, types: TypeSystem, quote: QuoteLine, called: dict[str, str]) -> Any:  # noqa: ANN401
    """Add a quote; gives its first fragment."""
    said = {
        "form": quote.form,
        "reported": quote.reported,
        "source_kind": quote.source_kind,
        "speaker": called.get(quote.speaker or ""),
        "record": quote.id,
    }
    type_ = types.get_type(QUOTE)

    def add(span: Span, part: str) -> Any:  # noqa: ANN401
        made = type_(begin=span.start, end=span.end, part=part, **(said if part == "content" else {"record": quote.id}))
        cas.add(made)
        return made

    first, *rest = (add(span, "content") for span in quote.content)
    parts = [(one, "continues") for one in rest]
    parts += [(add(span, "source"), "source") for span in quote.source]
    parts += [(add(quote.cue, "cue"), "cue")] if quote.cue else []
    for part, role in parts:
        _link(cas, types, first, part, role)
    return first


def _link(cas: Cas, types: TypeSystem, governor: Any, dependent: Any, role: str) -> None:  # noqa: ANN401
    # A relation of INCEpTION lies where its dependent does.
    link = types.get_type(LINK)
    cas.add(link(begin=dependent.begin, end=dependent.end, Governor=governor, Dependent=dependent, role=role))
