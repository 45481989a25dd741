"""Kills processes at their work, one after the other, and says what was left.

`python -m tests.torture.kills FOLDER PROJECT WHAT KILLS SEED` prints a JSON line for each kill. It forks itself, so
that no kill costs the start of an interpreter.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

# So that no process at work has to import it first.
import sqlite_utils  # noqa: F401

from annotator.domain.errors import AnnotatorError
from annotator.services import bundling
from annotator.store import backup, schema
from annotator.store.migrate import migrate
from annotator.store.project import Project, create_project, open_project
from tests.exchange import BELA, receive, send
from tests.store.making import add_articles, problems
from tests.torture.acts import ME, NEXT_VERSION, annotate, counts, texts

# The articles of one import.
PART = 75
Acknowledge = Callable[[str], None]


def _annotate(folder: Path, acknowledge: Acknowledge, chance: random.Random) -> None:
    with open_project(folder / "work.annot", ME) as project:
        for _ in range(25):
            annotate(project, chance)
            acknowledge("{} {}".format(*counts(project)))


def _import(folder: Path, acknowledge: Acknowledge, chance: random.Random) -> None:
    new = texts(2 * PART, 1500, chance)
    with open_project(folder / "work.annot", ME) as project:
        acknowledge("{} {}".format(*counts(project)))
        for part in (new[:PART], new[PART:]):
            add_articles(project, part)
            acknowledge("{} {}".format(*counts(project)))


def _back_up(folder: Path, acknowledge: Acknowledge, chance: random.Random) -> None:
    with open_project(folder / "work.annot", ME) as project:
        for _ in range(5):
            annotate(project, chance)
            backup.back_up(project)
            acknowledge("{} {}".format(*counts(project)))


def _migrate(folder: Path, acknowledge: Acknowledge, chance: random.Random) -> None:
    migrate(folder / "work.annot", folder / "kept" / "old.annot", scripts=NEXT_VERSION)
    acknowledge("migrated")


def _create(folder: Path, acknowledge: Acknowledge, chance: random.Random) -> None:
    with create_project(folder / "new.annot", ME) as project:
        acknowledge("{} {}".format(*counts(project)))
        add_articles(project, texts(PART, 100, chance))


def _merge(folder: Path, acknowledge: Acknowledge, chance: random.Random) -> None:
    with open_project(folder / "work.annot", ME) as project:
        acknowledge("{} {}".format(*counts(project)))
        for bundle in sorted(folder.glob("*.bundle")):
            receive(project, bundle)
            acknowledge("{} {}".format(*counts(project)))


def _bundles(folder: Path, original: Path) -> None:
    """What a colleague sends, in two bundles of one import each."""
    path = Path(shutil.copyfile(original, folder / "colleague.annot"))
    with open_project(path, BELA) as project:
        for number in range(2):
            since = bundling.heads(project)
            add_articles(project, texts(PART, 1500, random.Random(number)))
            send(project, folder / f"{number}.bundle", since=since)
    path.unlink()


WORK = {
    "annotate": _annotate,
    "import": _import,
    "backup": _back_up,
    "migrate": _migrate,
    "create": _create,
    "merge": _merge,
}


def main(folder: Path, original: Path, what: str, kills: int, seed: int) -> None:
    """Kill many times; two processes may finish first, which shows how long the work takes."""
    chance = random.Random(seed)
    took_s, number = 0.0, -2
    bundles = folder.with_name("bundles")
    bundles.mkdir(parents=True)
    _bundles(bundles, original)
    while number < kills:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        shutil.copyfile(original, folder / "work.annot")
        if what == "merge":
            shutil.copytree(bundles, folder, dirs_exist_ok=True)
        with open_project(folder / "work.annot", ME) as project:
            before = (0, 0) if what == "create" else counts(project)
        begin = time.monotonic()
        after_s = chance.uniform(0, took_s) if number >= 0 else 60
        was_killed, said = _run(folder, what, random.Random(chance.random()), after_s)
        if number < 0:
            took_s = time.monotonic() - begin
        if number < 0 or was_killed:
            number += 1
        if was_killed:
            print(json.dumps({"acknowledged": len(said), **left(folder, what, before, said)}), flush=True)


def _run(folder: Path, what: str, chance: random.Random, after_s: float) -> tuple[bool, list[str]]:
    """Whether the process was killed before its end, and what it had acknowledged."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            WORK[what](folder, lambda line: _say(writing, line), chance)
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    _wait(child, after_s)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    with os.fdopen(reading) as lines:
        said = lines.read().splitlines()
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise RuntimeError(f"the process at work failed: {what}")
    return os.WIFSIGNALED(status), said


def _say(pipe: int, line: str) -> None:
    os.write(pipe, f"{line}\n".encode())


def _wait(child: int, seconds: float) -> None:
    end = time.monotonic() + seconds
    while (left_s := end - time.monotonic()) > 0:
        # The child stays a zombie, so that its number cannot be another process's when it is killed.
        if os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            return
        time.sleep(min(left_s, 0.02))


def left(folder: Path, what: str, before: tuple[int, int], said: list[str]) -> dict[str, object]:
    """What a kill left: a verdict, and what a check found."""
    path = folder / ("new.annot" if what == "create" else "work.annot")
    if what == "create" and not path.exists():
        return {"verdict": "lost" if said else "not made", "problems": {}}
    if what == "migrate":
        return _migrated(path, said)
    with open_project(path, ME) as project:
        events, articles = map(int, said[-1].split()) if said else before
        verdict = _verdict(counts(project), events, articles)
        return {"verdict": verdict, "problems": problems(project.conn) | _broken_backups(project)}


def _verdict(found: tuple[int, int], events: int, articles: int) -> str:
    if found[0] < events:
        return "lost"
    if found == (events, articles):
        return "sound"
    # Only an import adds articles: all of its articles, or none.
    return "sound, and one more act" if found[0] == events + 1 and found[1] - articles in (0, PART) else "half an act"


def _broken_backups(project: Project) -> dict[str, list[str]]:
    found: list[str] = []
    for path in backup.backups(project.id):
        try:
            with open_project(path, ME, read_only=True) as copy:
                found += map(str, problems(copy.conn).values())
        except AnnotatorError as error:
            found.append(str(error))
        path.unlink()
    return {"backups": found} if found else {}


def _migrated(path: Path, said: list[str]) -> dict[str, object]:
    with open_project(path, ME, read_only=True) as project:
        (version,) = project.conn.execute("PRAGMA user_version").fetchone()
        found = problems(project.conn)
    if version != schema.VERSION:
        # The check knows the tables of this version alone.
        assert len(found.pop("I1")) == 2
    lost = said and version == schema.VERSION
    return {"verdict": "lost" if lost else f"version {version}", "problems": found}


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))
