"""What each format is for, and what it has no place for, in a sentence each: for those who have to choose one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

GROUPS = (
    "Lossless",
    "For training",
    "For other annotation tools",
    "Tables",
    "Networks",
    "Pages",
    "Audit",
)


@dataclass(frozen=True, slots=True)
class Description:
    """A format's group (one of `GROUPS`), its short name, what it is for, and what it cannot hold (may be empty)."""

    group: str
    name: str
    use: str
    lacks: str = ""


_OTHER = "Other"
_NO_ORIGIN = "where records came from, notes, what was rejected"
_TABLES = "where sections begin, guesses at a speaker after the first"

_KNOWN = {
    "jsonl": Description(
        "Lossless",
        "JSON Lines",
        "Everything, one line an article. Annotator takes it back, and scripts read it easily.",
    ),
    "spacy": Description(
        "For training",
        "spaCy",
        "A folder with training, development and test data, and a config.cfg that spacy train runs.",
        f"{_NO_ORIGIN}; overlapping entities are in doc.spans, not in doc.ents",
    ),
    "conll": Description(
        "For training",
        "CoNLL",
        "Columns of words with BIO tags of entities, quotes, sources and cues.",
        f"ranges that overlap in a column, speakers, stances, {_NO_ORIGIN}",
    ),
    "prodigy": Description(
        "For training",
        "Prodigy",
        "A task for each section, with words, spans and relations, for prodigy db-in.",
        _NO_ORIGIN,
    ),
    "doccano": Description(
        "For other annotation tools",
        "doccano",
        "A folder with a file for its sequence labelling and one with relations, and their label sets.",
        f"speakers, holders, targets, {_NO_ORIGIN}",
    ),
    "label-studio": Description(
        "For other annotation tools",
        "Label Studio",
        "A folder with the tasks, and the labelling interface that shows them.",
        _NO_ORIGIN,
    ),
    "brat": Description(
        "For other annotation tools",
        "brat",
        "A folder with texts and stand-off marks, and brat's configuration.",
        _NO_ORIGIN,
    ),
    "cas": Description(
        "For other annotation tools",
        "CAS XMI (INCEpTION)",
        "A folder with an XMI file an article and the type system, as INCEpTION and dkpro-cassis read them.",
        _NO_ORIGIN,
    ),
    "web-annotation": Description(
        "For other annotation tools",
        "Web Annotation",
        "W3C annotations as JSON-LD: each range by its position and by its words.",
        _NO_ORIGIN,
    ),
    "csv": Description(
        "Tables",
        "CSV",
        "A folder with a table a kind: articles, entities, quotes, stances and more; safe in spreadsheets.",
        _TABLES,
    ),
    "xlsx": Description("Tables", "Excel", "One workbook with a sheet a kind; no cell is ever a formula.", _TABLES),
    "parquet": Description(
        "Tables", "Parquet", "A folder with the same tables with types, for pandas, polars, R and DuckDB.", _TABLES
    ),
    "dna": Description(
        "Networks",
        "Discourse Network Analyzer",
        "A row a stance, in the columns of DNA. Only stances that are submitted, or proposed.",
        "entities, quotes, positions other than for and against",
    ),
    "graphml": Description(
        "Networks",
        "GraphML",
        "A folder with networks of actors and targets, of agreement and of conflict among actors.",
        "all words: evidence, quotes, entities",
    ),
    "gexf": Description(
        "Networks", "GEXF (Gephi)", "The same networks, as Gephi opens them.", "all words: evidence, quotes, entities"
    ),
    "html": Description(
        "Pages",
        "HTML pages",
        "A folder with a page an article for any browser, offline: highlights, who said what, history.",
        "offsets, guesses at a speaker",
    ),
    "audit": Description(
        "Audit",
        "Audit",
        "A new folder with every act of everybody, signed, and verify.py, which checks it without Annotator.",
        "suggestions that nobody decided about",
    ),
}


def description(name: str, title: str = "") -> Description:
    """What a format is for; of one that nothing is known about its title."""
    return _KNOWN.get(name) or Description(_OTHER, name, title)


def grouped(names: Collection[str]) -> dict[str, list[str]]:
    """The names of formats by group, in the order in which they are offered."""
    found: dict[str, list[str]] = {group: [] for group in (*GROUPS, _OTHER)}
    for name in [*(one for one in _KNOWN if one in names), *(one for one in names if one not in _KNOWN)]:
        found[description(name).group].append(name)
    return {group: inside for group, inside in found.items() if inside}
