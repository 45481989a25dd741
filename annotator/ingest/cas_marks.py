"""Reads UIMA CAS as XMI: named entities of DKPro, span and relation layers of INCEpTION, also in its zip exports.

Every annotation of a layer that has a `value` or `label`, or that is a custom layer, is a mark; tokens, sentences and
the like are none. XMI counts UTF-16 code units. No type system is needed: what XMI itself says is enough.
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from annotator.domain.articles import Metadata, plain_fact
from annotator.domain.errors import BadExchange, UnreadableArticle
from annotator.domain.foreign import FACTS, ForeignLink, ForeignMark, ForeignText
from annotator.ingest.files import shown_name
from annotator.ingest.plain_json import whole_file
from annotator.ingest.zips import check_zip

_ID = "{http://www.omg.org/XMI}id"
_CAS = "{http:///uima/cas.ecore}"
_LABELS = ("value", "label", "part")
# What tools make by themselves and nobody labels: tokens, sentences, part-of-speech tags, dependencies.
_MACHINERY = ("/segmentation/", "/lexmorph/", "/morph/", "/metadata/", "/syntax/", "/uima/", "/tcas")
_MAX_DEPTH = 64
# What INCEpTION calls a document before anybody worked on it.
_UNTOUCHED = "INITIAL_CAS"

Attributes = dict[str, str]


def read_cas(path: Path) -> Iterator[ForeignText]:
    """The texts of an XMI file, or of all XMI files in a zip.

    Raises:
        BadExchange: it cannot be read, is no such XML or holds what could harm, or the archive is damaged.
    """
    name = shown_name(path)
    raw = whole_file(path)
    if not zipfile.is_zipfile(io.BytesIO(raw)):
        yield _text(raw, name, path.stem)
        return
    try:
        check_zip(io.BytesIO(raw), name=name, kind="UIMA CAS", needs="")
    except UnreadableArticle as error:
        raise BadExchange(error.message, hint=error.hint) from None
    yield from _zipped(io.BytesIO(raw), name)


def _zipped(stream: BinaryIO, name: str, *, document: str = "", who: str = "") -> Iterator[ForeignText]:
    """INCEpTION puts a zip for each annotator of a document into the zip of a project: `annotation/NAME/WHO.zip`."""
    try:
        with zipfile.ZipFile(stream) as archive:
            for entry in sorted(archive.namelist()):
                *folders, file = entry.split("/")
                stem, _, suffix = file.rpartition(".")
                if suffix == "xmi":
                    inside = document or (folders[-1] if folders else stem)
                    yield _text(archive.read(entry), f"{name}/{entry}", inside, who=who)
                elif suffix == "zip" and not document and folders and stem != _UNTOUCHED:
                    inner = io.BytesIO(archive.read(entry))
                    check_zip(inner, name=f"{name}/{entry}", kind="UIMA CAS", needs="")
                    yield from _zipped(inner, f"{name}/{entry}", document=folders[-1], who=stem)
    except UnreadableArticle as error:
        raise BadExchange(error.message, hint=error.hint) from None
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError) as error:
        raise BadExchange(f"{name} is a damaged archive ({error}).", hint="Export it again.") from None


def _text(raw: bytes, place: str, name: str, *, who: str = "") -> ForeignText:
    try:
        elements = _elements(raw)
    except BadExchange as error:
        return ForeignText(place=place, problem=f"{place} cannot be read: {error.message}.")
    except Exception as error:
        if type(error).__module__.startswith(("xml", "defusedxml")):
            return ForeignText(place=place, problem=f"{place} is no XMI that can be read: {error}.")
        raise
    sofas = [attributes for tag, attributes in elements if tag == f"{_CAS}Sofa"]
    if not sofas or "sofaString" not in sofas[0]:
        return ForeignText(place=place, problem=f"{place} holds no text.")
    sofa = next((one for one in sofas if one.get("sofaID") == "_InitialView"), sofas[0])
    try:
        marks, links, left_out = _marks(elements, sofa)
    except ValueError as error:
        return ForeignText(place=place, problem=f"{place} has an annotation that is none: {error}.")
    meta = next((one for tag, one in elements if tag.endswith("}DocumentMetaData")), {})
    language = meta.get("language", "")
    return ForeignText(
        place=place,
        name=plain_fact(meta.get("documentId", "")) or name,
        text=sofa["sofaString"],
        known=Metadata(
            title=plain_fact(meta.get("documentTitle", "")), language="" if language == "x-unspecified" else language
        ),
        who=who,
        is_decided=meta.get("collectionId", "") != "suggestions",
        marks=tuple(marks),
        links=tuple(links),
        left_out=dict(left_out),
    )


def _elements(raw: bytes) -> list[tuple[str, Attributes]]:
    from defusedxml.ElementTree import iterparse

    found: list[tuple[str, Attributes]] = []
    depth = 0
    for event, element in iterparse(io.BytesIO(raw), events=("start", "end"), forbid_dtd=True):
        depth += 1 if event == "start" else -1
        if depth > _MAX_DEPTH:
            raise BadExchange(f"it is nested more than {_MAX_DEPTH} deep")
        if event == "end" and depth == 1:
            found.append((str(element.tag), _attributes(element)))
            element.clear()
    return found


def _attributes(element: Any) -> Attributes:  # noqa: ANN401
    return {str(name): str(value) for name, value in element.attrib.items()}


def _marks(
    elements: list[tuple[str, Attributes]], sofa: Attributes
) -> tuple[list[ForeignMark], list[ForeignLink], Counter[str]]:
    marks: list[ForeignMark] = []
    links: list[ForeignLink] = []
    left_out = Counter[str]()
    for tag, one in elements:
        space, _, layer = tag.rpartition("}")
        if any(part in f"{space}/" for part in _MACHINERY) or one.get("sofa") != sofa.get(_ID):
            continue
        if "Governor" in one or "Dependent" in one:
            label = next((one[name] for name in ("role", "label", "value") if one.get(name)), layer)
            links.append(ForeignLink(label=label, start=one.get("Governor", ""), end=one.get("Dependent", "")))
        elif "begin" in one and "end" in one:
            facts = {name: one[name] for name in FACTS if one.get(name)}
            if one.get("evidence"):
                facts["evidence_type"] = one["evidence"]
            marks.append(
                ForeignMark(
                    key=one.get(_ID, str(len(marks))),
                    label=next((one[name] for name in _LABELS if one.get(name)), layer),
                    spans=((int(one["begin"]), int(one["end"])),),
                    record=one.get("record", ""),
                    facts=facts,
                )
            )
        else:
            left_out["annotations that are no span"] += 1
    return marks, links, left_out
