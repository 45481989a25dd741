"""Marks in HTML: whatever overlaps, every character is there once and in all of its marks, and tags are nested."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.spans import Span
from annotator.export.page_marks import Mark, drawn, marks_of
from annotator.export.readable import Readable
from tests.article_lines import entity, full_line, line_of
from tests.export.cases import trail


class Reader(HTMLParser):
    """The text, and for each character the records of the marks that are open there."""

    def __init__(self):
        super().__init__()
        self.text, self.inside, self.labels, self._open = "", [], [], []

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag == "i":
            self.labels.append((len(self.text), found["data-l"]))
        self._open.append((tag, found.get("data-id")))

    def handle_endtag(self, tag):
        assert self._open.pop()[0] == tag

    def handle_data(self, data):
        self.text += data
        self.inside += [{record for _, record in self._open if record}] * len(data)

    def close(self):
        super().close()
        assert self._open == []
        return self


def read(html):
    reader = Reader()
    reader.feed(str(html))
    return reader.close()


SPANS = st.tuples(st.integers(0, 11), st.integers(1, 12)).map(lambda pair: Span(min(pair), max(*pair, min(pair) + 1)))


@given(st.lists(SPANS, max_size=7), st.integers(0, 5), st.integers(6, 12), st.data())
def test_every_character_is_there_once_in_all_of_its_marks(spans, start, end, data):
    ranks = [data.draw(st.integers(0, 4)) for _ in spans]
    marks = [
        Mark(span, rank, "e", "told", f"r{number}", "ORG" if rank == 4 else "")
        for number, (span, rank) in enumerate(zip(spans, ranks, strict=True))
    ]
    found = read(drawn("ab<&>\"'cdé😅f", Span(start, end), marks))
    assert found.text == "ab<&>\"'cdé😅f"[start:end]
    assert found.inside == [
        {mark.record for mark in marks if mark.span.start <= place < mark.span.end} for place in range(start, end)
    ]
    # A label stands where its mark begins, and once.
    begun = [mark.span.start - start for mark in marks if mark.label and start <= mark.span.start < end]
    assert sorted(place for place, _ in found.labels) == sorted(begun)


def test_an_entity_within_another_is_drawn_beneath_it():
    text = "Bank of England said"
    line = line_of(text, entities=(entity(text, "Bank of England"), entity(text, "England", "GPE")))
    html = str(drawn(text, Span(0, len(text)), marks_of(Readable(line), trail())))
    assert 'class="e other d0"' in html and 'class="e place d1"' in html and html.count("</span>") == 2


def test_a_label_that_the_one_before_reaches_into_goes_lower():
    text = "his first Ukraine Group meeting in Kyiv"
    marked = (entity(text, "first", "ORDINAL"), entity(text, "Ukraine Group", "ORG"), entity(text, "Kyiv", "GPE"))
    line = line_of(text, entities=marked)
    html = str(drawn(text, Span(0, len(text)), marks_of(Readable(line), trail())))
    assert '<i data-l="ORDINAL">' in html and '<i class="low" data-l="ORG">' in html and '<i data-l="GPE">' in html


def test_quotes_sources_cues_entities_and_loose_evidence_are_all_marked():
    line = full_line()
    found = read(drawn(line.text, Span(0, len(line.text)), marks_of(Readable(line), trail())))
    assert found.text == line.text
    of = {
        record: "".join(c for c, inside in zip(found.text, found.inside, strict=True) if record in inside)
        for record in ("quote-1", "quote-2", "stance-1")
    }
    assert of == {
        "quote-1": "“Kyiv won’t yield 😅,”hesaid",
        "quote-2": "Kyivyield",
        "stance-1": "echoed calls by Trump",
    }
