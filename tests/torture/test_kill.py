"""A process is killed at any moment of its work: what it had acknowledged is there, and the file is sound."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter

import pytest

from annotator.store import schema
from tests.store.making import ROOT
from tests.torture import FACTOR

pytestmark = [
    pytest.mark.torture,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="kills processes by forking, which this system cannot"),
]

# 230 in all.
KILLS = {"annotate": 80, "import": 60, "backup": 20, "migrate": 20, "create": 20, "merge": 30}
# Before a migration to one version more, or after it.
MIGRATED = {f"version {schema.VERSION}", f"version {schema.VERSION + 1}"}
GOOD = {"sound", "sound, and one more act", "not made"} | MIGRATED


@pytest.mark.parametrize("what", KILLS)
def test_no_kill_loses_what_was_acknowledged_or_leaves_half_an_act(what, tmp_path, project_file):
    kills = KILLS[what] * FACTOR
    done = subprocess.run(
        [sys.executable, "-m", "tests.torture.kills", tmp_path / "work", project_file, what, str(kills), "1"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    reports = [json.loads(line) for line in done.stdout.splitlines()]
    verdicts = Counter(report["verdict"] for report in reports)
    assert len(reports) == kills and set(verdicts) <= GOOD, verdicts
    assert [report["problems"] for report in reports if report["problems"]] == []
    if what in ("annotate", "import", "merge"):
        assert len({report["acknowledged"] for report in reports}) > 1, "all kills came at the same moment"
