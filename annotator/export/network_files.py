"""Writes a folder of networks as GraphML or GEXF: actors and targets, and actors by what they agree and disagree on."""

from __future__ import annotations

import re
from collections import Counter as Tally
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import networkx

from annotator.domain.exchange import ArticleLine
from annotator.domain.progress import Job, Progress, drain
from annotator.export.atomic import FileFacts, FileSet
from annotator.export.cells import for_xml, has_control
from annotator.export.counts import Counter, Counts, Loss
from annotator.export.jsonl import check_line
from annotator.export.manifest import About, add_manifest
from annotator.export.networks import Likeness, Network, Tie, conflict, congruence, network_of
from annotator.export.statements import Debate

Form = Literal["graphml", "gexf"]
_XML = '<?xml version="1.0" encoding="utf-8"?>'
# What the library says of itself, and of today.
_MADE = re.compile(r"<meta.*?</meta>", re.DOTALL)


def write_networks(
    lines: Iterable[ArticleLine], out: Path, *, form: Form = "graphml", about: About | None = None
) -> Counts:
    """Write `actors-targets`, `congruence` and `conflict` into the folder `out`, all or none; see docs/formats.md.

    Raises:
        AnnotatorError: a line breaks the rules of the format, or a file cannot be written.
    """
    return drain(_job(form, lines, out, total=0, about=about))


def graphml_job(lines: Iterable[ArticleLine], out: Path, *, total: int = 0, about: About | None = None) -> Job[Counts]:
    """`write_networks` as GraphML step by step, one article a step; closing it leaves everything as it was."""
    return _job("graphml", lines, out, total=total, about=about)


def gexf_job(lines: Iterable[ArticleLine], out: Path, *, total: int = 0, about: About | None = None) -> Job[Counts]:
    """`write_networks` as GEXF step by step, one article a step; closing it leaves everything as it was."""
    return _job("gexf", lines, out, total=total, about=about)


def _job(form: Form, lines: Iterable[ArticleLine], out: Path, *, total: int, about: About | None) -> Job[Counts]:
    counter, debate = Counter(), Debate()
    for line in lines:
        check_line(line)
        counter.add(debate.add(line))
        yield Progress(counter.articles, total, "Reading stances")
    debate.finish()
    network = network_of(debate.statements, debate.story_of)
    graphs = {
        "actors-targets": _two_mode(network),
        "congruence": _one_mode(network, congruence(network)),
        "conflict": _one_mode(network, conflict(network)),
    }
    parts = {f"{name}.{form}": graph.number_of_edges() for name, graph in graphs.items()}
    counts = counter.counts(parts=parts, losses=(*debate.losses, *debate.shared_stories(), *_losses(debate, network)))
    with FileSet() as files:
        files.folder(out)
        facts: dict[Path, FileFacts] = {}
        for name, graph in graphs.items():
            path = out / f"{name}.{form}"
            files.open(path).write(_bytes(graph, form))
            facts[path] = files.closed(path)
        if about:
            add_manifest(files, out, export=form, about=about, counts=counts, facts=facts)
    return counts


def _bytes(graph: networkx.Graph, form: Form) -> bytes:
    if form == "graphml":
        text = "\n".join(networkx.generate_graphml(graph))
    else:
        text = _MADE.sub("<meta><creator>Annotator</creator></meta>", "\n".join(networkx.generate_gexf(graph)), count=1)
    return f"{_XML}\n{text}\n".encode()


def _two_mode(network: Network) -> networkx.Graph:
    graph = networkx.Graph(name="actors and targets")
    _add_actors(graph, network)
    statements: Tally[str] = Tally()
    for (_, target), tie in network.ties.items():
        statements[target] += tie.statements
    for key, what in network.targets.items():
        graph.add_node(
            key,
            label=for_xml(what.label),
            mode="target",
            type=what.kind,
            statement=for_xml(what.statement),
            statements=statements[key],
        )
    for (actor, target), tie in network.ties.items():
        graph.add_edge(actor, target, **_tie(tie))
    _add_degrees(graph)
    return graph


def _one_mode(network: Network, pairs: dict[tuple[str, str], Likeness]) -> networkx.Graph:
    graph = networkx.Graph(name="actors")
    _add_actors(graph, network)
    for (ours, theirs), one in pairs.items():
        graph.add_edge(ours, theirs, weight=one.weight, average=one.average, targets=one.targets)
    _add_degrees(graph)
    return graph


def _add_actors(graph: networkx.Graph, network: Network) -> None:
    statements: Tally[str] = Tally()
    for (actor, _), tie in network.ties.items():
        statements[actor] += tie.statements
    for key, who in network.actors.items():
        graph.add_node(key, label=for_xml(who.name), mode="actor", type=who.type, statements=statements[key])


def _add_degrees(graph: networkx.Graph) -> None:
    networkx.set_node_attributes(graph, dict(graph.degree()), "degree")


def _tie(tie: Tie) -> dict[str, str | int]:
    positions = "; ".join(f"{name} {count}" for name, count in sorted(tie.stories.items()))
    return {
        # What programs read as the strength of a tie must not be negative.
        "weight": sum(tie.stories.values()),
        "balance": tie.weight,
        "sign": (tie.weight > 0) - (tie.weight < 0),
        "support": tie.stories["support"],
        "oppose": tie.stories["oppose"],
        "positions": positions,
        "statements": tie.statements,
        "first": min(tie.days, default=""),
        "last": max(tie.days, default=""),
    }


def _losses(debate: Debate, network: Network) -> Iterable[Loss]:
    unsided = sum(one.position not in ("support", "oppose") for one in debate.statements)
    if unsided:
        reason = (
            "stances that take no side are in no network of actors alone, and count in “weight” and not in “balance”"
        )
        yield Loss(reason=f"{reason} ({unsided})", kind="stance")
    undated = len({one.article for one in debate.statements if not one.day})
    if undated:
        yield Loss(reason=f"articles without a date have none in “first” and “last” ({undated})")
    if debate.statements:
        yield Loss(reason="networks hold no words: evidence, via, dimension, explicitness and confidence are left out")
    names = [one.name for one in network.actors.values()]
    names += [text for one in network.targets.values() for text in (one.label, one.statement)]
    if any(map(has_control, names)):
        yield Loss(reason="names have control characters; pictures of them stand in their place")
