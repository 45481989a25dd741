"""What is told of an export before it is written."""

from __future__ import annotations

import tempfile

import pytest

from annotator import settings
from annotator.domain.choice import Choice
from annotator.domain.errors import AnnotatorError
from annotator.domain.progress import drain
from annotator.export.registry import WRITERS
from annotator.services import annotation, export_choices, export_preview, exporting
from annotator.services.export_choices import LastExport
from annotator.services.export_preview import Counted
from annotator.services.exporting import ExportOptions
from tests.services.making import ids, open_ones

PROPOSED = ExportOptions(layer="suggestions")


@pytest.mark.parametrize(
    "options",
    [
        PROPOSED,
        ExportOptions(),
        ExportOptions(layer="suggestions", only=Choice(labels=("PERSON",), forms=("direct",))),
        ExportOptions(layer="suggestions", sections=("body",)),
    ],
)
@pytest.mark.parametrize("name", ["jsonl", "csv"])
def test_what_is_counted_is_what_is_written(suggested, tmp_path, worker, options, name):
    annotation.accept(suggested, ids(open_ones(suggested))[:9])
    found = drain(export_preview.count(suggested, name, options))
    counts = drain(exporting.export(suggested, name, tmp_path / "out", options, worker=worker)).counts
    (written,) = counts.records.values()
    assert (found.articles, found.of) == (counts.articles, 2)
    assert (found.entities, found.quotes, found.stances) == (written["entity"], written["quote"], written["stance"])


def test_a_count_is_told_in_one_sentence():
    told = Counted(articles=1, of=1200, entities=1, quotes=2, stances=0).summary
    assert told == "1 of 1,200 articles, with 1 entity, 2 quotes and 0 stances, will be written."
    assert Counted(of=2).summary == "None of 2 articles fits what is chosen."
    assert Counted().summary == "There is no article in this project yet."


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_every_format_has_a_preview_of_what_it_writes_and_leaves_nothing(
    suggested, worker, name, monkeypatch, tmp_path
):
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    found = drain(export_preview.preview(suggested, name, PROPOSED, stem="news", worker=worker))
    assert any(len(one.text) > 200 or one.rows for one in found), found
    assert list(folder.iterdir()) == []


def test_a_preview_shows_articles_with_annotations_first(suggested, worker):
    annotation.accept(suggested, ids(open_ones(suggested))[:1])
    only = ExportOptions(only=Choice(is_annotated=True))
    (bare,) = drain(export_preview.preview(suggested, "jsonl", ExportOptions(), stem="x", worker=worker))
    (full,) = drain(export_preview.preview(suggested, "jsonl", only, stem="x", worker=worker))
    assert bare.name == "x.jsonl" and len(bare.text.splitlines()) == 2
    assert full.text in bare.text and len(full.text.splitlines()) == 1


def test_a_preview_of_nothing_says_so(suggested, worker):
    nothing = ExportOptions(only=Choice(states=("done",)))
    with pytest.raises(AnnotatorError, match="No article fits"):
        drain(export_preview.preview(suggested, "jsonl", nothing, stem="x", worker=worker))


def test_what_was_exported_last_is_remembered_for_each_project(suggested, user_folder):
    last = LastExport(
        format="spacy",
        out="/somewhere/corpus",
        options=ExportOptions(layer="gold", split=(0.5, 0.5, 0.0), only=Choice(labels=("ORG",), since="2025-01-01")),
    )
    assert export_choices.last_export(suggested) is None
    export_choices.remember_export(suggested, last)
    assert export_choices.last_export(suggested) == last
    settings.change(exports={suggested.id: {"format": 1}})
    assert export_choices.last_export(suggested) is None


def test_the_layers_of_others_are_offered_by_name(suggested):
    found = export_choices.offered(suggested)
    assert list(found.layers) == ["mine", "suggestions", "gold"]
    assert "PERSON" in found.labels and "support" in found.positions
    assert (found.outlets, found.period) == ((), ("", ""))
