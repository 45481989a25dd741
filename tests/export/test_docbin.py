"""spaCy reads what is written for it, finds no fault in it, and trains on it."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import msgspec
import pytest
import spacy
from spacy.tokens import DocBin

from annotator.domain.errors import AnnotatorError
from annotator.domain.sections import Section
from annotator.domain.spans import Span
from annotator.export.docbin import read_docs, spacy_job, write_spacy
from annotator.export.docs import DocMaker
from annotator.export.manifest import About, export_problems, read_manifest
from tests.article_lines import full_line, line_of, seed_lines

FILES = ["config.cfg", "dev.spacy", "test.spacy", "train.spacy"]
ABOUT = About(project="p", project_name="P")


def _spacy(folder, *words):
    plain = os.environ | {"ANSI_COLORS_DISABLED": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "spacy", *words], cwd=folder, env=plain, capture_output=True, text=True, encoding="utf-8"
    )
    return done.returncode, done.stdout + done.stderr


def _docs(folder):
    nlp = spacy.blank("en")
    return {part: read_docs(folder / f"{part}.spacy", nlp) for part in ("train", "dev", "test")}


def _articles(docs):
    return {doc.user_data["annotator"]["article"] for doc in docs}


def _pieces(line):
    """Articles of one clause each, cut from a line, with the entities of the clause."""
    for found in re.finditer(r"[^\n.,;:—]{12,}", line.text):
        start, end = found.span()
        text = line.text[start:end]
        inside = [one for one in line.entities if start <= one.start and one.end <= end]
        moved = tuple(msgspec.structs.replace(one, start=one.start - start, end=one.end - start) for one in inside)
        whole = (Section(kind="body", start=0, end=len(text)),)
        yield msgspec.structs.replace(line_of(text, entities=moved), sections=whole)


@pytest.fixture(scope="module")
def seeds_out(tmp_path_factory):
    out = tmp_path_factory.mktemp("spacy") / "seeds"
    write_spacy(seed_lines(), out, about=ABOUT)
    return out


def test_an_export_is_three_files_and_a_configuration_with_a_manifest_beside_them(seeds_out):
    assert sorted(path.name for path in seeds_out.iterdir()) == FILES
    manifest = read_manifest(seeds_out)
    assert [file.name for file in manifest.files] == [f"seeds/{name}" for name in FILES]
    assert (manifest.export, manifest.about.filter.seed, manifest.about.filter.align) == ("spacy", 0, "expand")
    assert export_problems(seeds_out) == []


def test_what_spacy_reads_back_is_what_was_annotated(seeds_out):
    docs = _docs(seeds_out)
    assert (len(_articles(docs["train"])), len(_articles(docs["dev"])), len(docs["test"])) == (1, 1, 0)
    lines = {line.article.id: line for line in seed_lines()}
    for doc in docs["train"] + docs["dev"]:
        links = doc.user_data["annotator"]
        line = lines[links["article"]]
        assert line.text[links["start"] :].startswith(doc.text)
        annotated = {one.id: (one.start - links["start"], one.end - links["start"], one.label) for one in line.entities}
        read = {span.id_: (span.start_char, span.end_char, span.label_) for span in doc.spans["entities"]}
        assert read.items() <= annotated.items()
        assert {(ent.start, ent.end, ent.label_) for ent in doc.ents} <= {
            (span.start, span.end, span.label_) for span in doc.spans["entities"]
        }
        assert all(span.text[0] == "“" and span.text[-1] == "”" for span in doc.spans["quotes"])
    assert sum(len(doc.ents) for doc in docs["train"] + docs["dev"]) > 200


def test_a_file_holds_what_spacys_own_writer_would_have_put_in_it(tmp_path):
    write_spacy([full_line()], tmp_path / "out")
    made, doc = DocBin(store_user_data=True), next(DocMaker(spacy.blank("en")).docs(full_line()))
    made.add(doc)
    made.to_disk(tmp_path / "own.spacy")
    ours, theirs = (
        read_docs(path, spacy.blank("en")) for path in (tmp_path / "out" / "train.spacy", tmp_path / "own.spacy")
    )
    for name in ("text", "user_data", "cats", "has_unknown_spaces"):
        assert getattr(ours[0], name) == getattr(theirs[0], name)
    assert [(token.text, token.whitespace_, token.ent_iob_, token.ent_type_) for token in ours[0]] == [
        (token.text, token.whitespace_, token.ent_iob_, token.ent_type_) for token in theirs[0]
    ]
    assert _groups(ours[0]) == _groups(theirs[0]) == _groups(doc) and len(_groups(doc)) == 5


def _groups(doc):
    marks = ("id_", "kb_id_", "label_", "start", "end", "start_char", "end_char", "text")
    return {name: [[getattr(span, mark) for mark in marks] for span in group] for name, group in doc.spans.items()}


def test_the_same_lines_give_the_same_bytes(seeds_out, tmp_path):
    write_spacy(seed_lines(), tmp_path / "seeds", about=ABOUT)
    for name in FILES:
        assert (tmp_path / "seeds" / name).read_bytes() == (seeds_out / name).read_bytes()
    assert (tmp_path / "seeds.manifest.json").read_bytes() == (seeds_out.parent / "seeds.manifest.json").read_bytes()


def test_spacy_finds_nothing_wrong_with_the_seeds_but_that_they_are_few(seeds_out):
    _, text = _spacy(seeds_out, "debug", "data", "config.cfg")
    assert re.findall("✘ (.*)", text) == ["Low number of examples to train a new pipeline (1)", "1 error"]


def test_spacy_trains_on_the_seeds(seeds_out, tmp_path):
    code, text = _spacy(
        seeds_out,
        "train",
        "config.cfg",
        "--training.max_steps",
        "20",
        "--training.eval_frequency",
        "10",
        "--output",
        tmp_path,
    )
    assert code == 0 and "Saved pipeline" in text
    assert spacy.load(tmp_path / "model-last").pipe_names == ["tok2vec", "ner"]


def test_spacy_finds_nothing_wrong_with_a_corpus(tmp_path):
    lines = {line.article.id: line for seed in seed_lines() for line in _pieces(seed)}
    counts = write_spacy([lines[name] for name in sorted(lines)], tmp_path / "out")
    assert counts.parts["train.spacy"] > 100 and counts.parts["dev.spacy"] >= 10
    code, text = _spacy(tmp_path / "out", "debug", "data", "config.cfg")
    assert (code, "✘" in text) == (0, False), text


def test_the_configuration_has_every_setting_that_spacy_asks_for(seeds_out):
    config = spacy.util.load_config(seeds_out / "config.cfg")
    nlp = spacy.util.load_model_from_config(config, auto_fill=False, validate=True)
    assert nlp.config["nlp"] == config["nlp"] and nlp.lang == "en"


def test_one_article_is_all_training_and_the_export_says_so(tmp_path):
    counts = write_spacy([full_line()], tmp_path / "out")
    assert counts.parts == {"train.spacy": 1, "dev.spacy": 0, "test.spacy": 0}
    assert any(loss.reason.startswith("dev.spacy is empty") for loss in counts.losses)
    assert [len(docs) for docs in _docs(tmp_path / "out").values()] == [1, 0, 0]


def test_what_the_format_has_no_place_for_is_listed(tmp_path):
    reasons = [loss.reason for loss in write_spacy([full_line()], tmp_path / "out").losses]
    assert "notes are left out: the format has no place for them (2)" in reasons
    assert "rejections are left out: the format has no place for them (1)" in reasons
    assert any("origin" in reason for reason in reasons)


def test_a_corpus_without_entities_is_named(tmp_path):
    reasons = [loss.reason for loss in write_spacy([line_of("NATO met.")], tmp_path / "out").losses]
    assert "train.spacy has no entity: spaCy has nothing to learn from it" in reasons


def test_near_duplicates_are_on_one_side(tmp_path):
    seed = seed_lines()[0]
    copies = [line_of(f"{seed.text}\nUpdated at {hour} o’clock.") for hour in range(3)]
    others = [line_of(" ".join(f"{word}{number}" for word in "abcdefghijklmnop")) for number in range(5)]
    write_spacy(sorted(copies + others, key=lambda line: line.article.id), tmp_path / "out")
    twins = {line.article.id for line in copies}
    docs = _docs(tmp_path / "out")
    assert sorted(len(_articles(part) & twins) for part in docs.values()) == [0, 0, 3]
    assert all(docs.values())


@pytest.mark.parametrize(
    ("language", "used"), [("de-AT", "de"), ("EN", "en"), ("qq", "xx"), ("../../x", "xx"), (None, "en")]
)
def test_words_are_cut_by_the_rules_of_the_language(tmp_path, language, used):
    line = full_line()
    line = msgspec.structs.replace(line, article=msgspec.structs.replace(line.article, language=language))
    counts = write_spacy([line], tmp_path / "out")
    assert f'lang = "{used}"' in (tmp_path / "out" / "config.cfg").read_text()
    assert any("no word rules for “qq”" in loss.reason for loss in counts.losses) == (language == "qq")


def test_articles_in_another_language_than_most_are_listed(tmp_path):
    other = line_of("Die NATO tagt.")
    other = msgspec.structs.replace(other, article=msgspec.structs.replace(other.article, language="de"))
    lines = sorted([full_line(), line_of("NATO met."), other], key=lambda line: line.article.id)
    reasons = [loss.reason for loss in write_spacy(lines, tmp_path / "out").losses]
    assert "articles in “de” are cut into words as “en” (1)" in reasons


def test_without_articles_there_is_no_export(tmp_path):
    with pytest.raises(AnnotatorError, match="There is no article to export"):
        write_spacy([], tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_a_line_that_breaks_the_rules_is_not_written(tmp_path):
    line = full_line()
    quote = msgspec.structs.replace(line.quotes[0], cue=Span(5, 5))
    with pytest.raises(AnnotatorError, match="was not exported"):
        write_spacy([msgspec.structs.replace(line, quotes=(quote,), stances=())], tmp_path / "out")


def test_a_cancelled_export_leaves_nothing_behind(tmp_path):
    job = spacy_job(seed_lines(), tmp_path / "out")
    steps = [next(job) for _ in range(4)]
    job.close()
    assert (steps[-1].done, steps[-1].total) == (2, 2) and list(tmp_path.iterdir()) == []


def test_an_older_export_stands_when_a_new_one_fails(tmp_path):
    write_spacy([full_line()], tmp_path / "out")
    before = {name: (tmp_path / "out" / name).read_bytes() for name in FILES}
    (tmp_path / "out.manifest.json").mkdir()
    with pytest.raises(AnnotatorError, match="there is a folder of that name"):
        write_spacy(seed_lines(), tmp_path / "out", about=ABOUT)
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before
