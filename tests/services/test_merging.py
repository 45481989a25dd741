"""Work that colleagues send each other: what arrives, what is asked first, and what is refused."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from annotator.domain.errors import AnnotatorError, BadBundle, NotAllowed, ProjectUnavailable, UnknownSigner
from annotator.domain.progress import drain
from annotator.domain.records import Actor, Codebook, CodebookVersion, Entity
from annotator.domain.signing import Signer
from annotator.services import authors, bundling, history, identity, merging, projects, queries
from annotator.store import backup, rows, signatures, suggestions
from annotator.store.journal import new_id
from annotator.store.project import Author, Project, open_project
from tests.exchange import ANA, BELA, CARL, copy, opened, receive, send, united
from tests.store.making import accepted, add_articles, entities, entity, names, problems, proposal, put, undo, withdraw

TEXT = "NATO said: “We will stay.” Kyiv agreed with Washington."


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


def test_a_merge_for_which_the_disk_has_no_room_is_one_sentence_and_changes_nothing(ana, bela, tmp_path):
    add_articles(bela, [f"{number} " + "x" * 20_000 for number in range(10)])
    bundle = send(bela, tmp_path / "b.bundle")
    (pages,) = ana.conn.execute("PRAGMA page_count").fetchone()
    ana.conn.execute(f"PRAGMA max_page_count = {pages}")
    before = list(ana.conn.iterdump())
    with pytest.raises(ProjectUnavailable, match="The disk is full"):
        receive(ana, bundle)
    assert list(ana.conn.iterdump()) == before
    ana.conn.execute("PRAGMA max_page_count = 100000")
    receive(ana, bundle)
    assert united(ana)["article"] == united(bela)["article"] and problems(ana.conn) == {}


def test_a_project_that_is_open_read_only_takes_nothing_over(ana, bela, tmp_path):
    bundle = send(bela, tmp_path / "b.bundle")
    ana.close()
    with open_project(ana.path, ANA, read_only=True) as kept:
        with drain(merging.receive(kept, [bundle])) as incoming:
            assert incoming.preview.annotations == 2
        with pytest.raises(NotAllowed, match="read-only"):
            receive(kept, bundle)


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
