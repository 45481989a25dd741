"""Damaged and forged bundles by the thousand: refused in a sentence, or taken over whole and sound."""

from __future__ import annotations

import gzip
import random
import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.codebook import Codebook, Label
from annotator.domain.errors import BadBundle
from annotator.domain.progress import drain
from annotator.domain.records import Actor, CodebookVersion, Evidence, Note, Quote, Stance
from annotator.domain.spans import Passage
from annotator.services import merging
from annotator.store import articles, schema
from annotator.store.journal import new_id
from annotator.store.project import Project
from tests.exchange import ANA, BELA, EVERYBODY, chained, footed, opened, sealed, send
from tests.store.making import add_articles, entity, problems, put, undo, withdraw
from tests.torture import FACTOR
from tests.torture.mutations import mutated

pytestmark = pytest.mark.torture

# 20,000 in all.
COUNTS = {"bytes": 7_000, "packed": 5_000, "lines": 4_000, "values": 4_000}
TEXT = "NATO said: “We will stay.” Kyiv agreed."
ODD: tuple[Any, ...] = (
    None,
    "",
    "x",
    -1,
    0,
    1,
    2**53,
    2**63,
    1e300,
    True,
    [],
    {},
    "undo",
    "sha256:0",
    ANA.id,
    "\ud7ff\u202e",
)


@pytest.fixture(scope="module")
def ana(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """Ana's project in memory, which is to take the bundles over."""
    conn = sqlite3.connect(":memory:", isolation_level=None)
    schema.apply_migrations(conn)
    conn.executemany("INSERT INTO project VALUES (?, ?)", [("id", "p"), ("name", "P"), ("created", "")])
    place = tmp_path_factory.mktemp("bundles") / "place"
    place.touch()
    project = Project(place, conn, ANA)
    book = Codebook(name="B", labels=(Label(name="ORG", title="Organization"),))
    put(project, CodebookVersion(id=new_id(), author=ANA.id, version=1, codebook=book), verb="project.create")
    add_articles(project, [TEXT])
    yield project
    conn.close()


@pytest.fixture(scope="module")
def bundle(ana: Project) -> Path:
    """What Bela sends: a bit of everything."""
    bela = copy_of(ana)
    bela.author = BELA
    (article,) = articles.ids(bela.conn)
    said = Passage(11, 26, TEXT[11:26])
    actor = Actor(id=new_id(), author=BELA.id, type="organization", name="NATO")
    who = {"author": BELA.id, "article": article}
    quote = Quote(id=new_id(), **who, content=(said,), cue=Passage(5, 9, "said"), form="direct", source_kind="named")
    proof = Evidence(spans=(said,), type="direct_quote", quote=quote.id)
    stance = Stance(id=new_id(), **who, holder=actor.id, evidence=(proof,))
    put(bela, actor, quote, verb="quote.add")
    put(bela, stance, Note(id=new_id(), **who, text="Hm"), verb="stance.add")
    put(bela, one := entity(bela, "Kyiv"))
    withdraw(bela, one)
    undo(bela)
    add_articles(bela, ["One more."])
    return send(bela, ana.path.with_name("b.bundle"))


def copy_of(project: Project) -> Project:
    conn = sqlite3.connect(":memory:", isolation_level=None)
    project.conn.backup(conn)
    return Project(project.path, conn, project.author)


def damaged(kind: str, whole: Path, out: Path, dice: random.Random) -> Path:
    """A bundle with a damage; `lines` and `values` have a true footer, `values` true chains and signatures too."""
    raw = whole.read_bytes()
    assert BELA.signer
    if kind == "bytes":
        out.write_bytes(mutated(raw, dice))
    elif kind == "packed":
        out.write_bytes(mutated(gzip.compress(raw, 1), dice))
    elif kind == "lines":
        lines = raw.splitlines(keepends=True)[:-1]
        at = dice.randrange(len(lines))
        lines[at] = mutated(lines[at], dice)
        out.write_bytes(footed(b"".join(lines), BELA.signer))
    else:
        plain = opened(whole)
        change_a_value(dice.choice(plain), dice)
        try:
            sealed(chained(plain, BELA), out, BELA.signer)
        except (TypeError, ValueError, OverflowError, KeyError, AttributeError):
            # Such a line cannot even be written.
            out.write_bytes(b"")
    return out


def change_a_value(plain: dict[str, Any], dice: random.Random) -> None:
    """Put something odd in place of a value somewhere in a line, drop it or move it."""
    holder: Any = plain
    key: Any = dice.choice(list(plain))
    while isinstance(inner := holder[key], dict | list) and inner and dice.random() < 0.85:
        holder, key = inner, dice.choice(list(inner) if isinstance(inner, dict) else range(len(inner)))
    if isinstance(holder, list) and dice.random() < 0.3:
        holder.append(holder[key])
    elif dice.random() < 0.2:
        del holder[key]
    elif isinstance(holder[key], int) and dice.random() < 0.5:
        holder[key] += dice.choice([-1, 1])
    else:
        holder[key] = dice.choice(ODD)


@pytest.mark.parametrize("kind", COUNTS)
def test_a_damaged_bundle_is_refused_or_sound_and_a_refused_one_changes_nothing(ana, bundle, kind):
    dice = random.Random(5)
    outcomes: Counter[str] = Counter()
    before, changes = list(ana.conn.iterdump()), ana.conn.total_changes
    out = bundle.with_name(f"{kind}.bundle")
    for _ in range(COUNTS[kind] * FACTOR):
        try:
            with drain(merging.receive(ana, [damaged(kind, bundle, out, dice)])) as incoming:
                outcomes["read"] += 1
                if outcomes["read"] % 20 == 1:
                    take_over(ana, incoming)
        except BadBundle as refusal:
            outcomes["refused"] += 1
            assert refusal.message and len(refusal.message) < 600 and refusal.hint
    assert ana.conn.total_changes == changes and list(ana.conn.iterdump()) == before
    assert outcomes["refused"] > COUNTS[kind] * FACTOR * 0.5, outcomes


def take_over(project: Project, incoming: merging.Incoming) -> None:
    """What was let in must leave a sound project."""
    copy = copy_of(project)
    accept = [(one.author, one.public_key) for one in incoming.preview.unknown] + EVERYBODY
    drain(merging.merge(copy, incoming, accept=accept))
    assert set(problems(copy.conn)) <= {"I6"}
    copy.conn.close()
