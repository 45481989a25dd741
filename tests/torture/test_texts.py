"""Any text with any spans comes out of the project file as it went in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.articles import new_article
from annotator.domain.records import Entity, Quote
from annotator.domain.spans import Span, passage, passages
from annotator.domain.text import canonicalise
from annotator.store import articles, rows
from annotator.store.journal import new_id
from annotator.store.project import Project, open_project
from tests.store.making import problems, put
from tests.torture import FACTOR
from tests.torture.acts import ME

pytestmark = pytest.mark.torture

# 2,000 texts in all, of which 20 go in together.
BATCHES, BATCH = 100 * FACTOR, 20

ODD = "\r\n\u2028\x85\ufeff\u00a0\u200b\u200d\u202e\u0301\x0b\x1c\x7f'\"\\%;é😅👩🇺🇦ﬁİßـש中"
letters = st.characters(exclude_categories=["Cs", "Cn"], exclude_characters="\x00") | st.sampled_from(ODD)
texts = st.text(letters, min_size=1, max_size=40).filter(lambda text: text.lstrip("\ufeff").strip() != "")


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Span]]:
    """A canonical text with some spans of it."""
    text = canonicalise(draw(texts))
    edges = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(edges, edges), min_size=1, max_size=3))
    return text, [Span(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory, project_file: Path) -> Path:
    return Path(shutil.copyfile(project_file, tmp_path_factory.mktemp("texts") / "work.annot"))


def take_in(project: Project, batch: list[tuple[str, list[Span]]]) -> list[tuple[str, str, Entity | Quote]]:
    """Add texts with an entity for each span and a quote for all of them; gives article id, text and record."""
    with project.transaction() as conn:
        for text, _ in batch:
            articles.add(conn, new_article(text, name="a.txt"), imported=project.now())
    made: list[tuple[str, str, Entity | Quote]] = []
    for text, spans in batch:
        article = new_article(text, name="a.txt").id
        for span in spans:
            piece = passage(text, span.start, span.end)
            fields = {"id": new_id(), "author": ME.id, "article": article}
            made.append((article, text, Entity(**fields, start=span.start, end=span.end, text=piece.text, label="ORG")))
        if spans:
            content = passages(text, spans)
            quote = Quote(id=new_id(), author=ME.id, article=article, content=content, form="mixed", source_kind="none")
            made.append((article, text, quote))
    put(project, *(record for _, _, record in made))
    return made


@settings(max_examples=BATCHES)
@given(batch=st.lists(marked(), min_size=BATCH, max_size=BATCH))
def test_texts_and_spans_come_back_after_reopening_as_they_were(path, batch):
    with open_project(path, ME) as project:
        made = take_in(project, batch)
    with open_project(path, ME) as project:
        for article, text, record in made:
            stored = articles.get(project.conn, article)
            assert stored is not None and stored.text == text and stored.id == article
            kind = "entity" if isinstance(record, Entity) else "quote"
            assert rows.get(project.conn, kind, record.id) == record


def test_a_check_finds_nothing_in_a_project_of_random_texts(path):
    with open_project(path, ME) as project:
        # Random spans do cut characters in two and end on white space.
        assert set(problems(project.conn)) <= {"I6"}
