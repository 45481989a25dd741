"""The power fails at any moment: nothing that was acknowledged is lost, and the file is sound."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from annotator.store import schema
from annotator.store.project import open_project
from tests.store.making import ROOT, problems
from tests.torture import FACTOR
from tests.torture.acts import ME, NEXT_VERSION
from tests.torture.cuts import Day, images, read_log

pytestmark = pytest.mark.torture

CUTS = 2000 * FACTOR
WHOLE_CHECKS = 40
COUNT = "SELECT (SELECT count(*) FROM event), (SELECT count(*) FROM article)"


@pytest.fixture(scope="module")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that logs what SQLite really writes."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None or not sys.platform.startswith("linux"):
        reason = "logging SQLite's writes takes Linux and a C compiler (cc)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    library = tmp_path_factory.mktemp("shim") / "shim.so"
    source = Path(__file__).with_name("shim.c")
    subprocess.run([compiler, "-O1", "-shared", "-fPIC", "-o", library, source], check=True)
    return library


def work(folder: Path, project_file: Path, shim: Path, what: str) -> Day:
    """Let a process of its own work, and log its writes."""
    watched = folder / "watched"
    watched.mkdir()
    path = Path(shutil.copyfile(project_file, watched / "work.annot"))
    (watched / "kept").mkdir()
    with open_project(path, ME) as project:
        (watched / "annotator" / "backups" / project.id).mkdir(parents=True)
    morning = Path(shutil.copytree(watched, folder / "morning"))
    shimmed = {"LD_PRELOAD": str(shim), "CUT_FOLDER": str(watched), "CUT_LOG": str(folder / "log")}
    done = subprocess.run(
        [sys.executable, "-m", "tests.torture.acts", watched, what],
        env={**os.environ, **shimmed, "XDG_DATA_HOME": str(watched)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    watched.rename(folder / "evening")
    morning.rename(watched)
    return Day(watched, tuple(read_log(folder / "log")))


def lay_out(image: dict[Path, bytes], folder: Path, names: str) -> None:
    """Write those files of an image whose names begin so into an empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for path, content in image.items():
        if path.name.startswith(names):
            (folder / path.name).write_bytes(content)


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A quick connection to an image; it is thrown away, so what SQLite mends need not be synced."""
    with closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as conn:
        conn.execute("PRAGMA synchronous = OFF")
        conn.execute("PRAGMA locking_mode = EXCLUSIVE")
        yield conn


def state(path: Path) -> tuple[int, int] | str:
    """The numbers of events and articles in a file, or what is broken about it."""
    try:
        with opened(path) as conn:
            (whole,) = conn.execute("PRAGMA integrity_check(1)").fetchone()
            events, articles = conn.execute(COUNT).fetchone()
    except sqlite3.Error as error:
        return f"broken: {error}"
    return (events, articles) if whole == "ok" else f"broken: {whole}"


def verdict(found: tuple[int, int] | str, promised: int, articles_at: dict[int, int]) -> str:
    """What a power cut did to the acts that were acknowledged before it."""
    if isinstance(found, str):
        return "broken"
    events, articles = found
    if events < promised:
        return "an acknowledged act is lost"
    return "sound" if events <= promised + 1 and articles_at[events] == articles else "half an act"


def verdicts_of(day: Day, scratch: Path, *, cuts: int) -> Counter[str]:
    """The verdicts over many cuts; some of those that are sound are looked at with the whole check."""
    acks = filter(None, map(day.acknowledgement, day.log))
    with opened(day.start / "work.annot") as conn:
        first = conn.execute(COUNT).fetchone()
    articles_at = dict([first, *(map(int, line.split()) for line in acks)])
    verdicts: Counter[str] = Counter()
    for number, (promised, image) in enumerate(images(day, cuts=cuts, seed=1)):
        lay_out(image, scratch, "work.annot")
        events = int(promised.split()[0]) if promised else first[0]
        found = verdict(state(scratch / "work.annot"), events, articles_at)
        if found == "sound" and number % (cuts // WHOLE_CHECKS) == 0:
            with open_project(scratch / "work.annot", ME) as project:
                assert problems(project.conn) == {}
        verdicts[found] += 1
    return verdicts


def test_no_power_cut_loses_an_acknowledged_act(tmp_path, project_file, shim):
    day = work(tmp_path, project_file, shim, "EXTRA")
    assert verdicts_of(day, tmp_path / "scratch", cuts=CUTS) == {"sound": CUTS}


def test_the_same_cuts_lose_acts_and_break_files_without_syncing(tmp_path, project_file, shim):
    day = work(tmp_path, project_file, shim, "OFF")
    verdicts = verdicts_of(day, tmp_path / "scratch", cuts=200)
    assert verdicts["an acknowledged act is lost"] > 20 and verdicts["broken"] > 20


def test_no_power_cut_leaves_a_broken_backup(tmp_path, project_file, shim):
    day = work(tmp_path, project_file, shim, "EXTRA")
    found: Counter[int] = Counter()
    for _, image in images(day, cuts=CUTS // 10, seed=2):
        kept = [content for path, content in image.items() if "backups" in path.parts and path.suffix == ".annot"]
        for content in kept:
            lay_out({Path("copy.annot"): content}, tmp_path / "scratch", "copy")
            assert not isinstance(state(tmp_path / "scratch" / "copy.annot"), str)
        found[len(kept)] += 1
    assert found[0] and found[1]


def test_no_power_cut_leaves_a_project_half_made_or_half_migrated(tmp_path, project_file, shim):
    day = work(tmp_path, project_file, shim, "birth")
    versions: Counter[int] = Counter()
    for promised, image in images(day, cuts=CUTS // 5, seed=3):
        lay_out(image, tmp_path / "scratch", "new.annot")
        made = tmp_path / "scratch" / "new.annot"
        assert state(made) == (0, 0) if made.exists() else not promised
        lay_out(image, tmp_path / "scratch", "work.annot")
        assert not isinstance(state(tmp_path / "scratch" / "work.annot"), str)
        with opened(tmp_path / "scratch" / "work.annot") as conn:
            (version,) = conn.execute("PRAGMA user_version").fetchone()
        versions[version] += 1
        assert version == len(NEXT_VERSION) or (version == schema.VERSION and "migrated" not in promised)
    assert len(versions) == 2
