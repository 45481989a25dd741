"""First names: whom they are given to, and which are short for which."""

from __future__ import annotations

from functools import cache
from typing import Literal

from annotator import paths
from annotator.domain.words import fold

Gender = Literal["m", "f", ""]

# The short forms that the news uses; each line is one name.
_SAME = """
joe joseph|bill will billy william|bob rob bobby robert|dick rick rich richard|jim jimmy james|mike michael
tom thomas|tony anthony antony|dan danny daniel|dave david|steve stephen steven|chris christopher|pete peter
ben benjamin bibi binyamin|ted edward ed eddie|ron ronald|don donald|ken kenneth|larry lawrence|jerry gerald
greg gregory|jeff jeffrey geoffrey|matt matthew|andy andrew|nick nicholas nicolas|alex alexander
sam samuel samantha|tim timothy|jack john|chuck charles charlie|fred frederick|hank henry harry|marty martin
nate nathan nathaniel|pat patrick patricia|phil philip phillip|ray raymond|russ russell|stan stanley|vince vincent
walt walter|liz beth betsy elizabeth|kate kathy cathy katherine catherine kathleen|sue susan|debbie deborah
jen jenny jennifer|maggie margaret peggy|nancy ann|sandy sandra|tammy tamara|barb barbara|becky rebecca
volodymyr vladimir|mitch mitchell|jon jonathan|al albert alan|gabe gabriel|zach zachary|josh joshua|abe abraham
"""
_GROUP_OF = {
    name: number
    for number, names in enumerate(_SAME.replace("\n", "|").strip("|").split("|"))
    for name in names.split()
}


@cache
def _genders() -> dict[str, Gender]:
    found: dict[str, Gender] = {}
    lines = (paths.resources() / "names" / "first_names.tsv").read_text(encoding="utf-8").split("\n")
    for line in lines:
        name, _, gender = line.partition("\t")
        found[name] = "f" if gender == "f" else "m"
    return found


def gender_of(name: str) -> Gender:
    """Whom a first name is mostly given to; empty where that is not known."""
    plain = fold(name)
    return _genders().get(plain) or _genders().get(plain.split("-")[0], "")


def is_same(ours: str, theirs: str) -> bool:
    """Whether two first names can be the same person's: equal, short for the other, or its initial."""
    a, b = fold(ours).rstrip("."), fold(theirs).rstrip(".")
    if a == b or (min(len(a), len(b)) == 1 and a[:1] == b[:1]):
        return True
    return a in _GROUP_OF and _GROUP_OF[a] == _GROUP_OF.get(b)
