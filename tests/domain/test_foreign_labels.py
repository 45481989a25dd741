"""Labels of other programs and models, and what they mean in a codebook."""

import pytest

from annotator.domain.codebook import Codebook, Label
from annotator.domain.foreign_labels import proposed_label


def codebook(*names: str, retired: str = "") -> Codebook:
    return Codebook(name="test", labels=tuple(Label(name=name, is_retired=name == retired) for name in names))


@pytest.mark.parametrize(
    ("label", "known", "expected"),
    [
        ("PER", ("PERSON", "ORG"), "PERSON"),
        ("persName", ("PERSON", "ORG"), "PERSON"),
        ("orgName", ("PERSON", "ORG"), "ORG"),
        ("placeName", ("PERSON", "LOC"), "LOC"),
        ("geogName", ("PERSON", "LOC"), "LOC"),
        # A codebook of one's own that has it means it.
        ("PER", ("PERSON", "PER"), "PER"),
        # Nothing there is alike: it stays, to be relabelled by hand.
        ("MISC", ("PERSON", "ORG"), "MISC"),
        ("LOC", ("PERSON", "GPE"), "GPE"),
    ],
)
def test_an_entity_is_proposed_under_the_label_that_the_codebook_has_for_it(label, known, expected):
    assert proposed_label(label, codebook(*known)) == expected


def test_a_retired_label_is_no_other_one():
    assert proposed_label("GPE", codebook("GPE", "LOC", retired="GPE")) == "GPE"
