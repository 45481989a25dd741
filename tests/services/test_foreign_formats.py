"""brat, UIMA CAS and Discourse Network Analyzer are read; what we export comes back; hostile files are refused."""

from __future__ import annotations

import sqlite3
import zipfile

import pytest
import spacy
from spacy.tokens import DocBin

from annotator.domain.drafts import QuoteDraft, StanceDraft
from annotator.domain.errors import BadExchange
from annotator.domain.progress import drain
from annotator.domain.sureness import sure_ones
from annotator.services import checking, exporting, projects
from annotator.services.exporting import ExportOptions
from annotator.services.foreign_reading import read_foreign
from annotator.services.foreign_taking import take_records, take_suggestions
from annotator.store import articles, rows, suggestions
from tests.services.foreign import TEXT, WORDS, span

ANN = """\
T1\tQuote {quote}\t“We won’t pay,”
T2\tSource {source}\tPete Hegseth of NATO
T3\tCue {cue}\tsaid
T4\tPERSON {PERSON}\tPete Hegseth
T5\tStance {quote}\t“We won’t pay,”
R1\tQuote_Source Arg1:T1 Arg2:T2
E1\tCue:T3 Content:T1
A1\tForm T1 direct
A2\tPosition T5 oppose
A3\tSure T4
#1\tAnnotatorNotes T1\tspeaker: Pete Hegseth
#2\tAnnotatorNotes T5\tPete Hegseth (via NATO): oppose – Paying
#3\tAnnotatorNotes T4\tlook again
"""

XMI = """<?xml version="1.0" encoding="UTF-8"?>
<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:tcas="http:///uima/tcas.ecore"
  xmlns:ner="http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore" xmlns:custom="http:///webanno/custom.ecore"
  xmlns:seg="http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore" xmi:version="2.0">
<cas:NULL xmi:id="0"/>
<seg:Sentence xmi:id="2" sofa="1" begin="0" end="8"/>
<ner:NamedEntity xmi:id="3" sofa="1" begin="{ORG[0]}" end="{ORG[1]}" value="ORG"/>
<custom:Quote xmi:id="4" sofa="1" begin="{quote[0]}" end="{quote[1]}" form="direct"/>
<custom:Source xmi:id="5" sofa="1" begin="{source[0]}" end="{source[1]}"/>
<custom:Said xmi:id="6" sofa="1" begin="{source[0]}" end="{source[1]}" Governor="4" Dependent="5"/>
<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="{text}"/>
<cas:View sofa="1" members="2 3 4 5 6"/>
</xmi:XMI>
"""


@pytest.fixture
def empty(tmp_path, author):
    """An open project without articles, with the codebook for news."""
    with projects.new(tmp_path / "empty.annot", author=author) as project:
        yield project


def take(project, path, **mapping):
    return drain(take_records(project, drain(read_foreign(project, [path])), mapping=mapping, name="x"))


def brat(folder, text=TEXT):
    places = {name: "{} {}".format(*span(words, text=text)) for name, words in WORDS.items()}
    (folder / "a.txt").write_bytes(text.encode("utf-8"))
    (folder / "a.ann").write_text(ANN.format(**places), encoding="utf-8")
    return folder


def xmi():
    return XMI.format(text=TEXT.replace("\n", "&#10;"), **{key: span(one, unit="utf16") for key, one in WORDS.items()})


@pytest.mark.parametrize("text", [TEXT, TEXT.replace("\n", "\r\n")])
def test_a_folder_of_brat_gives_marks_relations_events_attributes_and_notes(empty, tmp_path, text):
    folder = tmp_path / "brat"
    folder.mkdir()

    result = take(empty, brat(folder, text))

    assert result.records == {"entity": 1, "quote": 1, "stance": 1}
    assert result.left_out == {"attributes called Sure": 1, "notes": 1}
    (quote,), (stance,) = rows.select(empty.conn, "quote"), rows.select(empty.conn, "stance")
    names = {one.id: one.name for one in rows.select(empty.conn, "actor")}
    assert [piece.text for piece in (*quote.source, quote.cue)] == [WORDS["source"], "said"]
    assert (names[quote.speaker], names[stance.holder], names[stance.via]) == ("Pete Hegseth", "Pete Hegseth", "NATO")
    assert stance.position == "oppose" and stance.evidence[0].quote == quote.id
    assert drain(checking.check_project(empty)).is_sound


def test_fragments_of_brat_are_one_quote(empty, tmp_path):
    (tmp_path / "a.txt").write_text("“One,” he said, “two.”", encoding="utf-8")
    (tmp_path / "a.ann").write_text("T1\tQuote 0 6;16 22\t“One,” “two.”\n", encoding="utf-8")

    take(empty, tmp_path / "a.ann")

    (quote,) = rows.select(empty.conn, "quote")
    assert [(one.start, one.end) for one in quote.content] == [(0, 6), (16, 22)]


@pytest.mark.parametrize("row", ["T1\tORG 0\tNATO", "T1", "R1\tx", "T1\tORG 5 2\tx", "T1\tORG -3 2\tx", "A1\tPosition"])
def test_a_damaged_row_of_brat_is_named(empty, tmp_path, row):
    (tmp_path / "a.txt").write_text("NATO stays.", encoding="utf-8")
    (tmp_path / "a.ann").write_text(row + "\n", encoding="utf-8")

    incoming = drain(read_foreign(empty, [tmp_path / "a.ann"]))

    assert incoming.texts == [] and incoming.problems[0].startswith("a.ann")


@pytest.mark.parametrize("is_zipped", [False, True])
def test_xmi_is_read_without_a_type_system_and_counts_utf16(empty, tmp_path, is_zipped):
    path = tmp_path / "a.xmi"
    path.write_text(xmi(), encoding="utf-8")
    if is_zipped:
        with zipfile.ZipFile(tmp_path / "ana.zip", "w") as inner:
            inner.writestr("ana.xmi", xmi())
        path = tmp_path / "project.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.write(tmp_path / "ana.zip", "annotation/news.txt/ana.zip")
            archive.writestr("annotation/news.txt/INITIAL_CAS.zip", b"not read")

    incoming = drain(read_foreign(empty, [path]))
    result = drain(take_records(empty, incoming, mapping={}, name="x"))

    assert result.records == {"entity": 1, "quote": 1}
    assert incoming.people == (("ana",) if is_zipped else ())
    (entity,), (quote,) = rows.select(empty.conn, "entity"), rows.select(empty.conn, "quote")
    assert entity.text == "NATO" and quote.source[0].text == WORDS["source"]


@pytest.mark.parametrize(
    "content",
    [
        "<a>" * 50_000,
        xmi()[:-60],
        '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
        xmi().replace('begin="', 'begin="x'),
        xmi().replace('end="', 'end="9'),
        "<x/>",
        "",
    ],
)
def test_hostile_xmi_is_named_and_left_out(empty, tmp_path, content):
    (tmp_path / "a.xmi").write_text(content, encoding="utf-8")

    incoming = drain(read_foreign(empty, [tmp_path / "a.xmi"]))

    assert incoming.texts == [] and incoming.problems[0].startswith("a.xmi")


def dna(path):
    """A small database as DNA 3 makes it."""
    with sqlite3.connect(path) as conn:
        conn.executescript("""
            CREATE TABLE CODERS(ID INTEGER PRIMARY KEY, Name TEXT);
            CREATE TABLE DOCUMENTS(ID INTEGER PRIMARY KEY, Title TEXT, Text TEXT, Coder INTEGER, Author TEXT,
              Source TEXT, Section TEXT, Notes TEXT, Type TEXT, Date INTEGER);
            CREATE TABLE VARIABLES(ID INTEGER PRIMARY KEY, Variable TEXT, DataType TEXT, StatementTypeId INTEGER);
            CREATE TABLE STATEMENTS(ID INTEGER PRIMARY KEY, StatementTypeId INTEGER, DocumentId INTEGER, Start INTEGER,
              Stop INTEGER, Coder INTEGER);
            CREATE TABLE ENTITIES(ID INTEGER PRIMARY KEY, VariableId INTEGER, Value TEXT);
            CREATE TABLE DATASHORTTEXT(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Entity INTEGER);
            CREATE TABLE DATALONGTEXT(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Value TEXT);
            CREATE TABLE DATABOOLEAN(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Value INTEGER);
            CREATE TABLE DATAINTEGER(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Value INTEGER);
            INSERT INTO CODERS VALUES (1, 'Ana');
            INSERT INTO VARIABLES VALUES (1, 'person', 'short text', 1), (2, 'organization', 'short text', 1),
              (3, 'concept', 'short text', 1), (4, 'agreement', 'boolean', 1);
            INSERT INTO ENTITIES VALUES (1, 1, 'Pete Hegseth'), (2, 2, 'Pentagon'), (3, 3, 'Allies should pay more');
            INSERT INTO DATASHORTTEXT VALUES (1, 1, 1, 1), (2, 1, 2, 2), (3, 1, 3, 3), (4, 2, 1, 1);
            INSERT INTO DATABOOLEAN VALUES (1, 1, 4, 0);
        """)
        conn.execute(
            "INSERT INTO DOCUMENTS VALUES (1, 'Live', ?, 1, 'B. Line', 'The Hill', '', '', '', 1739500000)", (TEXT,)
        )
        place = span(WORDS["quote"], unit="utf16")
        conn.execute("INSERT INTO STATEMENTS VALUES (1, 1, 1, ?, ?, 1), (2, 1, 1, 0, 2, 1)", place)
    conn.close()
    return path


def test_statements_of_dna_are_stances(empty, tmp_path):
    result = take(empty, dna(tmp_path / "debate.dna"))

    assert result.records == {"stance": 1} and result.left_out == {"statements without concept and agreement": 1}
    (stance,), (target,) = rows.select(empty.conn, "stance"), rows.select(empty.conn, "target")
    actors = {one.id: (one.name, one.type) for one in rows.select(empty.conn, "actor")}
    assert actors[stance.holder] == ("Pentagon", "organization") and actors[stance.via][0] == "Pete Hegseth"
    assert (stance.position, target.label) == ("oppose", "Allies should pay more")
    assert stance.evidence[0].spans[0].text == WORDS["quote"]
    article = articles.get(empty.conn, articles.ids(empty.conn)[0])
    assert (article.title, article.author, article.outlet, article.published) == (
        "Live",
        "B. Line",
        "The Hill",
        "2025-02-14",
    )


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0" + b"\xff" * 4000, b"hello"])
def test_a_file_that_is_no_database_of_dna_is_refused(empty, tmp_path, content):
    (tmp_path / "x.dna").write_bytes(content)

    with pytest.raises(BadExchange, match=r"x\.dna"):
        drain(read_foreign(empty, [tmp_path / "x.dna"]))


def test_documents_of_spacy_are_read_in_the_worker(empty, tmp_path):
    nlp = spacy.blank("en")
    doc = nlp("NATO stays, “of course,” said Ana.")
    doc.ents = [doc.char_span(0, 4, label="ORG")]
    doc.spans["sc"] = [doc.char_span(0, 4, label="ORG"), doc.char_span(12, 24, label="QUOTE")]
    DocBin(docs=[doc]).to_disk(tmp_path / "train.spacy")

    assert take(empty, tmp_path / "train.spacy").records == {"entity": 1, "quote": 1}
    (tmp_path / "bad.spacy").write_bytes(b"\x00" * 99)
    assert "bad.spacy" in drain(read_foreign(empty, [tmp_path / "bad.spacy"])).problems[0]


def test_a_mark_of_brat_that_does_not_fit_is_named_with_its_line(empty, tmp_path):
    (tmp_path / "a.txt").write_text("Anna met Bela.", encoding="utf-8")
    (tmp_path / "a.ann").write_text("T1\tORG 0 4\tAnna\nT2\tORG 9 13\tCarl\n", encoding="utf-8")

    incoming = drain(read_foreign(empty, [tmp_path / "a.ann"]))

    assert incoming.problems[0].startswith("a.ann, line 2: at 9 to 13 stands “Bela”, not “Carl”.")


@pytest.mark.parametrize("format_", ["jsonl", "prodigy", "doccano", "label-studio", "brat", "cas", "spacy"])
def test_what_we_export_comes_back(suggested, worker, tmp_path, author, format_):
    out = tmp_path / f"out{exporting.suffix(format_)}"
    drain(exporting.export(suggested, format_, out, ExportOptions(layer="suggestions"), worker=worker))
    with projects.new(tmp_path / "other.annot", author=author) as other:
        path = out / "relations.jsonl" if format_ == "doccano" else out
        incoming = drain(read_foreign(other, [path]))
        drain(take_suggestions(other, incoming, mapping={}, name="x"))
        back = {article: suggestions.of_article(other.conn, article) for article in articles.ids(other.conn)}
        text_by_id = {article: articles.text_of(other.conn, article) for article in back}

    if format_ in ("prodigy", "spacy"):
        # They have the sections as texts of their own.
        assert sum(map(len, back.values())) > 300
        return
    for article, found in back.items():
        sent = sure_ones(suggestions.remembered(suggested.conn, article, suggested.memory), "balanced")
        assert _gist(found, text_by_id[article]) == _gist(sent, text_by_id[article])


def _gist(proposed, text):
    """What of suggestions every format holds; a quote over a line end comes back from brat in pieces."""
    found = set()
    for one in proposed:
        draft = one.draft
        if isinstance(draft, QuoteDraft):
            words = "".join("".join(piece.text for piece in draft.content).split())
            parts = tuple("".join(piece.text for piece in draft.source).split())
            found.add(("quote", words, parts, draft.cue.text if draft.cue else "", draft.reported))
        elif not isinstance(draft, StanceDraft):
            found.add((draft.label, draft.start, draft.end))
        elif draft.position:
            found.add(("stance", draft.position, text[draft.span.start : draft.span.end]))
    return found
