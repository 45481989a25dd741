"""Annotations of other programs come in as suggestions, or as one's own work in one act; what does not fit is named."""

from __future__ import annotations

import json

import pytest

from annotator.domain.drafts import QuoteDraft
from annotator.domain.errors import BadExchange
from annotator.domain.progress import drain
from annotator.services import checking, history, projects, queries, suggesting
from annotator.services.foreign_reading import read_foreign
from annotator.services.foreign_taking import take_records, take_suggestions
from annotator.store import articles, rows, suggestions
from tests.services.foreign import TEXT, WORDS, doccano, label_studio, prodigy_task, region, span, write
from tests.services.making import entities, quotes
from tests.store.making import add_articles


@pytest.fixture
def empty(tmp_path, author):
    """An open project without articles, with the codebook for news."""
    with projects.new(tmp_path / "empty.annot", author=author) as project:
        yield project


def read(project, *paths, **more):
    return drain(read_foreign(project, paths, **more))


def suggest(project, path, *, name="x", **mapping):
    return drain(take_suggestions(project, read(project, path), mapping=mapping, name=name))


def take(project, path, *, who="", **mapping):
    return drain(take_records(project, read(project, path), mapping=mapping, name="x", who=who))


def proposed(project):
    (article,) = articles.ids(project.conn)
    return suggestions.of_article(project.conn, article)


@pytest.mark.parametrize("unit", ["codepoint", "utf16"])
def test_doccano_gives_entities_and_a_quote_with_its_parts(empty, tmp_path, unit):
    result = suggest(empty, doccano(tmp_path / "d.jsonl", unit=unit))

    assert result.records == {"entity": 2, "quote": 1} and result.left_out == {"comments": 1}
    assert {(one.model, one.version) for one in proposed(empty)} == {("import:x", "")}
    drafts = [one.draft for one in proposed(empty)]
    (quote,) = [one for one in drafts if isinstance(one, QuoteDraft)]
    assert [piece.text for piece in (*quote.content, *quote.source, quote.cue)] == [
        WORDS["quote"],
        WORDS["source"],
        WORDS["cue"],
    ]
    assert (quote.form, quote.source_kind) == ("direct", "named")
    assert {(one.text, one.label) for one in drafts if not isinstance(one, QuoteDraft)} == {
        ("Pete Hegseth", "PERSON"),
        ("NATO", "ORG"),
    }
    assert drain(checking.check_project(empty)).is_sound


def test_doccano_triples_are_read(empty, tmp_path):
    path = write(tmp_path / "d.jsonl", {"text": TEXT, "label": [[*span("NATO"), "ORG"]]})

    assert suggest(empty, path).records == {"entity": 1}


@pytest.mark.parametrize("unit", ["codepoint", "utf16"])
def test_label_studio_gives_what_people_and_models_say(empty, tmp_path, unit):
    result = suggest(empty, label_studio(tmp_path / "l.json", unit=unit))

    assert result.records == {"entity": 2, "quote": 1}
    assert [one.name for one in (articles.get(empty.conn, key) for key in articles.ids(empty.conn))] == ["live.txt"]


def test_label_studio_json_min_is_read(empty, tmp_path):
    value = region("1", "ORG")["value"]
    result = suggest(empty, write(tmp_path / "m.json", {"text": TEXT, "id": 3, "label": [value], "annotator": 2}))

    assert result.records == {"entity": 1}


def test_a_models_predictions_never_become_work(empty, tmp_path):
    result = take(empty, label_studio(tmp_path / "l.json", people=()))

    assert result.records == {} and result.left_out == {"what only a model says": 1}
    assert articles.ids(empty.conn) == []


def test_whose_work_it_is_must_be_chosen_where_several_annotated(empty, tmp_path):
    path = label_studio(tmp_path / "l.json", people=(1, 2))

    with pytest.raises(BadExchange, match="annotated by several people: 1, 2"):
        take(empty, path)
    assert take(empty, path, who="2").records == {"entity": 2, "quote": 1}
    with pytest.raises(BadExchange, match="Nobody called 9"):
        take(empty, path, who="9")


def test_prodigy_gives_what_was_accepted_alone(empty, tmp_path):
    path = write(
        tmp_path / "p.jsonl",
        prodigy_task("ORG"),
        prodigy_task("PERSON", answer="reject"),
        prodigy_task("PERSON", answer="ignore"),
    )

    result = suggest(empty, path)

    assert result.records == {"entity": 1}
    assert result.left_out == {"tasks answered reject": 1, "tasks answered ignore": 1}


@pytest.mark.parametrize("answer", ["reject", "ignore"])
def test_a_task_that_was_turned_down_brings_no_article(empty, tmp_path, answer):
    path = write(tmp_path / "p.jsonl", prodigy_task("ORG", answer=answer))

    assert read(empty, path).article_counts() == (0, 0)
    for taken in (suggest(empty, path), take(empty, path)):
        assert (taken.added, taken.records) == (0, {}) and taken.left_out == {f"tasks answered {answer}": 1}
    assert queries.article_rows(empty) == []


def test_prodigy_relations_join_the_parts_of_a_quote(empty, tmp_path):
    task = prodigy_task("quote", "source")
    head, child = task["spans"]
    task["relations"] = [{"head": 3, "child": 9, "head_span": head, "child_span": child, "label": "BY"}]

    suggest(empty, write(tmp_path / "p.jsonl", task))

    (one,) = proposed(empty)
    assert [piece.text for piece in one.draft.source] == [WORDS["source"]]


def test_words_of_tokens_are_compared_with_the_text(empty, tmp_path):
    task = prodigy_task("ORG")
    task["tokens"] = [{"text": "EU", "start": 0, "end": 2, "id": 0, "ws": True}]
    task["spans"][0] |= {"token_start": 0, "token_end": 0}

    incoming = read(empty, write(tmp_path / "p.jsonl", task))

    assert incoming.texts == [] and "stands “NATO”, not “EU”" in incoming.problems[0]


def test_a_part_of_an_article_is_marked_in_the_article(empty, tmp_path):
    add_articles(empty, [f"A headline\n\n{TEXT}\nThe end."])

    result = suggest(empty, write(tmp_path / "p.jsonl", prodigy_task("ORG")))

    (one,) = proposed(empty)
    assert result.added == 0 and one.draft.start == span("NATO")[0] + len("A headline\n\n")


def test_unknown_labels_are_refused_with_what_to_say_of_them(empty, tmp_path):
    path = write(tmp_path / "d.jsonl", {"text": TEXT, "label": [[*span("NATO"), "ORGA"], [*span("Monday"), "TAG"]]})

    with pytest.raises(BadExchange) as refused:
        suggest(empty, path)
    assert "2 labels: ORGA, TAG" in refused.value.message
    assert "--label 'ORGA=ORG' --label 'TAG='" in refused.value.hint
    with pytest.raises(BadExchange, match="no label NOPE"):
        suggest(empty, path, ORGA="NOPE", TAG="")
    result = suggest(empty, path, ORGA="ORG", TAG="")
    assert result.records == {"entity": 1} and result.left_out == {"marks labelled TAG": 1}


def test_a_label_can_be_mapped_to_a_part_of_a_quote(empty, tmp_path):
    path = write(tmp_path / "d.jsonl", {"text": TEXT, "label": [[*span(WORDS["quote"]), "SPEECH"]]})

    assert suggest(empty, path, SPEECH="QUOTE").records == {"quote": 1}


def test_a_text_that_does_not_fit_is_named_and_the_others_come(empty, tmp_path):
    good, bad = prodigy_task("ORG"), prodigy_task("ORG", text=TEXT + " More.")
    bad["spans"][0]["end"] = 900
    path = write(tmp_path / "p.jsonl", good, bad)
    with path.open("a", encoding="utf-8") as stream:
        stream.write('{"text": "cut off\n')

    result = suggest(empty, path)

    assert result.records == {"entity": 1} and result.added == 1
    assert [one.split(":")[0] for one in result.problems] == [
        "p.jsonl, line 2",
        "p.jsonl, line 3 cannot be read",
    ]


@pytest.mark.parametrize(
    "content",
    [
        "[" * 100_000,
        '{"text": NaN}',
        "{",
        "\x00",
        '[{"data": {"text": "x"}, "annotations": [{"result": [7]}]}',
        "7",
        '""',
    ],
)
def test_hostile_files_are_refused_in_one_sentence(empty, tmp_path, content):
    for name in ("x.json", "x.jsonl"):
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        for format_ in ("auto", "prodigy", "doccano", "label-studio"):
            try:
                incoming = read(empty, path, format_=format_)
            except BadExchange as error:
                assert name in error.message
            else:
                assert incoming.texts == [] or not incoming.texts[0].text.marks


@pytest.mark.parametrize("offset", ["1e400", "9" * 400, "-1", "true", '"x"', "1.5", "null", "[]"])
def test_an_offset_that_is_none_is_named(empty, tmp_path, offset):
    path = tmp_path / "p.jsonl"
    task = '{"text": "NATO stays", "spans": [{"start": 0, "end": %s, "label": "ORG"}], "answer": "accept"}'
    path.write_text(task % offset, encoding="utf-8")

    incoming = read(empty, path)

    assert incoming.texts == [] and incoming.problems[0].startswith("p.jsonl, line 1")


def test_imported_suggestions_stay_when_models_run_again(empty, tmp_path, worker):
    suggest(empty, write(tmp_path / "p.jsonl", prodigy_task("ORG")), name="gold")
    drain(suggesting.suggest(empty, worker))
    drain(suggesting.suggest(empty, worker, again=True))

    assert "import:gold" in {one.model for one in proposed(empty)} and len({one.model for one in proposed(empty)}) > 1


def test_the_same_name_takes_the_place_of_the_earlier_import(empty, tmp_path):
    suggest(empty, write(tmp_path / "p.jsonl", prodigy_task("ORG")))
    suggest(empty, write(tmp_path / "q.jsonl", prodigy_task("PERSON")))

    assert [one.draft.text for one in proposed(empty)] == ["Pete Hegseth"]


def test_records_come_in_one_act_with_their_origin_and_once(empty, tmp_path):
    path = label_studio(tmp_path / "l.json")

    first = take(empty, path)
    again = take(empty, path)

    assert first.records == {"entity": 2, "quote": 1} and again.records == {} and again.known == 3
    made = [*entities(empty), *quotes(empty)]
    assert {(one.origin.by, one.origin.name, one.origin.act) for one in made} == {("import", "x", "added")}
    assert drain(checking.check_project(empty)).is_sound
    history.undo(empty)
    assert rows.select(empty.conn, "entity") == [] and rows.select(empty.conn, "quote") == []


def test_people_and_stances_come_into_the_registries(empty, tmp_path):
    task = prodigy_task("quote")
    task["spans"][0] |= {"record": "q"}
    start, end = span(WORDS["quote"])
    task["spans"].append({"start": start, "end": end, "label": "stance_oppose", "record": "s"})
    stance = {"id": "s", "position": "oppose", "holder": "Pete Hegseth", "target": "Paying for NATO"}
    task["annotator"] = {"speakers": {"q": "Pete Hegseth"}, "stances": [stance]}

    result = take(empty, write(tmp_path / "p.jsonl", task))

    assert result.records == {"quote": 1, "stance": 1}
    (actor,) = rows.select(empty.conn, "actor")
    (made,) = rows.select(empty.conn, "stance")
    (quote,) = rows.select(empty.conn, "quote")
    assert (actor.name, made.holder, quote.speaker) == ("Pete Hegseth", actor.id, actor.id)
    assert (made.position, made.evidence[0].quote) == ("oppose", quote.id)


def test_cancelling_leaves_nothing(empty, tmp_path):
    incoming = read(empty, write(tmp_path / "p.jsonl", prodigy_task("ORG"), prodigy_task("ORG", text=TEXT + " x")))
    job = take_records(empty, incoming, mapping={}, name="x")
    for _ in range(3):
        next(job)
    job.close()

    assert articles.ids(empty.conn) == [] and rows.select(empty.conn, "entity") == []


def test_a_list_that_is_no_task_is_not_taken_for_one(empty, tmp_path):
    path = tmp_path / "other.json"
    path.write_text(json.dumps({"hello": 1}), encoding="utf-8")

    with pytest.raises(BadExchange, match="in no format that is known"):
        read(empty, path)
