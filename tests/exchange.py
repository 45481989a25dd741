"""Colleagues who work on copies of one project and send each other bundles."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from annotator.domain.bundle import Heads
from annotator.domain.canonical import canonical_json, sha256_hex
from annotator.domain.journal import FIRST
from annotator.domain.progress import drain
from annotator.domain.records import KINDS
from annotator.domain.signing import Signer
from annotator.services import bundling, merging
from annotator.store import articles, journal, rows, signatures
from annotator.store.project import Author, Project, open_project

ANA = Author(id="11111111-1111-4111-8111-111111111111", name="Ana", signer=Signer(b"a" * 32))
BELA = Author(id="22222222-2222-4222-8222-222222222222", name="Bela", signer=Signer(b"b" * 32))
CARL = Author(id="33333333-3333-4333-8333-333333333333", name="Carl", signer=Signer(b"c" * 32))
EVERYBODY = [(one.id, one.signer.public_key) for one in (ANA, BELA, CARL) if one.signer]


def copy(original: Path, folder: Path, author: Author) -> Project:
    """An author's own copy of a project, opened."""
    folder.mkdir(exist_ok=True)
    return open_project(Path(shutil.copyfile(original, folder / f"{author.name}.annot")), author)


def send(project: Project, out: Path, *, since: Heads | None = None) -> Path:
    """A bundle of a project's work."""
    drain(bundling.bundle(project, out, since=since))
    return out


def receive(project: Project, *bundles: Path, accept: Iterable[tuple[str, str]] = EVERYBODY) -> merging.Merged:
    """Take bundles over, together."""
    with drain(merging.receive(project, bundles)) as incoming:
        return drain(merging.merge(project, incoming, accept=frozenset(accept)))


def united(project: Project) -> dict[str, list[object]]:
    """What must be the same in every copy that has the same work, in whatever order it came."""
    conn = project.conn
    found: dict[str, list[object]] = {kind: list(rows.select(conn, kind)) for kind in KINDS}
    found["article"] = list(articles.each(conn))
    found["event"] = sorted(journal.events(conn), key=lambda one: (one.author, one.seq))
    found["signature"] = sorted(signatures.each(conn), key=lambda one: (one[0], one[2].public_key))
    found["author"] = list(project.author_rows())
    found["fact"] = [project.facts]
    return found


def opened(bundle: Path) -> list[dict[str, Any]]:
    """The lines of a bundle that is not packed, without its footer."""
    return [json.loads(line) for line in bundle.read_text("utf-8").splitlines()[:-1]]


def sealed(lines: Iterable[dict[str, Any]], out: Path, signer: Signer) -> Path:
    """A bundle of these lines, with a footer that fits them: as somebody with a key could forge it."""
    out.write_bytes(footed(b"".join(canonical_json(line) + b"\n" for line in lines), signer))
    return out


def footed(body: bytes, signer: Signer) -> bytes:
    """The bytes of a bundle with a footer that fits them."""
    digest = sha256_hex(body)
    footer = {"line": "footer", "sha256": digest, "signature": signer.sign("bundle", digest)}
    return body + canonical_json(footer) + b"\n"


def chained(lines: list[dict[str, Any]], author: Author) -> list[dict[str, Any]]:
    """The lines with all acts of an author hashed, chained and signed anew, as the author's own program would."""
    previous = FIRST
    for line in lines:
        if line["line"] == "act" and line["event"]["author"] == author.id and author.signer:
            line["event"]["previous"] = previous
            body = {name: value for name, value in line["event"].items() if name != "hash"}
            previous = line["event"]["hash"] = sha256_hex(previous.encode("ascii") + canonical_json(body))
            line["signatures"] = [author.signer.sign("event", previous)]
    return lines
