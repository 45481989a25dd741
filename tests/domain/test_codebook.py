"""Codebooks that are read, and those that are refused with a reason."""

from __future__ import annotations

import pytest

from annotator import paths
from annotator.domain.codebook import parse_codebook
from annotator.domain.errors import AnnotatorError

LABEL = 'name = "demo"\n[[labels]]\nname = "ORG"\nhotkey = "2"\n'


@pytest.mark.parametrize(
    "path",
    [paths.seeds() / "codebook.toml", *(paths.resources() / "codebooks").glob("*.toml")],
    ids=lambda path: path.name,
)
def test_the_shipped_codebooks_are_sound(path):
    codebook = parse_codebook(path.read_bytes(), name=path.name)
    assert codebook.label("PERSON") and codebook.label_of_hotkey("1") == codebook.label("PERSON")


def test_a_retired_label_is_found_by_name_but_has_no_key():
    codebook = parse_codebook((LABEL + "is_retired = true").encode())
    assert codebook.label("ORG") and codebook.label_of_hotkey("2") is None and codebook.label("GPE") is None


@pytest.mark.parametrize(
    ("toml", "reason"),
    [
        ("labels = [", "is not a codebook"),
        (b"name = '\xff'", "is not a codebook"),
        ('name = "x"\nlabels = []', "it has no labels"),
        ('name = "x"', "missing required field `labels`"),
        (LABEL + 'colour = "red"', "unknown field `colour`"),
        (LABEL + 'hue = "red"', "Invalid enum value"),
        (LABEL + '[[labels]]\nname = "ORG"', "the label ORG is there twice"),
        (LABEL + '[[labels]]\nname = "GPE"\nhotkey = "2"', "the hotkey 2 is there twice"),
        (LABEL.replace('"2"', '"0"'), "the hotkey 0 is not a digit from 1 to 9"),
        (LABEL + '[[rules]]\nid = "1"\ntext = "a"\n[[rules]]\nid = "1"\ntext = "b"', "the rule 1 is there twice"),
    ],
)
def test_a_bad_codebook_is_refused_with_a_reason(toml, reason):
    data = toml if isinstance(toml, bytes) else toml.encode()
    with pytest.raises(AnnotatorError, match=reason) as refused:
        parse_codebook(data, name="mine.toml")
    assert refused.value.message.startswith("mine.toml") and refused.value.hint
