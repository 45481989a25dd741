"""Commands for reviews and audit: how far two people agree, and everything that happened, to be verified."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

import msgspec

from annotator.cli.progress import run
from annotator.cli.saying import shown
from annotator.domain.errors import AnnotatorError
from annotator.services import auditing, projects, reviewing
from annotator.services.projects import Project

if TYPE_CHECKING:
    from annotator.services.agreement import Agreement, Figure


def agreement_(options: argparse.Namespace) -> int:
    """Print how far two layers agree, or write it as a table."""
    # Loads numpy, which no other command needs at once.
    from annotator.services import agreement

    with projects.open_at(options.project, read_only=True) as project:
        (a, name_a), (b, name_b) = _layers(project, options.layers)
        found = run(agreement.agreement(project, a, b))
    if options.csv:
        agreement.write_csv(found, options.csv, a=name_a, b=name_b)
    if options.is_json:
        print(msgspec.json.format(msgspec.json.encode(found)).decode("utf-8"))
    elif options.methods:
        print(agreement.methods(found, a=name_a, b=name_b))
    elif options.csv:
        print(f"Wrote {len(found.figures)} figures to {shown(options.csv)}.")
    else:
        _print(found, name_a, name_b)
    return 0


def audit(options: argparse.Namespace) -> int:
    """Write an audit export."""
    with projects.open_at(options.project) as project:
        done = run(auditing.audit(project, options.out))
    print(msgspec.structs.replace(done, out=shown(options.out)).summary)
    return 0


def _layers(project: Project, wanted: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """The ids and names of the two layers that are meant: two names with a comma between, else the only two."""
    known = reviewing.layers(project)
    names = [one.strip() for one in wanted.split(",")] if wanted else [one.name for one in known]
    if len(names) != 2:
        told = ", ".join(one.name for one in known) or "nobody yet"
        raise AnnotatorError(
            f"Two layers are compared, and there {'is' if len(names) == 1 else 'are'} {len(names)}.",
            hint=f"Name two with --layers A,B. Who has marked something: {told}.",
        )
    found = []
    for name in names:
        of_name = [one for one in known if name in (one.name, one.author)]
        if len(of_name) != 1:
            raise AnnotatorError(
                f"There {'is no layer' if not of_name else 'are several layers'} called {name}.",
                hint=f"Layers: {', '.join(f'{one.name} ({one.author})' for one in known)}.",
            )
        found.append((of_name[0].author, of_name[0].name))
    return found[0], found[1]


def _print(found: Agreement, a: str, b: str) -> None:
    done = "finished" if found.is_finished else "begun: what one has not come to yet counts as a difference"
    print(f"{a} and {b}, {found.articles} articles that both have {done}.")
    for one in found.figures:
        print(f"{one.title:<46} {_value(one):<26} n {one.units:>6,}  excluded {one.excluded:,}")
    if found.confusion:
        print(f"Positions ({a} / {b}):")
    for ours, theirs, count in found.confusion:
        print(f"  {ours} / {theirs}: {count}")


def _value(one: Figure) -> str:
    if one.value is None:
        return "not defined"
    limits = f" [{one.low:.3f}, {one.high:.3f}]" if one.low is not None and one.high is not None else ""
    return f"{one.value:.3f}{limits}"
