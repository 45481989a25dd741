"""Entities come trimmed as the codebook says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from annotator import paths
from annotator.domain.codebook import parse_codebook

Entities = Callable[[str], list[str]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met the United States’ army in Berlin.", ["United States/GPE", "Berlin/GPE"]),
        ("They praised the European Union's plan.", ["European Union/ORG"]),
        ("It grew by 20% in 2024.", ["20%/PERCENT", "2024/DATE"]),
        ("She works for “Microsoft” in The Hague.", ["Microsoft/ORG", "The Hague/GPE"]),
    ],
)
def test_leading_articles_possessives_and_marks_are_left_out(
    entities: Entities, text: str, expected: list[str]
) -> None:
    assert entities(text) == expected


def test_entities_of_the_seeds_keep_to_their_lines_and_to_the_codebook(entities: Entities) -> None:
    labels = {label.name for label in parse_codebook((paths.seeds() / "codebook.toml").read_bytes()).labels}
    for file in sorted(paths.seeds().glob("*.txt")):
        found = entities(file.read_text(encoding="utf-8"))
        texts = [entity.rpartition("/")[0] for entity in found]
        assert len(found) > 50
        assert not any("\n" in text or text.lower().startswith("the ") or text.endswith(("’s", "’")) for text in texts)
        assert {entity.rpartition("/")[2] for entity in found} <= labels
        assert not any("Headlines" in text or "Ledes" in text for text in texts)
