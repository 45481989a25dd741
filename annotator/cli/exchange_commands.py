"""Commands for work with colleagues: bundles out and in, and whose keys count."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import msgspec

from annotator.cli.progress import run
from annotator.cli.saying import shown
from annotator.domain.errors import AnnotatorError
from annotator.services import authors, bundling, merging, projects
from annotator.services.merge_preview import counted

_ALL = "all"
_STATUS = {
    "you": "you",
    "accepted": "accepted",
    "unknown": "unknown key",
    "changed": "another key than before",
    "unsigned": "not signed",
}


def bundle(options: argparse.Namespace) -> int:
    """Write a bundle."""
    since = bundling.read_heads(options.since) if options.since else None
    with projects.open_at(options.project) as project:
        done = run(bundling.bundle(project, options.out, since=since))
    print(msgspec.structs.replace(done, out=shown(options.out)).summary)
    return 0


def merge(options: argparse.Namespace) -> int:
    """Take bundles over, or say what that would do."""
    with (
        projects.open_at(options.project) as project,
        run(merging.receive(project, options.bundles)) as incoming,
    ):
        preview = incoming.preview
        if options.preview:
            _say(preview, is_json=options.is_json)
            return 0
        accept = _accepted(preview, options.accept)
        done = run(merging.merge(project, incoming, accept=accept))
    if options.is_json:
        _say(preview, is_json=True)
    else:
        print(done.summary)
    return 0


def new_from(path: Path, bundles: Sequence[Path], accept: Sequence[str]) -> int:
    """Make a project from a colleague's bundles."""
    preview = run(merging.preview_new(bundles))
    path = run(merging.new_from(path, bundles, accept=_accepted(preview, accept)))
    print(f"Made {shown(path)}: {preview.summary}")
    return 0


def _accepted(preview: merging.Preview, accept: Sequence[str]) -> list[tuple[str, str]]:
    """The unknown signers whose fingerprint, name or `all` the user named."""
    named = {_squeezed(one) for one in accept}
    return [
        (one.author, one.public_key)
        for one in preview.unknown
        if named & {_ALL, _squeezed(one.fingerprint or f"unsigned:{one.name}")}
    ]


def _squeezed(text: str) -> str:
    return "".join(text.split()).casefold()


def _say(preview: merging.Preview, *, is_json: bool) -> None:
    if is_json:
        signers = [{**msgspec.to_builtins(one), "fingerprint": one.fingerprint} for one in preview.signers]
        plain = {**msgspec.to_builtins(preview), "signers": signers, "summary": preview.summary}
        print(msgspec.json.format(msgspec.json.encode(plain)).decode("utf-8"))
        return
    print(preview.summary)
    for row in preview.rows:
        parts = [f"{number} {what}" for what in ("added", "changed", "withdrawn") if (number := getattr(row, what))]
        print(f"  {row.name}  {row.kind.replace('_', ' ')}  {', '.join(parts)}")
    for signer in preview.signers:
        print(f"  {signer.name}  {counted(signer.acts, 'act')}  {signer.fingerprint}  {_STATUS[signer.status]}")


def authors_(options: argparse.Namespace) -> int:
    """Print the authors of a project and their keys."""
    with projects.open_at(options.project) as project:
        rows, heads = authors.author_rows(project), bundling.heads(project)
    if options.is_json:
        print(msgspec.json.format(msgspec.json.encode({"authors": rows, "heads": heads})).decode("utf-8"))
        return 0
    if not rows:
        raise AnnotatorError("Nobody has worked in this project yet.")
    for row in rows:
        unsigned = f", {row.acts - row.signed} not signed" if row.acts > row.signed else ""
        print(f"{row.name}{' (you)' if row.is_you else ''}  {counted(row.acts, 'act')}{unsigned}")
        for key in row.keys:
            print(f"  {key.fingerprint or 'without a key'}  accepted {key.accepted}")
    return 0
