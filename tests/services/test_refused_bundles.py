"""Bundles that are damaged, forged or do not fit: refused in one sentence, and nothing is changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from annotator.domain.errors import BadBundle
from annotator.domain.signing import Signer
from annotator.services import bundling, projects
from annotator.store import journal
from annotator.store.project import Project, open_project
from tests.exchange import ANA, BELA, chained, opened, receive, sealed, send
from tests.store.making import entities, entity, put, withdraw

Lines = list[dict[str, Any]]


def refused(project: Project, *bundles: Path) -> str:
    """The sentence with which bundles are refused; the project must be as it was."""
    before = list(project.conn.iterdump())
    with pytest.raises(BadBundle) as said:
        receive(project, *bundles)
    assert list(project.conn.iterdump()) == before and said.value.hint
    return said.value.message


def test_a_gap_is_refused(ana, bela, tmp_path):
    middle = bundling.heads(bela)
    put(bela, entity(bela, "agreed"))
    late = send(bela, tmp_path / "late.bundle", since=middle)
    assert "Nothing of Bela is in this project, and the bundle goes on with act 3" in refused(ana, late)
    early = send(bela, tmp_path / "early.bundle")
    receive(ana, late, early)
    assert len(entities(ana)) == 4


def test_a_fork_is_refused(ana, bela, tmp_path):
    receive(bela, send(ana, tmp_path / "a.bundle"))
    second = Path(tmp_path / "second.annot")
    projects.copy_to(bela, second)
    put(bela, entity(bela, "agreed"))
    receive(ana, send(bela, tmp_path / "b.bundle"))
    with open_project(second, BELA) as other:
        put(other, entity(other, "said"))
        put(other, entity(other, "with"))
        forked = send(other, tmp_path / "c.bundle")
        newer = send(
            other, tmp_path / "d.bundle", since=journal.heads(other.conn) | {BELA.id: journal.head(other.conn, BELA.id)}
        )
    assert "Bela's work went two ways: act 3 is another one" in refused(ana, forked)
    assert "Bela's work" in refused(ana, newer)


def test_a_bundle_of_another_project_is_refused(ana, tmp_path):
    with projects.new(tmp_path / "other.annot", author=BELA, name="Sports") as other:
        bundle = send(other, tmp_path / "o.bundle")
    assert refused(ana, bundle) == "o.bundle is of another project (“Sports”), not of “News”."


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is no bundle"),
        (b"hello", "is no bundle"),
        (b"{}\n{}\n", "is no bundle"),
        (b"\x1f\x8bnot really", "cannot be unpacked"),
        (b'{"line":"header","format":"annotator-bundle/2"}\n{}\n', "bundle of another version (annotator-bundle/2)"),
        (b'{"line":"header","format":"annotator-bundle/1"}\n', "was changed or damaged"),
        (b"[" * 100_000, "is no bundle"),
    ],
)
def test_what_is_no_bundle_is_refused(ana, tmp_path, content, says):
    (tmp_path / "x.bundle").write_bytes(content)
    assert says in refused(ana, tmp_path / "x.bundle")


def test_a_bundle_that_cannot_be_read_is_refused(ana, tmp_path):
    assert "cannot be read" in refused(ana, tmp_path / "none.bundle")
    assert "cannot be read" in refused(ana, tmp_path)


@pytest.mark.parametrize("packed", ["", ".gz"])
def test_a_bundle_that_was_cut_off_is_refused_wherever(ana, bela, tmp_path, packed):
    whole = send(bela, tmp_path / f"b.bundle{packed}").read_bytes()
    part = tmp_path / f"part.bundle{packed}"
    for end in range(1, len(whole), max(len(whole) // 150, 1)):
        part.write_bytes(whole[:end])
        refused(ana, part)


def test_a_packed_bundle_that_inflates_to_more_than_it_may_is_refused(ana, tmp_path, monkeypatch):
    import gzip

    monkeypatch.setattr("annotator.ingest.bundle.MAX_BYTES", 1_000_000)
    (tmp_path / "x.bundle").write_bytes(gzip.compress((b"{}" + b" " * 9_000 + b"\n") * 1_000))
    assert "is no bundle" in refused(ana, tmp_path / "x.bundle")
    header = b'{"line":"header","format":"annotator-bundle/1"}\n'
    (tmp_path / "x.bundle").write_bytes(gzip.compress(header + (b"{}" + b" " * 9_000 + b"\n") * 1_000))
    assert "too large" in refused(ana, tmp_path / "x.bundle")


Edit = Callable[[Lines], object]


def event(lines: Lines, number: int = -1) -> dict[str, Any]:
    """An event of the lines."""
    found: dict[str, Any] = [line for line in lines if line["line"] == "act"][number]["event"]
    return found


def image(lines: Lines, number: int = -1) -> dict[str, Any]:
    """What an event leaves of its first record."""
    found: dict[str, Any] = event(lines, number)["changes"][0][3]
    return found


SIMPLE: dict[str, tuple[Edit, str]] = {
    "a line less": (lambda ls: ls.pop(-1), "does not hold what its first line tells"),
    "a line twice": (lambda ls: ls.append(ls[-1]), "does not hold what its first line tells"),
    "acts before articles": (lambda ls: ls.append(ls.pop(1)), "is out of place"),
    "two headers": (lambda ls: ls.insert(1, ls[0]), "is out of place"),
    "the verb": (lambda ls: event(ls).update(verb="entity.none"), "does not fit its hash"),
    "the time": (lambda ls: event(ls).update(time="2020-01-01T00:00:00.000Z"), "does not fit its hash"),
    "the label": (lambda ls: image(ls).update(label="ORG"), "does not fit its hash"),
    "a signature": (lambda ls: ls[-1].update(signatures=ls[-2]["signatures"]), "does not fit what it signs"),
    "an article's text": (lambda ls: ls[1]["article"].update(text="Other."), "does not fit its hash"),
    "a section": (
        lambda ls: ls[1]["article"].update(sections=[{"kind": "body", "start": 0, "end": 9999}]),
        "does not lie in its text",
    ),
    "a new field": (lambda ls: event(ls).update(mood="good"), "cannot read"),
    "a huge number": (lambda ls: event(ls).update(seq=2**63), "has the id of another one"),
    "an act with the id of another": (
        lambda ls: event(ls).update(id=event(ls, -2)["id"]),
        "has the id of another one",
    ),
    "a name that steers the terminal": (lambda ls: ls[0]["authors"][0].update(name="A\x1b[2J"), "makes no sense"),
    "a name that turns the line around": (lambda ls: ls[0]["authors"][0].update(name="A\u202e"), "makes no sense"),
    "no name": (lambda ls: ls[0]["authors"][0].update(name=" "), "makes no sense"),
    "a sender whom it does not name": (lambda ls: ls[0].update(sender="x"), "makes no sense"),
    "a long name": (lambda ls: ls[0]["project"].update(name="x" * 1_000), "makes no sense"),
}


@pytest.mark.parametrize("what", SIMPLE)
def test_lines_that_were_tampered_with_are_refused_even_under_a_new_footer(ana, bela, tmp_path, what):
    edit, says = SIMPLE[what]
    lines = opened(send(bela, tmp_path / "b.bundle"))
    edit(lines)
    assert BELA.signer and says in refused(ana, sealed(lines, tmp_path / "x.bundle", BELA.signer))


# What a colleague's program with a true key might still send.
CHAINED: dict[str, tuple[Edit, str]] = {
    "a span elsewhere": (lambda ls: image(ls).update(start=0, end=4), "does not hold the text"),
    "a span outside": (lambda ls: image(ls).update(end=99_999), "does not lie in its article"),
    "an unknown article": (lambda ls: image(ls).update(article="sha256:0"), "its article is missing"),
    "another's record": (lambda ls: image(ls).update(author=ANA.id), "another author's work"),
    "a kind of tomorrow": (lambda ls: event(ls)["changes"][0].__setitem__(0, "mood"), "does not know what “mood” is"),
    "no such label": (lambda ls: image(ls).update(label=7), "cannot read"),
    "another id": (lambda ls: image(ls).update(id="x"), "another id than its change"),
    "another past": (lambda ls: event(ls)["changes"][0].__setitem__(2, image(ls)), "was something else before"),
    "no change": (lambda ls: event(ls).update(changes=[]), "it changes nothing"),
    "a clock back": (lambda ls: event(ls).update(clock=1), "clock goes backwards"),
    "a clock ahead": (lambda ls: event(ls).update(clock=99), "runs ahead"),
    "an undo of itself": (lambda ls: event(ls).update(verb="undo", undoes=event(ls)["id"]), "did not do before"),
    "an undo of nothing": (lambda ls: event(ls).update(verb="undo", undoes="x"), "did not do before"),
    "an undo of another's act": (
        lambda ls: event(ls).update(verb="undo", undoes=event(ls, 0)["id"]),
        "did not do before",
    ),
    "an undo without undoing": (lambda ls: event(ls).update(verb="undo"), "cannot be undone"),
    "a number less": (lambda ls: event(ls).update(seq=9), "what lies between is missing"),
    "no time": (lambda ls: event(ls).update(time="yesterday"), "its time or its verb"),
}


@pytest.mark.parametrize("what", CHAINED)
def test_acts_that_break_the_rules_are_refused_even_under_a_true_key(ana, bela, tmp_path, what):
    edit, says = CHAINED[what]
    lines = opened(send(bela, tmp_path / "b.bundle"))
    edit(lines)
    assert BELA.signer and says in refused(ana, sealed(chained(lines, BELA), tmp_path / "x.bundle", BELA.signer))


def test_a_record_with_the_id_of_anothers_is_refused(ana, bela, tmp_path):
    (mine,) = entities(ana)
    theirs = msgspec.structs.replace(mine, author=BELA.id)
    put(bela, theirs)
    assert "was something else before" in refused(ana, send(bela, tmp_path / "b.bundle"))
    withdraw(ana, mine)
    assert "was something else before" in refused(ana, send(bela, tmp_path / "b.bundle"))


def test_a_bundle_that_is_signed_with_anothers_name_is_refused(ana, bela, tmp_path):
    bundle = send(bela, tmp_path / "b.bundle")
    lines = bundle.read_bytes().splitlines(keepends=True)
    assert BELA.signer
    forged = lines[-1].replace(BELA.signer.public_key.encode(), Signer(b"x" * 32).public_key.encode())
    bundle.write_bytes(b"".join(lines[:-1]) + forged)
    assert "changed or damaged" in refused(ana, bundle)
