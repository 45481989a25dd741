"""Work that colleagues send each other: what arrives, what is asked first, and what is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from annotator.domain.errors import AnnotatorError, BadBundle, NotAllowed, UnknownSigner
from annotator.domain.progress import drain
from annotator.domain.records import Actor, Codebook, CodebookVersion, Entity
from annotator.domain.signing import Signer
from annotator.services import authors, bundling, history, identity, merging, projects, queries
from annotator.store import backup, journal, rows, signatures, suggestions
from annotator.store.journal import new_id
from annotator.store.project import Author, Project, open_project
from tests.exchange import ANA, BELA, CARL, chained, copy, opened, receive, sealed, send, united
from tests.store.making import accepted, add_articles, entities, entity, names, problems, proposal, put, undo, withdraw

TEXT = "NATO said: “We will stay.” Kyiv agreed with Washington."
Lines = list[dict[str, Any]]


@pytest.fixture
def original(tmp_path: Path) -> Path:
    """A closed project that Ana made, with one article."""
    with projects.new(tmp_path / "o.annot", author=ANA, name="News") as project:
        add_articles(project, [TEXT])
    return project.path


@pytest.fixture
def ana(original: Path, tmp_path: Path) -> Iterator[Project]:
    with copy(original, tmp_path / "a", ANA) as project:
        put(project, entity(project, "NATO"))
        yield project


@pytest.fixture
def bela(original: Path, tmp_path: Path) -> Iterator[Project]:
    with copy(original, tmp_path / "b", BELA) as project:
        put(project, entity(project, "Kyiv", "GPE"))
        put(project, entity(project, "Washington", "GPE"))
        yield project


def test_what_two_people_did_apart_is_the_same_in_both_copies_afterwards(ana, bela, tmp_path):
    add_articles(bela, ["One more: NATO."])
    a, b = send(ana, tmp_path / "a.bundle"), send(bela, tmp_path / "b.bundle.gz")
    assert receive(ana, b).summary == "2 new annotations on 1 article, 1 article new."
    assert receive(bela, a).summary == "1 new annotation on 1 article."
    assert united(ana) == united(bela) and len(entities(ana)) == 3
    assert problems(ana.conn) == problems(bela.conn) == {}
    assert [row.name for row in queries.article_rows(ana)] == ["0.txt", "0.txt"]


def test_a_bundle_that_comes_again_changes_nothing(ana, bela, tmp_path):
    b = send(bela, tmp_path / "b.bundle")
    receive(ana, b)
    before = list(ana.conn.iterdump())
    assert receive(ana, b).summary == "Nothing new: nothing was changed."
    assert list(ana.conn.iterdump()) == before


def test_the_preview_says_what_comes_by_author_and_kind_and_changes_nothing(ana, bela, tmp_path):
    gone = entity(bela, "agreed", "ORG")
    put(bela, gone)
    withdraw(bela, gone)
    before = list(ana.conn.iterdump())
    with drain(merging.receive(ana, [send(bela, tmp_path / "b.bundle")])) as incoming:
        preview = incoming.preview
    assert list(ana.conn.iterdump()) == before
    assert [(one.name, one.kind, one.added, one.changed, one.withdrawn) for one in preview.rows] == [
        ("Bela", "entity", 2, 0, 0)
    ]
    assert [(one.name, one.status, one.acts, one.is_sender) for one in preview.signers] == [
        ("Bela", "unknown", 4, True)
    ]
    assert (preview.project, preview.senders, preview.acts) == ("News", ("Bela",), 4)


def test_changed_and_withdrawn_work_of_a_colleague_follows(ana, bela, tmp_path):
    receive(ana, send(bela, tmp_path / "b.bundle"))
    (kyiv, washington) = sorted((one for one in entities(bela) if isinstance(one, Entity)), key=lambda one: one.start)
    put(bela, msgspec.structs.replace(kyiv, label="ORG"), verb="entity.relabel")
    withdraw(bela, washington)
    with drain(merging.receive(ana, [send(bela, tmp_path / "c.bundle")])) as incoming:
        (row,) = incoming.preview.rows
        assert (row.added, row.changed, row.withdrawn) == (0, 1, 1)
        drain(merging.merge(ana, incoming))
    assert [one.label for one in rows.select(ana.conn, "entity") if one.author == BELA.id] == ["ORG"]  # type: ignore[attr-defined]


def test_only_what_is_newer_than_the_colleagues_heads_is_sent(ana, bela, tmp_path):
    heads = bundling.heads(ana)
    newer = send(bela, tmp_path / "b.bundle", since=heads)
    assert [line["line"] for line in opened(newer)] == ["header", "act", "act"]
    receive(ana, newer)
    receive(bela, send(ana, tmp_path / "a.bundle", since=bundling.read_heads(newer)))
    assert united(ana) == united(bela)


def test_an_article_that_is_new_goes_with_the_acts_that_are_newer(ana, bela, tmp_path):
    add_articles(bela, ["One more: NATO."])
    receive(ana, send(bela, tmp_path / "b.bundle", since=bundling.heads(ana)))
    assert len(queries.article_rows(ana)) == 2 and problems(ana.conn) == {}


def test_of_two_imports_of_one_text_the_earlier_counts_in_every_copy(ana, bela, tmp_path):
    ana.now = lambda: "2026-03-01T10:00:00.000Z"
    bela.now = lambda: "2026-02-01T10:00:00.000Z"
    add_articles(ana, ["First.", "Same."])
    add_articles(bela, ["Same."])
    a, b = send(ana, tmp_path / "a.bundle"), send(bela, tmp_path / "b.bundle")
    receive(ana, b)
    receive(bela, a)
    assert united(ana) == united(bela) and problems(ana.conn) == {}
    assert [row.imported[:7] for row in queries.article_rows(ana) if row.title == "Same."] == ["2026-02"]


def test_of_a_shared_record_the_latest_version_counts_in_every_copy(ana, bela, tmp_path):
    actor = Actor(id=new_id(), author=ANA.id, type="person", name="Kyiv")
    put(ana, actor, verb="actor.add")
    receive(bela, send(ana, tmp_path / "a.bundle"))
    put(ana, msgspec.structs.replace(actor, name="Ana's"), verb="actor.change")
    put(bela, entity(bela, "agreed"))
    put(bela, msgspec.structs.replace(actor, name="Bela's, later"), verb="actor.change")
    a, b = send(ana, tmp_path / "a2.bundle"), send(bela, tmp_path / "b.bundle")
    receive(ana, b)
    receive(bela, a)
    assert united(ana) == united(bela) and problems(ana.conn) == problems(bela.conn) == {}
    assert [one.name for one in rows.select(ana.conn, "actor")] == ["Bela's, later"]  # type: ignore[attr-defined]
    with pytest.raises(AnnotatorError, match="Bela changed the same record"):
        history.undo(ana)


def met(ana: Project, bela: Project, tmp_path: Path) -> Actor:
    """An actor whom Ana added, and whom Bela knows."""
    actor = Actor(id=new_id(), author=ANA.id, type="person", name="Kyiv")
    put(ana, actor, verb="actor.add")
    receive(bela, send(ana, tmp_path / "met.bundle"))
    return actor


def named(bela: Project, actor: Actor) -> None:
    put(bela, msgspec.structs.replace(entity(bela, "agreed"), actor=actor.id))


def test_an_actor_on_whom_a_colleagues_work_rests_is_not_undone(ana, bela, tmp_path):
    named(bela, met(ana, bela, tmp_path))
    receive(ana, send(bela, tmp_path / "b.bundle"))
    with pytest.raises(NotAllowed, match="A colleague's work rests on this"):
        history.undo(ana)
    assert len(rows.select(ana.conn, "actor")) == 1


@pytest.mark.parametrize("is_undone_first", [True, False])
def test_an_actor_that_one_took_back_while_another_named_it_is_there_in_every_copy(
    ana, bela, tmp_path, is_undone_first
):
    actor = met(ana, bela, tmp_path)
    undo(ana)
    if is_undone_first:
        receive(bela, send(ana, tmp_path / "a.bundle", since=bundling.heads(bela)))
        assert rows.select(bela.conn, "actor") == []
    else:
        named(bela, actor)
        b = send(bela, tmp_path / "b.bundle")
        receive(bela, send(ana, tmp_path / "a.bundle"))
        receive(ana, b)
        assert united(ana)["actor"] == united(bela)["actor"] == [actor]
        undo(bela)
        receive(ana, send(bela, tmp_path / "c.bundle"))
        assert united(ana) == united(bela)
    assert problems(ana.conn) == problems(bela.conn) == {}


def test_of_two_new_versions_of_the_codebook_one_is_in_force_in_every_copy(ana, bela, tmp_path):
    for project in (ana, bela):
        book = msgspec.structs.replace(project.codebook().codebook, name=project.author.name)
        put(
            project,
            CodebookVersion(id=new_id(), author=project.author.id, version=2, codebook=book),
            verb="codebook.change",
        )
    a, b = send(ana, tmp_path / "a.bundle"), send(bela, tmp_path / "b.bundle")
    receive(ana, b)
    receive(bela, a)
    assert ana.codebook() == bela.codebook() and isinstance(ana.codebook().codebook, Codebook)


def test_undo_takes_back_ones_own_last_act_after_a_merge(ana, bela, tmp_path):
    receive(ana, send(bela, tmp_path / "b.bundle"))
    undo(ana)
    assert {one.author for one in entities(ana)} == {BELA.id}
    receive(bela, send(ana, tmp_path / "a.bundle"))
    assert united(ana) == united(bela)


def test_a_backup_is_written_before_a_merge(ana, bela, tmp_path):
    receive(ana, send(bela, tmp_path / "b.bundle"))
    (path,) = backup.backups(ana.id)
    with open_project(path, ANA, read_only=True) as kept:
        assert len(entities(kept)) == 1


def test_a_third_person_gets_everything_through_a_second_one(original, ana, bela, tmp_path):
    receive(bela, send(ana, tmp_path / "a.bundle"))
    with copy(original, tmp_path / "c", CARL) as carl:
        receive(carl, send(bela, tmp_path / "b.bundle"))
        assert united(carl) == united(bela) and carl.author_names()[ANA.id] == "Ana"


def test_what_one_did_on_a_second_computer_comes_back_without_asking_and_is_counted(original, tmp_path):
    with copy(original, tmp_path / "first", ANA) as first, copy(original, tmp_path / "second", ANA) as second:
        for project in (first, second):
            one = proposal(project)
            with project.transaction() as conn:
                suggestions.replace(conn, one.article, [one], pipeline="p", time=project.now())
                project.tallies.renew_many(conn, [one.article])
        put(second, accepted(second, one), verb="entity.accept")
        assert receive(first, send(second, tmp_path / "s.bundle"), accept=()).summary.startswith("1 new annotation")
        assert queries.article_rows(first) == queries.article_rows(second)
        assert [(row.decided, row.open_count) for row in queries.article_rows(first)] == [(1, 0)]


# Who signed


def test_work_under_a_key_that_nobody_knows_is_kept_apart_until_it_is_accepted(ana, bela, tmp_path):
    b = send(bela, tmp_path / "b.bundle")
    before = list(ana.conn.iterdump())
    with pytest.raises(UnknownSigner, match="Nobody here knows the key of Bela yet") as refused:
        receive(ana, b, accept=())
    assert list(ana.conn.iterdump()) == before
    with drain(merging.receive(ana, [b])) as incoming:
        (signer,) = incoming.preview.unknown
        assert signer.fingerprint in refused.value.message
        drain(merging.merge(ana, incoming, accept=[(signer.author, signer.public_key)]))
    put(bela, entity(bela, "agreed"))
    receive(ana, send(bela, tmp_path / "c.bundle"), accept=())
    assert united(ana)["event"] == united(bela)["event"] or len(entities(ana)) == 4


def test_the_authors_of_a_project_are_listed_with_their_keys(ana, bela, tmp_path):
    receive(ana, send(bela, tmp_path / "b.bundle"))
    found = authors.author_rows(ana)
    assert [(one.name, one.is_you, one.acts, one.signed) for one in found] == [
        ("Ana", True, 3, 3),
        ("Bela", False, 2, 2),
    ]
    assert [len(one.keys) for one in found] == [1, 1] and len(found[0].keys[0].fingerprint) == 39


@pytest.mark.parametrize(
    "author",
    [
        msgspec.structs.replace(BELA, signer=Signer(b"n" * 32)),
        Author(id="44444444-4444-4444-8444-444444444444", name="bela", signer=Signer(b"n" * 32)),
    ],
)
def test_another_key_under_a_known_name_is_shown_as_such(original, ana, bela, tmp_path, author):
    receive(ana, send(bela, tmp_path / "b.bundle"))
    bela.close()
    with open_project(bela.path, author) as other:
        put(other, entity(other, "agreed"))
        bundle = send(other, tmp_path / "c.bundle")
    with drain(merging.receive(ana, [bundle])) as incoming:
        assert {one.status for one in incoming.preview.unknown} == {"changed"}
        with pytest.raises(UnknownSigner, match="is known here with another key"):
            drain(merging.merge(ana, incoming))


def test_somebody_elses_work_under_ones_own_name_is_asked_about(ana, bela, tmp_path):
    bela.close()
    me_too = Author(id="55555555-5555-4555-8555-555555555555", name="Ana", signer=Signer(b"m" * 32))
    with open_project(bela.path, me_too) as other:
        put(other, entity(other, "agreed"))
        bundle = send(other, tmp_path / "c.bundle")
    with drain(merging.receive(ana, [bundle])) as incoming:
        assert {one.status for one in incoming.preview.signers if one.name == "Ana"} == {"changed"}


def test_work_that_nobody_signed_is_asked_about(original, ana, tmp_path):
    nobody = msgspec.structs.replace(BELA, signer=None)
    with copy(original, tmp_path / "b", nobody) as project:
        put(project, entity(project, "Kyiv"))
    with open_project(project.path, CARL) as carl:
        put(carl, entity(carl, "agreed"))
        bundle = send(carl, tmp_path / "c.bundle")
    with drain(merging.receive(ana, [bundle])) as incoming:
        assert [(one.name, one.status) for one in incoming.preview.signers] == [
            ("Bela", "unsigned"),
            ("Carl", "unknown"),
        ]
        with pytest.raises(UnknownSigner, match="Nobody signed 1 act of Bela"):
            drain(merging.merge(ana, incoming, accept=[(CARL.id, Signer(b"c" * 32).public_key)]))
    receive(ana, bundle, accept=[(BELA.id, ""), (CARL.id, Signer(b"c" * 32).public_key)])
    assert len(entities(ana)) == 3 and problems(ana.conn) == {}
    with open_project(project.path, nobody) as again:
        put(again, entity(again, "Washington"))
    with open_project(project.path, CARL) as carl, pytest.raises(UnknownSigner, match="Nobody signed 1 act of Bela"):
        receive(ana, send(carl, tmp_path / "d.bundle"), accept=())


def test_a_bundle_signs_what_was_done_before_there_was_a_key(original, ana, tmp_path):
    with copy(original, tmp_path / "b", msgspec.structs.replace(BELA, signer=None)) as project:
        put(project, entity(project, "Kyiv"))
        with pytest.raises(AnnotatorError, match="no key to sign with"):
            send(project, tmp_path / "b.bundle")
    with open_project(project.path, BELA) as bela:
        bundle = send(bela, tmp_path / "b.bundle")
        assert signatures.last_signed(bela.conn, BELA.id) == 1
    with drain(merging.receive(ana, [bundle])) as incoming:
        assert [one.status for one in incoming.preview.signers] == ["unknown"]


def test_a_project_that_is_open_read_only_can_be_sent(tmp_path):
    with projects.new(tmp_path / "a.annot") as project:
        add_articles(project, [TEXT])
        mine = [(project.author.id, identity.current().public_key)]
    with projects.open_at(project.path, read_only=True) as kept:
        bundle = send(kept, tmp_path / "a.bundle")
    path = drain(merging.new_from(tmp_path / "b.annot", [bundle], accept=mine))
    with projects.open_at(path) as copy_of_it:
        assert len(queries.article_rows(copy_of_it)) == 1


# What is refused


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


# When something comes in between


def test_a_merge_that_is_cancelled_changes_nothing(ana, bela, tmp_path, monkeypatch):
    monkeypatch.setattr(merging, "_MANY", 1)
    bundle = send(bela, tmp_path / "b.bundle")
    before = list(ana.conn.iterdump())
    for steps in range(12):
        with drain(merging.receive(ana, [bundle])) as incoming:
            job = merging.merge(ana, incoming, accept=[(BELA.id, Signer(b"b" * 32).public_key)])
            for _ in range(steps):
                next(job, None)
            if job.gi_frame is None:
                assert steps > 2
                break
            job.close()
            assert list(ana.conn.iterdump()) == before
    assert len(entities(ana)) == 3


def test_a_project_that_changed_since_the_preview_is_not_merged_into(ana, bela, tmp_path):
    early = send(bela, tmp_path / "b.bundle")
    put(bela, entity(bela, "agreed"))
    with drain(merging.receive(ana, [send(bela, tmp_path / "c.bundle")])) as incoming:
        receive(ana, early)
        with pytest.raises(NotAllowed, match="changed since the bundle was read"):
            drain(merging.merge(ana, incoming, accept=[(BELA.id, Signer(b"b" * 32).public_key)]))


def test_heads_of_another_past_are_refused(ana, bela, tmp_path):
    with pytest.raises(AnnotatorError, match="not of this project's past"):
        send(ana, tmp_path / "a.bundle", since={ANA.id: (1, "0" * 64)})
    assert names(tmp_path) == ["a", "b", "o.annot"]


# A new project


def test_a_colleagues_bundle_becomes_a_project_of_its_own(ana, bela, tmp_path):
    bundle = send(bela, tmp_path / "b.bundle")
    preview = drain(merging.preview_new([bundle]))
    accept = [(one.author, one.public_key) for one in preview.unknown]
    assert preview.summary == "2 new annotations on 1 article, 1 article new." and len(accept) == 2
    path = drain(merging.new_from(tmp_path / "mine", [bundle], accept=accept))
    assert path.name == "mine.annot"
    with projects.open_at(path) as mine:
        assert mine.facts == bela.facts and problems(mine.conn) == {}
        assert {name: found for name, found in united(mine).items() if name != "author"} == {
            name: found for name, found in united(bela).items() if name != "author"
        }
        assert len(queries.article_rows(mine)) == 1
        add_articles(mine, ["Mine."])


def test_a_project_that_cannot_be_made_from_a_bundle_leaves_nothing_behind(ana, bela, tmp_path):
    part = send(bela, tmp_path / "b.bundle", since=bundling.heads(ana))
    whole = send(bela, tmp_path / "c.bundle")
    before = names(tmp_path)
    for bundle, error in ((part, BadBundle), (whole, UnknownSigner)):
        with pytest.raises(error):
            drain(merging.new_from(tmp_path / "mine.annot", [bundle]))
        assert names(tmp_path) == before
    for path in (ana.path, tmp_path / "no" / "mine.annot"):
        with pytest.raises(AnnotatorError):
            drain(merging.new_from(path, [whole]))
