"""The pipelines by command."""

from __future__ import annotations

import json

from annotator.services.suggesting import DEFAULT_PIPELINE


def test_pipelines_are_listed_and_the_one_in_use_is_marked(here, project_copy):
    listed = here("pipelines", project_copy)
    assert listed.code == 0 and f"\n* {DEFAULT_PIPELINE}" in listed.out and "MIT" in listed.out
    assert "Nothing is confirmed yet" in listed.out


def test_another_pipeline_is_chosen_and_listed_as_json(here, project_copy):
    assert here("pipelines", project_copy, "--use", "blank:de").code == 0
    told = json.loads(here("pipelines", project_copy, "--json").out)
    assert [one["name"] for one in told["pipelines"] if one["is_chosen"]] == ["blank:de"]
    assert "listed names, direct quotes" in {one["finds"] for one in told["pipelines"]}


def test_a_missing_pipeline_and_work_that_is_not_there_are_refused(here, project_copy):
    assert (
        "python -m spacy download uk_core_news_md"
        in here("pipelines", project_copy, "--use", "uk_core_news_md").refusal
    )
    assert "Nothing is confirmed yet" in here("pipelines", project_copy, "--score").refusal
