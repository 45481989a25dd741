"""Writes training data that spaCy itself reads: three DocBin files and a configuration to train with."""

from __future__ import annotations

import re
from collections import Counter as Tally
from collections.abc import Iterable, Mapping
from pathlib import Path
from struct import Struct

import msgspec
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from annotator.domain.errors import AnnotatorError
from annotator.domain.exchange import ArticleLine
from annotator.domain.progress import Job, Progress, drain
from annotator.export.atomic import FileFacts, FileSet
from annotator.export.counts import Counter, Counts, Loss
from annotator.export.docs import DocMaker
from annotator.export.jsonl import check_line
from annotator.export.manifest import About, Align, add_manifest
from annotator.export.split import (
    DEFAULT_SPLIT,
    PARTS,
    Part,
    Split,
    check_split,
    duplicate_groups,
    sketch,
    split_groups,
)
from annotator.export.training import training_config

# A span as spaCy's SpanGroup packs it: id, knowledge base id, label, tokens from and to, characters from and to.
_SPAN = Struct(">QQQllll")


def write_spacy(
    lines: Iterable[ArticleLine],
    out: Path,
    *,
    split: Split = DEFAULT_SPLIT,
    seed: int = 0,
    sections: Iterable[str] | None = None,
    align: Align = "expand",
    about: About | None = None,
) -> Counts:
    """Write `train.spacy`, `dev.spacy`, `test.spacy` and `config.cfg` into the folder `out`, all or none of them.

    The split is by article, so that no article (and no near-duplicate of it) is on both sides; see `split_groups`.
    Each chosen section of an article is a document of its own; see `DocMaker`. With `about`, the manifest lies beside
    the folder. All of the corpus is in memory at once: a DocBin is.

    Raises:
        AnnotatorError: there is no article, the split cannot be made, a line breaks the rules of the format, or the
            files cannot be written.
    """
    return drain(spacy_job(lines, out, split=split, seed=seed, sections=sections, align=align, about=about))


def spacy_job(
    lines: Iterable[ArticleLine],
    out: Path,
    *,
    split: Split = DEFAULT_SPLIT,
    seed: int = 0,
    sections: Iterable[str] | None = None,
    align: Align = "expand",
    about: About | None = None,
) -> Job[Counts]:
    """`write_spacy` step by step, one article a step; closing the generator leaves everything as it was."""
    shares = check_split(split)
    chosen = None if sections is None else tuple(sections)
    articles: list[ArticleLine] = []
    sketches: dict[str, frozenset[int]] = {}
    counter = Counter()
    for line in lines:
        check_line(line)
        articles.append(line)
        sketches[line.article.id] = sketch(line.text)
        counter.add(line)
        yield Progress(0, 0, "Comparing articles")
    if not articles:
        raise AnnotatorError("There is no article to export.", hint="Import articles first, or choose another layer.")
    parts = split_groups(duplicate_groups(sketches), split=shares, seed=seed)
    nlp, losses = tokenizer(articles)
    maker = DocMaker(nlp, None if chosen is None else frozenset(chosen), align, losses)
    bins = {part: _Bin() for part in PARTS}
    for number, line in enumerate(articles, start=1):
        for doc in maker.docs(line):
            bins[parts[line.article.id]].add(doc)
        yield Progress(number, len(articles), "Writing documents")
    losses += _left_out(counter.counts(parts={})) + _training_gaps(bins)
    counts = counter.counts(parts={f"{part}.spacy": len(bins[part]) for part in PARTS}, losses=tuple(losses))
    if about:
        made = msgspec.structs.replace(about.filter, sections=chosen, split=shares, seed=seed, align=align)
        about = msgspec.structs.replace(about, filter=made)
    _write(out, bins, language=nlp.lang or "xx", counts=counts, about=about)
    return counts


class _Bin(DocBin):
    """A DocBin that is quicker to fill, and knows whether there is anything to learn in it.

    `DocBin.add` spends more than half of its time on looking up nine strings of every token, most of them empty in a
    document without a parse, and on listing the installed encoders anew for each small message. What it stores is
    the same: a test reads it back through spaCy's own class and compares.
    """

    def __init__(self) -> None:
        # Words, spaces and entities; everything else is a span group or user data.
        super().__init__(attrs=("ENT_IOB", "ENT_TYPE"), store_user_data=True)
        self.has_entities = False

    def add(self, doc: Doc) -> None:
        """Store one document."""
        array = doc.to_array(["ORTH", "ENT_IOB", "ENT_TYPE"])
        spaces = doc.to_array(["SPACY"])
        self.tokens.append(array)
        self.spaces.append(spaces.reshape((len(doc), 1)).astype(bool))
        self.flags.append({"has_unknown_spaces": doc.has_unknown_spaces})
        self.cats.append({})
        self.user_data.append(msgspec.msgpack.encode(doc.user_data))
        self.span_groups.append(_packed_groups(doc))
        # ENT_IOB is no string.
        hashes = {*array[:, 0].tolist(), *array[:, 2].tolist()}
        hashes |= {value for group in doc.spans.values() for span in group for value in (span.label, span.id)}
        strings = doc.vocab.strings
        self.strings.update(strings[value] for value in hashes if value)
        self.has_entities = self.has_entities or bool(array[:, 2].any())


def _packed_groups(doc: Doc) -> bytes:
    """What `SpanGroups.to_bytes` gives."""
    packed: dict[bytes, list[str]] = {}
    for name, group in doc.spans.items():
        spans = [
            _SPAN.pack(span.id, 0, span.label, span.start, span.end, span.start_char, span.end_char) for span in group
        ]
        packed[msgspec.msgpack.encode({"name": group.name, "attrs": {}, "spans": spans})] = [name]
    return msgspec.msgpack.encode(packed)


def _write(out: Path, bins: Mapping[Part, _Bin], *, language: str, counts: Counts, about: About | None) -> None:
    contents = {out / f"{part}.spacy": doc_bin.to_bytes() for part, doc_bin in bins.items()}
    contents[out / "config.cfg"] = training_config(language)
    with FileSet() as files:
        files.folder(out)
        facts: dict[Path, FileFacts] = {}
        for path, content in contents.items():
            files.open(path).write(content)
            facts[path] = files.closed(path)
            if facts[path].size != len(content):
                raise AnnotatorError(
                    f"{path.name} was not written: it could not be read back.",
                    hint="The disk may be failing; choose another.",
                )
        if about:
            add_manifest(files, out, export="spacy", about=about, counts=counts, facts=facts)


def tokenizer(lines: Iterable[ArticleLine]) -> tuple[Language, list[Loss]]:
    """A blank pipeline in the language of most articles: a model is trained for one language."""
    languages = Tally(_language(line) for line in lines)
    # The most frequent, the first by name among equals.
    language = min(languages, key=lambda name: (-languages[name], name))
    losses = [
        Loss(reason=f"articles in “{other}” are cut into words as “{language}” ({number})")
        for other, number in sorted(languages.items())
        if other != language
    ]
    try:
        return spacy.blank(language), losses
    except ImportError:
        # Unknown to spaCy, or known only with a package that is not installed.
        loss = Loss(reason=f"spaCy has no word rules for “{language}” here; those for any language are used")
        return spacy.blank("xx"), [*losses, loss]


def _language(line: ArticleLine) -> str:
    code = re.split("[-_]", (line.article.language or "en").lower())[0]
    # spaCy imports a module of that name: nothing but a language code may reach it.
    return code if re.fullmatch("[a-z]{2,3}", code) else "xx"


def _left_out(counts: Counts) -> list[Loss]:
    kinds = {"note": "notes", "rejection": "rejections", "article_status": "states of articles"}
    totals = {kind: sum(layer[kind] for layer in counts.records.values()) for kind in kinds}
    return [
        Loss(reason=f"{words} are left out: the format has no place for them ({totals[kind]})", kind=kind)
        for kind, words in kinds.items()
        if totals[kind]
    ] + [Loss(reason="where records came from (their origin) is left out: the format has no place for it")]


def _training_gaps(bins: Mapping[Part, _Bin]) -> list[Loss]:
    reasons: dict[Part, str] = {
        "train": "train.spacy is empty: no chosen section has text",
        "dev": "dev.spacy is empty: it takes two articles that are not near-duplicates; spaCy cannot train without it",
        "test": "test.spacy is empty: it takes three articles that are not near-duplicates",
    }
    losses = [Loss(reason=reasons[part]) for part, doc_bin in bins.items() if not len(doc_bin)]
    if len(bins["train"]) and not bins["train"].has_entities:
        losses.append(Loss(reason="train.spacy has no entity: spaCy has nothing to learn from it"))
    return losses


def read_docs(path: Path, nlp: Language) -> list[Doc]:
    """The documents of a DocBin file, in the order they were written."""
    return list(DocBin().from_disk(path).get_docs(nlp.vocab))
