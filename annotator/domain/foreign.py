"""What readers of other programs’ annotations give: texts with labelled marks and links, offsets as the file has."""

from __future__ import annotations

from typing import Literal

import msgspec

from annotator.domain.articles import Metadata

Unit = Literal["codepoint", "utf16", "utf8"]
UNIT_NAMES: dict[Unit, str] = {
    "codepoint": "characters (code points)",
    "utf16": "UTF-16 code units, as browsers and Java count",
    "utf8": "UTF-8 bytes",
}


class ForeignMark(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words with a label: `spans` are half-open and in the file's own unit, `words` what the file repeats of them.

    Marks of one role and one `record` are pieces of one thing. `facts` are what the file says of it besides, by the
    names of `FACTS`. `line` is where it stands in its file, where a text has several lines there.
    """

    key: str
    label: str
    spans: tuple[tuple[int, int], ...]
    words: str | None = None
    record: str = ""
    score: float | None = None
    facts: dict[str, str] = {}
    line: int = 0


FACTS = (
    "form",
    "source_kind",
    "reported",
    "speaker",
    "speaker_type",
    "actor",
    "position",
    "holder",
    "holder_type",
    "via",
    "target",
    "target_label",
    "dimension",
    "explicitness",
    "evidence_type",
)


class ForeignLink(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A link from one mark to another, by their keys."""

    label: str
    start: str
    end: str


class ForeignText(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A text of a file with its marks, or a `problem`: why there is none.

    `article` is the id of the article that the text is a part of, where the file says so; `place` names file and line,
    `who` whoever made the marks; `is_decided` is False for what only a model says there; `is_turned_down` is True for
    what somebody rejected or skipped whole: its article is not taken in for that. `left_out` counts what the reader
    knows to have no place here, by reason.
    """

    place: str
    name: str = ""
    article: str = ""
    text: str = ""
    known: Metadata = Metadata()
    who: str = ""
    is_decided: bool = True
    is_turned_down: bool = False
    marks: tuple[ForeignMark, ...] = ()
    links: tuple[ForeignLink, ...] = ()
    left_out: dict[str, int] = {}
    problem: str = ""
