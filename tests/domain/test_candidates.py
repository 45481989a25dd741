"""Words that may be the cue of a new quote: known verbs, and what has the shape of one."""

from __future__ import annotations

import pytest

from annotator.domain.candidates import cue_candidates
from annotator.domain.spans import Span


def cues(text: str, content: str) -> list[str]:
    start = text.index(content)
    return [text[one.start : one.end] for one in cue_candidates(text, [Span(start, start + len(content))])]


@pytest.mark.parametrize(
    ("text", "content", "cue"),
    [
        ("“We will not go,” Hegseth quipped in Brussels.", "“We will not go,”", "quipped"),
        ("The minister bemoaned that aid came late.", "aid came late", "bemoaned"),
        ("Merz underlines: Europe is ready.", "Europe is ready", "underlines"),
        ("Officials, he muses, are tired of it.", "are tired of it", "muses"),
    ],
)
def test_cue_is_proposed_for_a_verb_that_is_in_no_table(text: str, content: str, cue: str) -> None:
    assert cues(text, content)[0] == cue


def test_known_verb_comes_before_what_only_looks_like_one() -> None:
    text = "Hegseth, who visited Brussels, said “we stand by it” as Rutte beamed."
    assert cues(text, "“we stand by it”")[0] == "said"


def test_nouns_and_names_are_no_cues() -> None:
    assert cues("The allies in Brussels: “no more.”", "“no more.”") == []
    assert cues("Europe borders on Russia. “No more.”", "“No more.”") == []
