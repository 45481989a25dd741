"""What breaks the rules of the exchange format is found and named."""

from __future__ import annotations

import hashlib

import msgspec
import pytest

from annotator.domain.articles import new_article
from annotator.domain.drafts import EntityDraft, QuoteDraft
from annotator.domain.line_checks import line_problem, record_ids
from annotator.domain.records import Origin
from annotator.domain.sections import Section
from annotator.domain.spans import Passage, Span
from tests.article_lines import full_line, line_of

LINE = full_line()
END = len(LINE.text)


def _changed(name, number, **fields):
    records = list(getattr(LINE, name))
    records[number] = msgspec.structs.replace(records[number], **fields)
    return msgspec.structs.replace(LINE, **{name: tuple(records)})


def _suggested(draft):
    return _changed("entities", 0, origin=Origin(by="model", suggested=draft))


def _evidence(**fields):
    return _changed("stances", 0, evidence=(msgspec.structs.replace(LINE.stances[0].evidence[0], **fields),))


QUOTE = QuoteDraft(content=(Passage(0, 1, "“"),), form="direct", source_kind="none")

BROKEN = {
    "the article's id is not the hash": msgspec.structs.replace(LINE, text=LINE.text + "x"),
    "not in canonical form": line_of("a\u2028b"),
    "the section 0 to 999 does not lie in the text": msgspec.structs.replace(
        LINE, sections=(Section(kind="body", start=0, end=999),)
    ),
    f"({END - 2} to {END + 1}) does not lie in the text": _changed("entities", 0, start=END - 2, end=END + 1),
    "says “Kiev”, its range “Kyiv”": _changed("entities", 0, text="Kiev"),
    "the quote quote-1 has no content": _changed("quotes", 0, content=()),
    "the quote quote-1 (5 to 5) does not lie": _changed("quotes", 0, content=(Span(5, 5),)),
    "the quote quote-1 (-1 to 5) does not lie": _changed("quotes", 0, source=(Span(-1, 5),)),
    "the quote quote-1 (9 to 5) does not lie": _changed("quotes", 0, cue=Span(9, 5)),
    "the stance stance-1 has evidence without a range": _evidence(spans=()),
    "the stance stance-1 (0 to 999) does not lie": _evidence(spans=(Span(0, 999),)),
    "the confidence 4, which is not 1, 2 or 3": _changed("stances", 0, confidence=4),
    "the score 1.5, which is not between": _changed("rejections", 0, score=1.5),
    "the score 1e-07, which is not between": _changed("quotes", 0, origin=Origin(score=1e-7)),
    "the rejection rejection-1 says “GNP”": _changed(
        "rejections", 0, suggested=msgspec.structs.replace(LINE.rejections[0].suggested, text="GNP")
    ),
    "the suggestion behind the entity": _suggested(EntityDraft(start=1, end=999, text="x", label="ORG")),
    "has no content": _suggested(msgspec.structs.replace(QUOTE, content=())),
    "says “he”, its range ““K”": _suggested(msgspec.structs.replace(QUOTE, source=(Passage(0, 2, "he"),))),
    "(0 to 0) does not lie": _suggested(msgspec.structs.replace(QUOTE, cue=Passage(0, 0, ""))),
    "the id quote-1 is there twice": _changed("stances", 0, id="quote-1"),
    "an id is empty": _changed("notes", 0, id=""),
    "the actor actor-1 is there twice": _changed("actors", 1, id="actor-1"),
    "names the actor nobody, which is not in the line": _changed("entities", 0, actor="nobody"),
    "the quote quote-1 names the actor nobody": _changed("quotes", 0, speaker="nobody"),
    "the quote quote-2 names the quote nothing": _changed("quotes", 1, nested_in="nothing"),
    "the stance stance-1 names the actor nobody": _changed("stances", 0, holder="nobody"),
    "the stance stance-1 names the actor none": _changed("stances", 0, via="none"),
    "the stance stance-1 names the target nothing": _changed("stances", 0, target="nothing"),
    "the stance stance-1 names the quote nothing": _evidence(quote="nothing"),
}


def test_a_line_that_uses_every_part_of_the_format_is_right():
    assert line_problem(LINE) == ""


@pytest.mark.parametrize("words", BROKEN)
def test_a_broken_line_is_named(words):
    assert words in line_problem(BROKEN[words])


def test_a_note_may_be_about_a_record_of_another_layer():
    assert line_problem(_changed("notes", 0, subject="elsewhere")) == ""


def test_the_ids_of_a_line_are_those_of_its_own_records():
    ids = set(record_ids(LINE))
    assert {"status-1", "quote-1", "stance-2", "note-1", "rejection-1"} <= ids and "actor-1" not in ids


def test_a_new_article_has_the_hash_of_its_text_as_its_id_and_its_first_words_as_its_title():
    article = new_article("One line.\nAnother.", name="x.txt")
    assert article.id == "sha256:" + hashlib.sha256(b"One line.\nAnother.").hexdigest()
    assert (article.title, article.sections) == ("One line.", (Section(kind="body", start=0, end=18),))
