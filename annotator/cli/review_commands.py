"""Commands for reviews and audit: how far people agree, and everything that happened, to be verified."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from annotator.cli.progress import run
from annotator.cli.saying import shown
from annotator.domain.errors import AnnotatorError
from annotator.services import auditing, projects, reviewing
from annotator.services.projects import Project

if TYPE_CHECKING:
    from annotator.services.agreement import Agreement
    from annotator.services.figures import Figure


def stats(options: argparse.Namespace) -> int:
    """Print what a project holds, and what its author labelled."""
    from annotator.services.statistics import statistics

    with projects.open_at(options.project, read_only=True) as project:
        found = run(statistics(project))
    if options.is_json:
        print(msgspec.json.format(msgspec.json.encode(found)).decode("utf-8"))
        return 0
    columns = list(found.total.__struct_fields__)
    rows = [("all", found.total)]
    for title, groups in (("outlet", found.by_outlet), ("month", found.by_month)):
        if set(groups) - {""}:
            rows += [(f"{title} {key or 'not known'}", total) for key, total in groups.items()]
    width = max(len(name) for name, _ in rows)
    print(" " * width, *(f"{one:>9}" for one in columns))
    for name, total in rows:
        print(f"{name:{width}}", *(f"{getattr(total, one):>9,}" for one in columns))
    for group in found.near_duplicates:
        print(f"near-duplicates: {', '.join(group)}")
    print(f"Entities, quotes and stances are those of {found.author}; near-duplicates are one story.")
    return 0


def agreement_(options: argparse.Namespace) -> int:
    """Print how far layers agree, all of them and each two, or write it as a table."""
    # They load numpy, which no other command needs at once.
    from annotator.services import agreement_texts
    from annotator.services.agreement import agreement
    from annotator.services.agreement_of_all import agreement_of_all

    with projects.open_at(options.project, read_only=True) as project:
        names = _layers(project, options.layers)
        if len(names) == 2:
            measured = [run(agreement(project, *names))]
            found: msgspec.Struct = measured[0]
        else:
            of_all = run(agreement_of_all(project, list(names)))
            found, measured = of_all, [of_all.together, *of_all.pairs]
    tables = [(one, [names[author] for author in one.layers]) for one in measured]
    if options.csv:
        agreement_texts.write_csv(tables, options.csv)
    if options.is_json:
        print(msgspec.json.format(msgspec.json.encode(found)).decode("utf-8"))
    elif options.methods:
        print(agreement_texts.methods(*tables[0]))
    elif options.csv:
        print(f"Wrote {sum(len(one.figures) for one in measured)} figures to {shown(options.csv)}.")
    else:
        for number, table in enumerate(tables):
            print(end="\n" if number else "")
            _print(*table)
    return 0


def audit(options: argparse.Namespace) -> int:
    """Write an audit export."""
    with projects.open_at(options.project) as project:
        done = run(auditing.audit(project, options.out))
    print(msgspec.structs.replace(done, out=shown(options.out)).summary)
    return 0


def _layers(project: Project, wanted: str) -> dict[str, str]:
    """The names of the layers that are meant, by id: those named with commas between, else all."""
    known = reviewing.layers(project)
    names = [one.strip() for one in wanted.split(",")] if wanted else [one.name for one in known]
    if len(names) < 2:
        told = ", ".join(one.name for one in known) or "nobody yet"
        raise AnnotatorError(
            f"Two layers or more are compared, and there {'is' if len(names) == 1 else 'are'} {len(names)}.",
            hint=f"Name them with --layers A,B. Who has marked something: {told}.",
        )
    found: dict[str, str] = {}
    for name in names:
        of_name = [one for one in known if name in (one.name, one.author)]
        if len(of_name) != 1:
            raise AnnotatorError(
                f"There {'is no layer' if not of_name else 'are several layers'} called {name}.",
                hint=f"Layers: {', '.join(f'{one.name} ({one.author})' for one in known)}.",
            )
        found[of_name[0].author] = of_name[0].name
    return found


def _print(found: Agreement, names: Sequence[str]) -> None:
    from annotator.services.agreement_texts import together

    both = "both" if len(names) == 2 else "all"
    done = "finished" if found.is_finished else "begun: what one has not come to yet counts as a difference"
    print(f"{together(names)}, {found.articles} articles that {both} have {done}.")
    for one in found.figures:
        print(f"{one.title:<46} {_value(one):<26} n {one.units:>6,}  excluded {one.excluded:,}")
    if found.confusion:
        print(f"Positions ({' / '.join(names)}):")
    for ours, theirs, count in found.confusion:
        print(f"  {ours} / {theirs}: {count}")


def _value(one: Figure) -> str:
    if one.value is None:
        return "not defined"
    limits = f" [{one.low:z.3f}, {one.high:z.3f}]" if one.low is not None and one.high is not None else ""
    return f"{one.value:z.3f}{limits}"
