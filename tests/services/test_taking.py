"""Exported annotations come back whole: export, import, export is byte-identical."""

from __future__ import annotations

import json

import msgspec
import pytest

from annotator import paths
from annotator.domain.drafts import QuoteDraft
from annotator.domain.errors import BadExchange
from annotator.domain.progress import drain
from annotator.domain.records import Actor, Evidence, Note, Role, Stance, Target
from annotator.domain.spans import Span
from annotator.services import (
    actors,
    annotation,
    checking,
    exporting,
    history,
    importing,
    projects,
    queries,
    quoting,
    stances,
    suggesting,
)
from annotator.services.exporting import ExportOptions
from annotator.services.taking import take_annotations
from annotator.store import rows, suggestions
from annotator.store.journal import new_id
from tests.services.making import (
    entities,
    everything,
    first_article,
    ids,
    open_ones,
    quotes,
    run_until,
    told,
    word_span,
)


def exported(project, out, layer="mine"):
    with suggesting.new_worker() as worker:
        drain(exporting.export(project, "jsonl", out, ExportOptions(layer=layer), worker=worker))
    return out


def annotate(project):
    """One of everything that a layer may hold."""
    article = first_article(project)
    some = open_ones(project)
    annotation.accept(project, ids(some)[:40])
    annotation.reject(project, ids(some)[40:50])
    kept = next(one for one in entities(project) if len(one.text) > 4)
    annotation.relabel(project, kept.id, "LAW")
    annotation.resize(project, kept.id, Span(kept.start, kept.end - 1))
    annotation.add_entity(project, article, word_span(project, "the"), "FAC")
    annotation.add_quote(project, article, [Span(10, 20), Span(30, 44)], form="mixed", source_kind="pronoun")
    quoting.set_reported(project, quotes(project)[0].id, "act")
    put_by_hand(project, article)
    annotation.set_status(project, article, state="done")
    annotation.set_status(project, queries.article_rows(project)[1].id, is_flagged=True)


def put_by_hand(project, article):
    """What has no service of its own yet: actors, a target, stances, notes, and links between them."""
    me = project.author.id
    quote = quotes(project)[0]
    speaker = Actor(
        id=new_id(),
        author=me,
        type="person",
        name="Pete Hegseth",
        aliases=("Hegseth",),
        roles=(Role(title="Secretary", since="2025-01-25"),),
    )
    holder = Actor(id=new_id(), author=me, type="state_body", name="Pentagon")
    target = Target(id=new_id(), author=me, kind="policy", label="5 %", statement="Allies should spend 5 % of GDP.")
    evidence = (Evidence(spans=quote.content, type="direct_quote", quote=quote.id),)
    submitted = Stance(
        id=new_id(),
        author=me,
        article=article,
        holder=holder.id,
        via=speaker.id,
        target=target.id,
        dimension="policy",
        position="support",
        explicitness="inferred",
        confidence=2,
        rationale="“Echoed” 😅",
        evidence=evidence,
        is_submitted=True,
    )
    draft = Stance(id=new_id(), author=me, article=article)
    note = Note(id=new_id(), author=me, article=article, subject=quote.id, text="Sure?")
    reply = Note(id=new_id(), author=me, article=article, reply_to=note.id, text="Yes.", is_resolved=True)
    with project.step("test.put") as step:
        step.put_new([speaker, holder, target, submitted, draft, note, reply])
        step.put(msgspec.structs.replace(quote, speaker=speaker.id))
        step.put(msgspec.structs.replace(quotes(project)[-1], nested_in=quote.id))
        step.put(msgspec.structs.replace(entities(project)[0], actor=holder.id))


@pytest.fixture
def layer(suggested, tmp_path):
    """A full layer, exported."""
    annotate(suggested)
    return exported(suggested, tmp_path / "layer.jsonl")


@pytest.fixture
def fresh(tmp_path, author):
    """A new project of the same author with the same codebook."""
    with projects.new(tmp_path / "fresh", codebook=paths.seeds() / "codebook.toml", author=author) as project:
        yield project


def worked_on(project):
    """The article that the layer was made on: the exchange format has its own order."""
    return next(row.id for row in queries.article_rows(project) if row.state == "done")


def with_lines(path, out, change):
    """A copy of an export whose lines were changed."""
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for line in lines:
        change(line)
    text = "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines)
    out.write_text(text, "utf-8")
    return out


def test_export_import_export_is_byte_identical(layer, fresh, tmp_path):
    result = drain(take_annotations(fresh, [layer]))
    assert (result.articles, result.known) == (2, 0) and result.records > 55
    assert exported(fresh, tmp_path / "again.jsonl").read_bytes() == layer.read_bytes()
    assert drain(checking.check_project(fresh)).is_sound


def test_the_layer_holds_one_of_everything(layer):
    first = next(line for line in map(json.loads, layer.read_text("utf-8").splitlines()) if line["stances"])
    assert all(first[name] for name in ("entities", "quotes", "stances", "notes", "rejections", "actors", "targets"))
    assert {one["origin"]["act"] for one in first["entities"]} == {"added", "accepted", "corrected"}
    assert {one["is_submitted"] for one in first["stances"]} == {True, False}
    assert first["status"]["state"] == "done" and any(len(one["content"]) > 1 for one in first["quotes"])


def test_every_record_comes_back_as_it_was(suggested, layer, fresh):
    drain(take_annotations(fresh, [layer]))
    for kind in ("entity", "quote", "stance", "note", "rejection", "actor"):
        found = rows.select(fresh.conn, kind)
        assert found == rows.select(suggested.conn, kind) and found


def test_a_quote_of_an_older_export_is_reported_speech(layer, fresh, tmp_path):
    def without_reported(line):
        for quote in line["quotes"]:
            quote.pop("reported", None)

    drain(take_annotations(fresh, [with_lines(layer, tmp_path / "older.jsonl", without_reported)]))
    assert {one.reported for one in rows.select(fresh.conn, "quote")} == {"speech"}


def test_imported_rejections_stay_rejected_when_the_models_run(layer, fresh, worker):
    drain(take_annotations(fresh, [layer]))
    drain(suggesting.suggest(fresh, worker))
    keys = {one.suggested.key for one in rows.select(fresh.conn, "rejection")}
    proposed = {one.draft.key for one in suggestions.of_article(fresh.conn, worked_on(fresh))}
    left = {one.draft.key for one in queries.open_suggestions(fresh, worked_on(fresh))}
    assert len(keys) == 10 and keys <= proposed and keys.isdisjoint(left)


def test_a_second_import_changes_nothing(layer, fresh):
    taken = drain(take_annotations(fresh, [layer])).records
    before = everything(fresh)
    again = drain(take_annotations(fresh, [layer]))
    assert (again.records, again.known, again.changes.changes) == (0, taken, ())
    assert everything(fresh) == before and history.undo_text(fresh) == "imported annotations"


def test_a_second_import_leaves_the_state_of_an_article_that_was_worked_on(layer, fresh):
    drain(take_annotations(fresh, [layer]))
    annotation.set_status(fresh, first_article(fresh), state="in_progress", is_flagged=True)
    drain(take_annotations(fresh, [layer]))
    row = queries.article_rows(fresh)[0]
    assert (row.state, row.is_flagged) == ("in_progress", True)


def test_one_undo_takes_an_import_of_annotations_back(layer, fresh):
    before = everything(fresh)
    drain(take_annotations(fresh, [layer]))
    after = everything(fresh)
    history.undo(fresh)
    assert everything(fresh) == before
    history.redo(fresh)
    assert everything(fresh) == after


def test_annotations_come_onto_articles_that_are_there_already(layer, fresh):
    drain(importing.add_articles(fresh, [paths.seeds()]))
    drain(take_annotations(fresh, [layer]))
    assert len(queries.article_rows(fresh)) == 2 and {row.state for row in queries.article_rows(fresh)} == {
        "done",
        "todo",
    }


def test_a_record_that_is_there_and_differs_refuses_the_whole_import(layer, fresh):
    drain(take_annotations(fresh, [layer]))
    changed = next(one for one in queries.entities(fresh, worked_on(fresh)) if one.label == "LAW")
    annotation.relabel(fresh, changed.id, "EVENT")
    before = everything(fresh)
    with pytest.raises(BadExchange, match=f"entity {changed.id} is in the project already and differs") as refused:
        drain(take_annotations(fresh, [layer]))
    assert refused.value.hint and everything(fresh) == before


def test_a_bad_line_refuses_the_lines_before_it_too(layer, fresh, tmp_path):
    broken = tmp_path / "broken.jsonl"
    broken.write_bytes(layer.read_bytes() + b'{"format": "annotator-article/1"}\n')
    before = everything(fresh)
    with pytest.raises(BadExchange, match=r"broken\.jsonl, line 3: "):
        drain(take_annotations(fresh, [broken]))
    assert everything(fresh) == before


def test_a_stopped_import_leaves_nothing(layer, fresh):
    before = everything(fresh)
    run_until(take_annotations(fresh, [layer]), lambda progress: progress.done == 1)
    assert everything(fresh) == before
    assert len(told(take_annotations(fresh, [layer]))) == 2


def test_suggestions_are_nobody_s_work(suggested, fresh, tmp_path):
    proposed = exported(suggested, tmp_path / "proposed.jsonl", "suggestions")
    with pytest.raises(BadExchange, match="nobody's work") as refused:
        drain(take_annotations(fresh, [proposed]))
    assert refused.value.hint and queries.article_rows(fresh) == []


def test_labels_that_the_codebook_lacks_come_as_a_new_version_of_it(layer, fresh, tmp_path):
    def rename(line):
        for one in line["entities"]:
            one["label"] = "WEAPON" if one["label"] == "LAW" else one["label"]

    foreign = with_lines(layer, tmp_path / "foreign.jsonl", rename)
    old = fresh.codebook()
    drain(take_annotations(fresh, [foreign]))
    new = fresh.codebook()
    assert new.version == old.version + 1 and new.codebook.labels[:-1] == old.codebook.labels
    assert new.codebook.labels[-1].name == "WEAPON"
    annotation.add_entity(fresh, first_article(fresh), word_span(fresh, "and"), "WEAPON")
    history.undo(fresh)
    history.undo(fresh)
    assert fresh.codebook() == old


def test_a_quote_of_a_layer_may_be_changed_like_one_s_own(layer, fresh):
    drain(take_annotations(fresh, [layer]))
    article = worked_on(fresh)
    made = next(one for one in queries.quotes(fresh, article) if isinstance(one.origin.suggested, QuoteDraft))
    first = made.content[0]
    annotation.resize(fresh, made.id, Span(first.start, first.end - 1))
    changed = next(one for one in queries.quotes(fresh, article) if one.id == made.id)
    assert (changed.origin.act, changed.speaker) == ("corrected", made.speaker)


def merged(project):
    """An export after an actor and a target that the layer names were merged, by a chain of merges."""
    people = {one.name: one.id for one in rows.select(project.conn, "actor")}
    (middle,) = actors.create(project, "Hegseth’s office").records("actor")
    (kept,) = actors.create(project, "Secretary Hegseth").records("actor")
    actors.merge(project, people["Pete Hegseth"], middle.id)
    actors.merge(project, middle.id, kept.id)
    topic = next(one.id for one in rows.select(project.conn, "target") if one.label == "5 %")
    (better,) = stances.add_target(project, "5 % of GDP by 2035").records("target")
    stances.merge_targets(project, topic, better.id)
    return {people["Pete Hegseth"]: kept.id, topic: better.id}


def test_merged_actors_and_targets_are_exported_as_the_kept_ones(suggested, layer, tmp_path):
    instead = merged(suggested)
    after = exported(suggested, tmp_path / "merged.jsonl")
    expected = layer.read_text("utf-8")
    assert all(gone in expected for gone in instead)
    first = next(line for line in map(json.loads, after.read_text("utf-8").splitlines()) if line["stances"])
    assert not any(gone in after.read_text("utf-8") for gone in instead)
    assert {instead[gone] for gone in list(instead)[1:]} <= {one["id"] for one in first["targets"]}
    kept = next(one for one in first["actors"] if one["id"] in instead.values())
    assert kept["name"] == "Secretary Hegseth" and set(kept["aliases"]) == {
        "Hegseth’s office",
        "Pete Hegseth",
        "Hegseth",
    }
    (stance,) = (one for one in first["stances"] if one["rationale"])
    assert stance["via"] == kept["id"] and any(one["speaker"] == kept["id"] for one in first["quotes"])


def test_a_layer_with_merges_comes_back_byte_for_byte(suggested, layer, fresh, tmp_path):
    merged(suggested)
    after = exported(suggested, tmp_path / "merged.jsonl")
    drain(take_annotations(fresh, [after]))
    assert exported(fresh, tmp_path / "again.jsonl").read_bytes() == after.read_bytes()
    assert drain(checking.check_project(fresh)).is_sound


def test_an_export_after_a_merge_changes_nothing_where_it_came_from_or_went_to(suggested, layer, fresh, tmp_path):
    drain(take_annotations(fresh, [layer]))
    merged(suggested)
    after = exported(suggested, tmp_path / "merged.jsonl")
    before = everything(suggested)
    again = drain(take_annotations(suggested, [after]))
    assert (again.records, everything(suggested)) == (0, before)
    with pytest.raises(BadExchange, match="is in the project already and differs"):
        drain(take_annotations(fresh, [after]))


def test_an_older_export_is_known_after_a_merge(suggested, layer):
    merged(suggested)
    before = everything(suggested)
    assert drain(take_annotations(suggested, [layer])).records == 0 and everything(suggested) == before
