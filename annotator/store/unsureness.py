"""How unsure the models are of what they propose for each article."""

from __future__ import annotations

import sqlite3

from annotator.domain.sureness import THRESHOLDS, Sureness

# `reported` is written where it is not speech.
_MEANS = """
SELECT article, avg(4 * score * (1 - score)) FROM suggestion
WHERE (kind = 'entity' AND score >= ?)
   OR (kind = 'quote' AND score >= CASE WHEN instr(draft, '"reported":"act"') THEN ? ELSE ? END)
GROUP BY article"""


def means(conn: sqlite3.Connection, sureness: Sureness) -> dict[str, float]:
    """For each article the mean of 4p(1 - p) over the scores p of the entities and quotes shown at that step."""
    floors = THRESHOLDS[sureness]
    found = conn.execute(_MEANS, (floors["entity"], floors["act"], floors["speech"]))
    return {str(article): float(mean) for article, mean in found}
