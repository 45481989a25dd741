"""Exports for other annotation tools: golden files, and what the tools' own code and rules make of them.

Label Studio's and doccano's import code is in `benchmarks/consumers`: each needs an environment of its own.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path

import cassis
import msgspec
import pytest
import spacy
from spacy.tokens import Doc
from spacy.training.converters import conll_ner_to_docs

from annotator.domain.exchange import ArticleLine, QuoteLine
from annotator.domain.progress import drain
from annotator.domain.records import Origin
from annotator.domain.spans import Span
from annotator.export.cas import ENTITY, LINK, QUOTE
from annotator.export.counts import Counts
from annotator.export.pieces import pieces
from annotator.export.registry import WRITERS
from tests.article_lines import entity, full_line, line_of, seed_lines
from tests.export.cases import ABOUT, check_golden, lines
from tests.export.rich import rich_line, suggested_line

TOOLS = ["prodigy", "conll", "doccano", "label-studio", "brat", "cas", "web-annotation"]


def write(name: str, given: Sequence[ArticleLine], folder: Path) -> tuple[Path, Counts]:
    out = folder / f"out{WRITERS[name].suffix}"
    return out, drain(WRITERS[name].job(given, out, about=ABOUT))


def json_of(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("name", TOOLS)
def test_the_files_are_those_that_were_read_and_found_right(tmp_path: Path, name: str) -> None:
    out, _ = write(name, sorted([*lines(), rich_line()], key=lambda line: line.article.id), tmp_path)
    if name == "cas":
        # DKPro's types are 300 kB, and not ours.
        (out / "TypeSystem.xml").unlink()
    check_golden(out, name)


@pytest.mark.parametrize("name", TOOLS)
def test_the_same_lines_give_the_same_bytes(tmp_path: Path, name: str) -> None:
    made = []
    for part in ("a", "b"):
        (tmp_path / part).mkdir()
        out, _ = write(name, seed_lines(), tmp_path / part)
        made.append({path.name: path.read_bytes() for path in ([out] if out.is_file() else sorted(out.iterdir()))})
    assert made[0] == made[1]


@pytest.mark.parametrize("line", [full_line(), rich_line()], ids=["full", "rich"])
def test_doccano_gets_every_range_and_every_link(tmp_path: Path, line: ArticleLine) -> None:
    out, _ = write("doccano", [line], tmp_path)
    (plain,), (related,) = json_of(out / "sequence.jsonl"), json_of(out / "relations.jsonl")
    found, links = pieces(line)
    # Its editor counts as a browser's strings do; the text has an emoji.
    units = related["text"].encode("utf-16-le")
    marks = [(one["start_offset"], one["end_offset"], one["label"]) for one in related["entities"]]
    assert plain["label"] == [list(one) for one in marks]
    assert [(units[2 * start : 2 * end].decode("utf-16-le"), label) for start, end, label in marks] == [
        (line.text[one.start : one.end], one.label) for one in found
    ]
    ids = {one["id"] for one in related["entities"]}
    assert len(related["relations"]) == len(links) > 4
    assert all(one["from_id"] in ids and one["to_id"] in ids for one in related["relations"])
    known = {one["text"] for one in json.loads((out / "labels.json").read_text("utf-8"))}
    assert known == {one.label for one in found}


def test_label_studio_shows_the_words_of_each_region_under_a_label_of_its_interface(tmp_path: Path) -> None:
    out, _ = write("label-studio", [full_line()], tmp_path)
    ((task,),) = [json.loads((out / "tasks.json").read_text("utf-8"))]
    interface = ET.parse(out / "labeling_config.xml").getroot()
    labels = {one.attrib["value"] for one in interface.iter("Label")}
    ((annotation,),) = [task["annotations"]]
    regions = [one for one in annotation["result"] if one["type"] == "labels"]
    links = [one for one in annotation["result"] if one["type"] == "relation"]
    for one in regions:
        value = one["value"]
        assert task["data"]["text"][value["start"] : value["end"]] == value["text"] and set(value["labels"]) <= labels
    assert {end for one in links for end in (one["from_id"], one["to_id"])} <= {one["id"] for one in regions}
    assert {one["labels"][0] for one in links} <= {one.attrib["value"] for one in interface.iter("Relation")}


def test_every_answer_about_a_region_has_its_field_in_label_studios_interface(tmp_path: Path) -> None:
    out, _ = write("label-studio", [rich_line()], tmp_path)
    interface = ET.parse(out / "labeling_config.xml").getroot()
    fields = {one.attrib["name"]: one for one in interface.iter() if "name" in one.attrib}
    ((task,),) = [json.loads((out / "tasks.json").read_text("utf-8"))]
    result = task["annotations"][0]["result"]
    answers = [one for one in result if one["type"] in ("choices", "textarea")]
    for one in answers:
        field = fields[one["from_name"]]
        assert field.attrib["toName"] == one["to_name"] and field.tag.lower() == one["type"]
        if one["type"] == "choices":
            assert set(one["value"]["choices"]) <= {child.attrib["value"] for child in field}
    said = {(one["id"], one["from_name"], str(one["value"].get("choices") or one["value"]["text"])) for one in answers}
    assert {
        ("quote-1.0", "speaker", "['Pete Hegseth']"),
        ("stance-1.0", "target", "['Allies should spend 5 % of GDP.']"),
        ("stance-1.0", "evidence_type", "['direct_quote']"),
        ("stance-1.2", "evidence_type", "['reported_action']"),
        ("entity-1", "actor", "['Pete Hegseth']"),
    } <= said
    notes = [one["meta"]["text"] for one in result if "meta" in one]
    assert notes == [["sure?\nor not", "yes"]] and task["data"]["notes"] == ["look again"]


@pytest.mark.parametrize(("layer", "is_truth"), [("gold", True), ("ana", False)])
def test_gold_is_the_ground_truth_in_label_studio(tmp_path: Path, layer: str, is_truth: bool) -> None:
    out, _ = write("label-studio", [line_of("NATO met.", layer=layer)], tmp_path)
    ((task,),) = [json.loads((out / "tasks.json").read_text("utf-8"))]
    assert task["annotations"][0]["ground_truth"] is is_truth


def test_doccano_has_no_encoding_to_guess(tmp_path: Path) -> None:
    out, _ = write("doccano", [rich_line()], tmp_path)
    assert all(file.read_bytes().isascii() for file in out.iterdir())
    assert json_of(out / "relations.jsonl")[0]["text"] == rich_line().text


def test_every_article_has_the_same_fields_in_doccano(tmp_path: Path) -> None:
    out, _ = write("doccano", [rich_line(), full_line(), line_of("NATO met.")], tmp_path)
    for name in ("sequence.jsonl", "relations.jsonl"):
        assert len({tuple(row) for row in json_of(out / name)}) == 1


@pytest.mark.parametrize("name", sorted({*TOOLS} - {"conll"}))
def test_who_a_model_thinks_says_and_holds_what_is_told_though_nobody_is_in_the_registries(
    tmp_path: Path, name: str
) -> None:
    out, counts = write(name, [suggested_line()], tmp_path)
    files = [out] if out.is_file() else [one for one in out.iterdir() if one.name != "TypeSystem.xml"]
    text = "".join(one.read_text("utf-8") for one in files)
    assert all(words in text for words in ("Pete Hegseth", "United States", "Allies should spend 5 % of GDP."))
    assert "nobody" not in text and "no target" not in text
    assert any(loss.reason.startswith("guesses at a speaker after the first") for loss in counts.losses)


def test_what_a_format_leaves_out_is_counted(tmp_path: Path) -> None:
    told: dict[str, list[str]] = {}
    for name in TOOLS:
        (tmp_path / name).mkdir()
        told[name] = [loss.reason for loss in write(name, [rich_line()], tmp_path / name)[1].losses]
    place = "are left out: the format has no place for them"
    for name, reasons in told.items():
        assert {f"rejections {place} (1)", f"states of articles {place} (1)"} <= set(reasons), name
        assert f"stances without evidence {place} (1)" in reasons and (f"notes {place} (3)" in reasons) is (
            name == "conll"
        )
    assert f"sections {place} (2)" in told["brat"] and f"sections {place} (2)" not in told["cas"]
    assert "notes that are on no mark of the text are left out (1)" in told["brat"]
    assert "notes that are on no quote or stance are left out (1)" in told["cas"]


def test_what_models_propose_is_a_prediction_to_label_studio_and_unanswered_to_prodigy(tmp_path: Path) -> None:
    proposed = msgspec.structs.replace(full_line(), layer="suggestions")
    out, _ = write("label-studio", [proposed], tmp_path)
    (task,) = json.loads((out / "tasks.json").read_text("utf-8"))
    assert "annotations" not in task and 0 < task["predictions"][0]["score"] < 1
    out, _ = write("prodigy", [proposed], tmp_path)
    (task,) = json_of(out)
    assert "answer" not in task and "_annotator_id" not in task
    out, _ = write("prodigy", [full_line()], tmp_path)
    (task,) = json_of(out)
    assert (task["answer"], task["_annotator_id"]) == ("accept", "ana")


def test_words_and_spans_of_prodigy_are_those_of_spacy(tmp_path: Path) -> None:
    out, counts = write("prodigy", [*lines(), *seed_lines()], tmp_path)
    tasks, nlp = json_of(out), spacy.blank("en")
    assert len(tasks) == counts.parts["out.jsonl"] > 2 and len({one["_task_hash"] for one in tasks}) == len(tasks)
    for task in tasks:
        words = [one["text"] for one in task["tokens"]]
        doc = Doc(nlp.vocab, words=words, spaces=[one["ws"] for one in task["tokens"]])
        assert doc.text == task["text"] and words == [one.text for one in nlp(task["text"])]
        for span in task["spans"]:
            found = doc.char_span(span["start"], span["end"], label=span["label"])
            assert found is not None and (found.start, found.end - 1) == (span["token_start"], span["token_end"])
        for one in task["relations"]:
            assert task["tokens"][one["head"]]["end"] == one["head_span"]["end"]


def test_spacy_converts_the_columns_to_the_same_entities(tmp_path: Path) -> None:
    out, counts = write("conll", seed_lines(), tmp_path)
    docs = list(conll_ner_to_docs(out.read_text("utf-8"), n_sents=0, no_print=True))
    lost = {one.record for one in counts.losses if one.kind == "entity"}
    wanted = [one.text for line in seed_lines() for one in line.entities if one.id not in lost]
    found = [span.text for doc in docs for span in doc.ents]
    assert len(docs) == counts.parts["out.conll"] and len(found) == len(wanted) > 200
    assert [re.sub(r"\W", "", one) for one in found] == [re.sub(r"\W", "", one) for one in wanted]


def test_cassis_reads_the_same_ranges_whatever_stands_before_them(tmp_path: Path) -> None:
    out, _ = write("cas", [full_line()], tmp_path)
    with (out / "TypeSystem.xml").open("rb") as stream:
        types = cassis.load_typesystem(stream)
    with next(out.glob("*.xmi")).open("rb") as stream:
        cas = cassis.load_cas_from_xmi(stream, typesystem=types)
    line = full_line()
    assert cas.sofa_string == line.text and "😅" in line.text
    assert [(one.get_covered_text(), one.value) for one in cas.select(ENTITY)] == [
        (one.text, one.label) for one in line.entities
    ]
    quotes = [one for one in cas.select(QUOTE) if one.part == "content"]
    wanted = sorted(line.text[span.start : span.end] for quote in line.quotes for span in quote.content)
    assert sorted(one.get_covered_text() for one in quotes) == wanted
    roles = sorted((one.role, one.Governor.get_covered_text()) for one in cas.select(LINK))
    assert [role for role, _ in roles] == ["continues", "cue", "nested_in", "source"]


def test_a_control_character_is_told_of_where_xml_cannot_hold_it(tmp_path: Path) -> None:
    out, counts = write("cas", [line_of("A\x01B met.")], tmp_path)
    assert "A�B met." in next(out.glob("*.xmi")).read_text("utf-8")
    assert any("control characters" in one.reason for one in counts.losses)


def test_brats_rules_hold(tmp_path: Path) -> None:
    broken = "Rain.\nThe Ostrava\n Forum met."
    odd = line_of(broken, name="a/b:c.txt", entities=(entity(broken, "Ostrava\n Forum", "ORG/é"),))
    out, counts = write("brat", [*seed_lines(), full_line(), odd], tmp_path)
    conf = (out / "annotation.conf").read_text("utf-8")
    declared = set(re.findall(r"^[\w<>-]+", conf, re.MULTILINE))
    for file in sorted(out.glob("*.ann")):
        text = file.with_suffix(".txt").read_text("utf-8")
        marks: dict[str, str] = {}
        for row in file.read_text("utf-8").splitlines():
            key, body, *words = row.split("\t")
            kind, *rest = body.split(" ", 1)
            if key.startswith("T"):
                pieces_ = [tuple(map(int, one.split())) for one in rest[0].split(";")]
                assert " ".join(text[start:end] for start, end in pieces_) == words[0] and "\n" not in words[0]
                assert kind in declared and re.fullmatch(r"[A-Za-z][\w-]*", kind) and pieces_ == sorted(pieces_)
                marks[key] = kind
            elif key.startswith("R"):
                ends = [one.split(":")[1] for one in rest[0].split()]
                assert kind in declared and all(one in marks for one in ends)
            elif key.startswith("A"):
                on, value = rest[0].split()
                (values,) = re.findall(rf"^{kind}\tArg:\w+, Value:(.+)$", conf, re.MULTILINE)
                assert on in marks and value in values.split("|")
    assert any("ORG/é" in one.reason for one in counts.losses) and (out / "a_b_c.txt").is_file()


def test_brat_gets_no_pieces_that_touch_and_none_with_a_form_feed(tmp_path: Path) -> None:
    text = "He won. It\x0cis so."
    quote = QuoteLine(
        id="q",
        form="direct",
        source_kind="none",
        content=(Span(8, 13), Span(0, 8), Span(11, 17)),
        origin=Origin(),
    )
    out, _ = write("brat", [line_of(text, quotes=(quote,))], tmp_path)
    rows = (out / "x.ann").read_bytes().decode("utf-8").splitlines()
    assert rows[0] == "T1\tQuote 0 10;11 17\tHe won. It is so."


def test_brat_is_told_who_speaks_and_which_evidence_is_of_one_stance(tmp_path: Path) -> None:
    out, _ = write("brat", [rich_line()], tmp_path)
    rows = (out / "003 Hegseth.ann").read_text("utf-8").splitlines()
    words = {row.split("\t")[0]: row.split("\t")[2] for row in rows if row[0] == "T"}
    relations = [row.split("\t")[1].split() for row in rows if row[0] == "R"]
    said = {(kind, words[head[5:]], words[child[5:]]) for kind, head, child in relations}
    quote = "“We won’t pay 5%,” “Never,”"
    assert {
        ("Speaker", quote, "Hegseth of the Pentagon"),
        ("Nested", "pay 5%", quote),
        ("Stance_Quote", quote, quote),
        ("Same_stance", "said on Monday", quote),
        ("Via", quote, "Hegseth of the Pentagon"),
    } <= said


def test_a_collection_and_its_page_have_names(tmp_path: Path) -> None:
    out, _ = write("web-annotation", [full_line()], tmp_path)
    found = json.loads(out.read_text("utf-8"))
    assert found["id"].startswith("urn:") and found["first"]["partOf"] == found["id"] != found["first"]["id"]


def test_every_selector_of_a_web_annotation_finds_its_words(tmp_path: Path) -> None:
    out, counts = write("web-annotation", [full_line()], tmp_path)
    found, text = json.loads(out.read_text("utf-8")), full_line().text
    items = found["first"]["items"]
    assert found["total"] == len(items) == counts.parts["out.jsonld"]
    assert len({one["id"] for one in items}) == len(items)
    for one in items:
        for target in one["target"] if isinstance(one["target"], list) else [one["target"]]:
            quoted, placed = target["selector"]
            start, end = placed["start"], placed["end"]
            assert text[start:end] == quoted["exact"] and text[:start].endswith(quoted["prefix"])
            assert text[end:].startswith(quoted["suffix"])
