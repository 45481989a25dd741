"""The registry of actors: who is shown first, finding by a few letters, making, changing, merging."""

from __future__ import annotations

import msgspec
import pytest

from annotator.domain.errors import CannotUndo, NotAllowed
from annotator.domain.records import Actor, Role, Stance
from annotator.domain.spans import Span
from annotator.services import actors, annotation, history, queries, quoting
from annotator.services.actors import ActorRow, Registry
from annotator.store import rows
from annotator.store.journal import new_id
from tests.services.making import everything, first_article, quotes, word_span
from tests.services.talk import added


def made(project, name, **rest) -> Actor:
    (actor,) = actors.create(project, name, **rest).records("actor")
    return actor


def row(name, *aliases) -> ActorRow:
    return ActorRow(id=name, name=name, type="person", aliases=aliases)


PEOPLE = [
    row("Pete Hegseth", "Hegseth", "the defense secretary"),
    row("Donald Trump"),
    row("Volodymyr Zelenskyy", "Zelensky"),
    row("Pentagon", "Department of Defense"),
    row("Peter Navarro"),
    row("Recep Tayyip Erdoğan"),
    row("Mette Frederiksen"),
    row("NATO", "North Atlantic Treaty Organization"),
]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("hegset", "Pete Hegseth"),
        ("hegsteh", "Pete Hegseth"),
        ("pete h", "Pete Hegseth"),
        ("Secretary Hegseth", "Pete Hegseth"),
        ("Hegseth’s", "Pete Hegseth"),
        ("trmup", "Donald Trump"),
        ("zelinski", "Volodymyr Zelenskyy"),
        ("departm", "Pentagon"),
        ("pentagn", "Pentagon"),
        ("ERDOGAN", "Recep Tayyip Erdoğan"),
        ("frederiksen mette", "Mette Frederiksen"),
        ("atlantic", "NATO"),
        ("nat", "NATO"),
    ],
)
def test_a_few_letters_find_the_actor_first(typed, found):
    assert actors.matching(PEOPLE, typed)[0].name == found


@pytest.mark.parametrize("typed", ["x", "qqqq", "weather forecast", "said"])
def test_letters_that_fit_nobody_find_nobody(typed):
    assert actors.matching(PEOPLE, typed) == []


def test_a_whole_name_goes_before_one_that_begins_so_and_equal_ones_keep_their_order():
    people = [row("Washington Post"), row("George Washington"), row("Washington"), row("Washington State")]
    found = [one.name for one in actors.matching(people, "washington")]
    assert found == ["Washington", "Washington Post", "Washington State", "George Washington"]


def test_without_letters_all_are_shown_up_to_the_limit():
    assert actors.matching(PEOPLE, " ", limit=3) == PEOPLE[:3] and actors.matching(PEOPLE, "—") == PEOPLE


def test_those_of_the_article_come_first_then_the_most_used(project):
    here, often, never = (made(project, name) for name in ("Zoe", "Max", "Ann"))
    other = queries.article_rows(project)[1].id
    quote = added(project, "“Allies have recognized the need")
    quoting.set_speaker(project, quote.id, here.id)
    for place in (0, 20):
        made_quote = annotation.add_quote(project, other, [Span(place, place + 9)], form="indirect")
        quoting.set_speaker(project, made_quote.records("quote")[0].id, often.id)
    found = actors.actor_rows(project, article=first_article(project))
    assert [(one.id, one.here, one.uses) for one in found] == [(here.id, 1, 1), (often.id, 0, 2), (never.id, 0, 0)]
    assert [one.id for one in actors.actor_rows(project)] == [often.id, here.id, never.id]


def test_every_kind_of_link_is_a_use_and_a_merged_actor_s_uses_are_the_kept_one_s(project):
    kept, gone, via = (made(project, name) for name in ("Pete Hegseth", "Hegseth", "Wilson"))
    article = first_article(project)
    entity = annotation.add_entity(project, article, word_span(project, "NATO"), "ORG").records("entity")[0]
    quoting.set_speaker(project, entity.id, kept.id)
    quoting.set_speaker(project, added(project, "“Allies have recognized the need").id, gone.id)
    stance = Stance(id=new_id(), author=project.author.id, article=article, holder=gone.id, via=via.id)
    with project.step("test.put") as step:
        step.put_new([stance])
    actors.merge(project, gone.id, kept.id)
    found = {one.name: (one.here, one.uses) for one in actors.actor_rows(project, article=article)}
    assert found == {"Pete Hegseth": (3, 3), "Wilson": (1, 1)}


def test_a_new_actor_s_name_and_aliases_are_tidy(project):
    actor = made(
        project,
        "  Pete \n Hegseth ",
        aliases=["Hegseth", " hegseth", "", "  ", "pete hegseth", "Secretary\u00a0Hegseth"],
    )
    assert (actor.name, actor.aliases) == ("Pete Hegseth", ("Hegseth", "Secretary Hegseth"))
    history.undo(project)
    assert actors.actor_rows(project) == []


@pytest.mark.parametrize("name", ["", " \n"])
def test_an_actor_without_a_name_is_refused(project, name):
    actor = made(project, "Somebody")
    with pytest.raises(NotAllowed, match="needs a name"):
        actors.create(project, name)
    with pytest.raises(NotAllowed, match="needs a name"):
        actors.change(project, actor.id, name=name)


def test_the_same_name_twice_is_refused_whatever_its_capitals(project):
    made(project, "Pete Hegseth")
    other = made(project, "Somebody")
    with pytest.raises(NotAllowed, match="in the registry already"):
        actors.create(project, "pete  HEGSETH")
    with pytest.raises(NotAllowed, match="in the registry already"):
        actors.change(project, other.id, name="pete hegseth")


def test_a_change_leaves_what_is_not_given(project):
    actor = made(project, "Pete Hegseth", aliases=["Hegseth"])
    roles = [Role(title="Host", until="2025-01-24"), Role(title="Secretary of Defense", since="2025-01-25")]
    actors.change(project, actor.id, roles=roles, type="state_body")
    actors.change(project, actor.id, name="PETE HEGSETH")
    (row_,) = actors.actor_rows(project)
    assert (row_.name, row_.aliases, row_.role, row_.type) == (
        "PETE HEGSETH",
        ("Hegseth",),
        "Secretary of Defense",
        "state_body",
    )
    actors.change(project, actor.id, aliases=[])
    assert actors.get(project, actor.id).aliases == ()
    with pytest.raises(NotAllowed, match="not in the registry"):
        actors.change(project, "nobody", name="X")


def test_a_merge_is_one_act_and_one_undo(project):
    kept = made(project, "Pete Hegseth", aliases=["Hegseth"])
    gone = made(project, "P. Hegseth", aliases=["the secretary", "hegseth"])
    quote = added(project, "“Allies have recognized the need")
    quoting.set_speaker(project, quote.id, gone.id)
    before = everything(project)
    changes = actors.merge(project, gone.id, kept.id)
    assert changes.verb == "actor.merge" and quotes(project)[0].speaker == gone.id
    registry = Registry(project)
    assert registry.name(gone.id) == "Pete Hegseth" and [one.id for one in registry.all()] == [kept.id]
    assert actors.get(project, gone.id).aliases == ("Hegseth", "P. Hegseth", "the secretary")
    assert actors.names(project) == {kept.id: "Pete Hegseth", gone.id: "Pete Hegseth"}
    history.undo(project)
    assert everything(project) == before and Registry(project).name(gone.id) == "P. Hegseth"


def test_merges_of_merges_lead_to_the_one_that_is_kept(project):
    first, second, third = (made(project, name) for name in ("A", "B", "C"))
    actors.merge(project, first.id, second.id)
    actors.merge(project, second.id, third.id)
    assert {Registry(project).name(one.id) for one in (first, second, third)} == {"C"}
    for pair in ((first, third), (third, first), (second, first)):
        with pytest.raises(NotAllowed, match="same actor already"):
            actors.merge(project, pair[0].id, pair[1].id)
    assert actors.get(project, first.id).aliases == ("B", "A")


def test_a_merge_back_by_way_of_a_merged_name_never_loses_both(project):
    first, second = made(project, "A"), made(project, "B")
    third = made(project, "C")
    actors.merge(project, first.id, second.id)
    # B is kept: "merge B into A" would mean B itself, C into A means C into B.
    actors.merge(project, third.id, first.id)
    assert [one.name for one in Registry(project).all()] == ["B"]


def test_where_two_people_merged_two_actors_into_each_other_one_of_them_is_kept(project):
    first, second = made(project, "A"), made(project, "B")
    with project.step("test.put") as step:
        step.put(msgspec.structs.replace(first, merged_into=second.id))
        step.put(msgspec.structs.replace(second, merged_into=first.id))
    registry = Registry(project)
    lowest = min(first.id, second.id)
    assert registry.actor(first.id) == registry.actor(second.id) and registry.actor(first.id).id == lowest
    assert [one.id for one in registry.all()] == [lowest]


def test_a_merge_is_for_the_records_of_others_too(project, colleague):
    gone, kept = made(project, "Hegseth"), made(project, "Pete Hegseth")
    quote = added(project, "“Allies have recognized the need")
    quoting.set_speaker(project, quote.id, gone.id)
    me, project.author = project.author, colleague
    actors.merge(project, gone.id, kept.id)
    (same,) = rows.select(project.conn, "quote")
    assert same.author == me.id and Registry(project).name(same.speaker) == "Pete Hegseth"


def test_a_merge_is_not_undone_over_a_later_change(project, colleague):
    gone, kept = made(project, "Hegseth"), made(project, "Pete Hegseth")
    me = project.author
    actors.merge(project, gone.id, kept.id)
    project.author = colleague
    actors.change(project, kept.id, type="state_body")
    project.author = me
    with pytest.raises(CannotUndo, match="Bela"):
        history.undo(project)


def test_sources_without_a_speaker_are_counted_and_listed_in_order(project):
    later = added(project, "“Allies have recognized the need")
    sooner = added(project, "privately urged")
    linked, nobody = added(project, "more responsibility"), added(project, "this week")
    other = queries.article_rows(project)[1].id
    for quote in (later, sooner, linked):
        quoting.set_source_kind(project, quote.id, "collective")
    quoting.set_speaker(project, linked.id, made(project, "NATO").id)
    elsewhere = annotation.add_quote(project, other, [Span(0, 9)], form="indirect", source_kind="named")
    here = actors.unlinked(project, article=first_article(project))
    assert [one.id for one in here] == [sooner.id, later.id] and nobody.id not in [one.id for one in here]
    everywhere = {one.id for one in actors.unlinked(project)}
    assert everywhere == {sooner.id, later.id, elsewhere.records("quote")[0].id}
    assert actors.unlinked_count(project) == 3
