"""Networks of a debate: worked by hand, and read back by networkx from both formats."""

from __future__ import annotations

import gc

import msgspec
import networkx
import pytest

from annotator.export.manifest import export_problems, read_manifest
from annotator.export.network_files import gexf_job, graphml_job, write_networks
from annotator.export.networks import conflict, congruence, network_of
from annotator.export.statements import Debate
from tests.article_lines import full_line, line_of
from tests.export.cases import ABOUT, check_golden, debate

# Different enough to be stories of their own.
MONDAY = "The ministers met at noon in the old town hall and argued about money until late."
TUESDAY = "Nobody expected farmers to come with tractors, yet forty of them blocked the bridge."
WEDNESDAY = "A court in the capital heard both sides on the question, then adjourned for weeks."
READ = {"graphml": networkx.read_graphml, "gexf": networkx.read_gexf}


def three_days():
    """Ann is for tax and for war (each day), Bob for tax and against war, Cid against tax, twice in one article."""
    first = debate(
        MONDAY,
        ("ann", "tax", "support"),
        ("bob", "tax", "support"),
        ("cid", "tax", "oppose"),
        ("cid", "tax", "oppose"),
        published="2025-02-10",
    )
    second = debate(TUESDAY, ("ann", "tax", "support"), ("bob", "war", "oppose"), published="2025-02-11")
    third = debate(
        WEDNESDAY, ("ann", "war", "support"), ("bob", "tax", "mixed"), ("dot", "war", "neutral"), published="2025-02-12"
    )
    return sorted([first, second, third], key=lambda line: line.article.id)


def network(lines):
    found = Debate()
    for line in lines:
        found.add(line)
    found.finish()
    return network_of(found.statements, found.story_of)


def test_actors_and_targets_count_stories_by_position():
    ties = network(three_days()).ties
    assert {pair: (dict(tie.stories), tie.weight, tie.statements) for pair, tie in ties.items()} == {
        ("ann", "tax"): ({"support": 2}, 2, 2),
        ("ann", "war"): ({"support": 1}, 1, 1),
        ("bob", "tax"): ({"support": 1, "mixed": 1}, 1, 2),
        ("bob", "war"): ({"oppose": 1}, -1, 1),
        ("cid", "tax"): ({"oppose": 1}, -1, 2),
        ("dot", "war"): ({"neutral": 1}, 0, 1),
    }
    assert ties["ann", "tax"].days == {"2025-02-10", "2025-02-11"}


def test_congruence_and_conflict_are_sums_of_products_divided_by_mean_activity():
    # Ann takes a side 3 times (tax, tax, war), Bob 2 times (tax, war), Cid once, Dot never.
    found = network(three_days())
    assert {pair: (one.weight, one.average, one.targets) for pair, one in congruence(found).items()} == {
        ("ann", "bob"): (2, 2 / 2.5, 1)
    }
    assert {pair: (one.weight, one.average, one.targets) for pair, one in conflict(found).items()} == {
        ("ann", "bob"): (1, 1 / 2.5, 1),
        ("ann", "cid"): (2, 2 / 2.0, 1),
        ("bob", "cid"): (1, 1 / 1.5, 1),
    }


def test_a_story_that_several_articles_tell_counts_once_and_is_told(tmp_path):
    told = "x " + MONDAY * 3
    copies = [debate(f"{told} {hour}", ("ann", "tax", "support"), ("bob", "tax", "support")) for hour in "ab"]
    lines = sorted([*copies, *three_days()[:1]], key=lambda line: line.article.id)
    counts = write_networks(lines, tmp_path / "out")
    graph = networkx.read_graphml(tmp_path / "out" / "actors-targets.graphml")
    alone = network(three_days()[:1]).ties
    tie = graph.edges["ann", "tax"]
    before = alone.get(("ann", "tax"))
    assert tie["support"] == 1 + (before.stories["support"] if before else 0)
    assert tie["statements"] == 2 + (before.statements if before else 0)
    assert [loss.reason for loss in counts.losses if "same story" in loss.reason] == [
        "2 articles tell the same story: what is said in several of them counts once"
    ]


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_what_networkx_reads_back_is_the_network(tmp_path, form):
    write_networks(three_days(), tmp_path / "out", form=form, about=ABOUT)
    graph = READ[form](tmp_path / "out" / f"actors-targets.{form}")
    found = network(three_days())
    assert {tuple(sorted(edge)) for edge in graph.edges} == {tuple(sorted(edge)) for edge in found.ties}
    for (actor, target), tie in found.ties.items():
        edge = graph.edges[actor, target]
        assert (edge["weight"], edge["balance"], edge["statements"]) == (
            sum(tie.stories.values()),
            tie.weight,
            tie.statements,
        )
        assert (edge["first"], edge["last"]) == (min(tie.days), max(tie.days))
        assert edge["sign"] == {"ann": 1, "bob": 1 if target == "tax" else -1, "cid": -1, "dot": 0}[actor]
    assert {name: data["mode"] for name, data in graph.nodes(data=True)} == dict.fromkeys(
        ("ann", "bob", "cid", "dot"), "actor"
    ) | dict.fromkeys(("tax", "war"), "target")
    assert all(data["degree"] == graph.degree(name) for name, data in graph.nodes(data=True))
    for name, pairs in (("congruence", congruence(found)), ("conflict", conflict(found))):
        actors = READ[form](tmp_path / "out" / f"{name}.{form}")
        assert set(actors) == {"ann", "bob", "cid", "dot"} and not actors.is_directed()
        edges = {
            tuple(sorted((ours, theirs))): (data["weight"], data["average"], data["targets"])
            for ours, theirs, data in actors.edges(data=True)
        }
        assert edges == {pair: (one.weight, one.average, one.targets) for pair, one in pairs.items()}
    assert export_problems(tmp_path / "out") == []


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_the_files_are_as_they_were_read_and_found_right(tmp_path, form):
    write_networks(three_days(), tmp_path / "out", form=form)
    check_golden(tmp_path / "out", form)


def test_what_is_no_statement_is_left_out_and_listed(tmp_path):
    write_networks([full_line()], tmp_path / "out", about=ABOUT)
    graph = networkx.read_graphml(tmp_path / "out" / "actors-targets.graphml")
    assert list(graph.edges) == [("actor-2", "target-1")] and graph.nodes["actor-2"]["label"] == "Donald Trump"
    counts = read_manifest(tmp_path / "out").counts
    assert {kind: count for kind, count in counts.records["ana"].items() if count} == {
        "actor": 1,
        "stance": 1,
        "target": 1,
    }
    losses = {(loss.reason, loss.record) for loss in counts.losses}
    assert ("a stance that was not submitted is left out", "stance-2") in losses
    assert ("articles without a date have none in “first” and “last” (1)", "") in losses


def test_names_that_xml_cannot_hold_are_shown_otherwise_and_told(tmp_path):
    line = debate(MONDAY, ("ann", "tax", "support"))
    actor = msgspec.structs.replace(line.actors[0], name="A <b>\x01 & “c”")
    counts = write_networks([msgspec.structs.replace(line, actors=(actor,))], tmp_path / "out")
    graph = networkx.read_graphml(tmp_path / "out" / "actors-targets.graphml")
    assert graph.nodes["ann"]["label"] == "A <b>\u2401 & “c”"
    assert any("control characters" in loss.reason for loss in counts.losses)


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_a_debate_without_a_stance_is_an_empty_network(tmp_path, form):
    write_networks([line_of("Nothing was said.")], tmp_path / "out", form=form)
    assert len(READ[form](tmp_path / "out" / f"actors-targets.{form}")) == 0


@pytest.mark.parametrize("job", [graphml_job, gexf_job])
def test_a_stopped_export_leaves_nothing(tmp_path, job):
    going = job(three_days(), tmp_path / "out")
    next(going)
    going.close()
    gc.collect()
    assert list(tmp_path.iterdir()) == []
