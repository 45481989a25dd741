"""Kills, power cuts and random texts by the thousand."""

from __future__ import annotations

import os

# How many times the base counts are run.
FACTOR = int(os.environ.get("ANNOTATOR_TORTURE", "1"))
