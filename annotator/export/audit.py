"""Writes an audit export: a folder with the whole journal, its signatures, all texts, a signed manifest, and a verifier
that needs nothing but Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from annotator import __version__, paths
from annotator.domain.canonical import canonical_json, sha256_hex
from annotator.domain.errors import AnnotatorError
from annotator.domain.journal import Event
from annotator.domain.progress import Job, Progress
from annotator.domain.signing import Signature, Signer
from annotator.export.atomic import FileSet

FORMAT = "annotator-audit/1"
_README = """An audit export of Annotator.

journal.jsonl    everything that anybody did, in the order in which it came into the project, hashed and signed
articles.jsonl   the texts
codebooks.jsonl  every version of the codebook
manifest.json    who did how much, where each author's acts end, and the hash of each file
verify.py        finds every change to all that:  python verify.py

Compare the fingerprints that it prints with their owners by another way than this folder.
"""


class AuditAct(msgspec.Struct, frozen=True):
    """A line of the journal."""

    event: Event
    signatures: tuple[Signature, ...]


class AuditAuthor(msgspec.Struct, frozen=True):
    """An author in the manifest: the name, and the public keys that the project accepts as theirs."""

    name: str
    keys: tuple[str, ...]


class AuditFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What the manifest says of the project; `heads` are the number and hash of each author's last act."""

    project: Mapping[str, str]
    authors: dict[str, AuditAuthor]
    heads: dict[str, tuple[int, str]]
    articles: int
    events: int


def audit_job(
    facts: AuditFacts,
    acts: Iterable[AuditAct],
    articles: Iterable[Mapping[str, object]],
    codebooks: Iterable[Mapping[str, object]],
    out: Path,
    signer: Signer,
) -> Job[int]:
    """A job that writes the folder, whole or not at all, and gives its size in bytes; the same state, the same bytes.

    Raises:
        AnnotatorError: the folder holds something already, or cannot be written.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise AnnotatorError(f"{out.name} is there already.", hint="Choose a new folder.")
    total = facts.events + facts.articles
    number = 0
    with FileSet() as files:
        files.folder(out)
        written: dict[str, dict[str, object]] = {}
        parts = (("journal.jsonl", acts), ("articles.jsonl", articles), ("codebooks.jsonl", codebooks))
        for name, lines in parts:
            stream = files.open(out / name)
            for line in lines:
                stream.write(canonical_json(line) + b"\n")
                number += 1
                yield Progress(min(number, total), total, "Writing the audit")
            written[name] = _facts(files, out / name)
        verifier = (paths.resources() / "audit" / "verify.py").read_bytes()
        for name, data in (("verify.py", verifier), ("README.txt", _README.encode("utf-8"))):
            files.open(out / name).write(data)
            written[name] = _facts(files, out / name)
        manifest = canonical_json(
            {"format": FORMAT, "program": __version__, "files": written, **msgspec.to_builtins(facts)}
        )
        signature = signer.sign("audit", sha256_hex(manifest))
        for name, data in (("manifest.json", manifest), ("manifest.sig.json", canonical_json(signature))):
            files.open(out / name).write(data)
            written[name] = _facts(files, out / name)
    return sum(int(str(one["size"])) for one in written.values())


def _facts(files: FileSet, path: Path) -> dict[str, object]:
    found = files.closed(path)
    return {"size": found.size, "sha256": found.sha256}
