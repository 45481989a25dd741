"""Lines and a trail for the writers of tables, networks and pages, and the comparison with golden files."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from annotator.domain.codebook import Label
from annotator.domain.exchange import ActorLine, ArticleLine, EvidenceLine, StanceLine, TargetLine
from annotator.domain.records import Origin
from annotator.export.manifest import About
from annotator.export.trail import Act, Past, Ruling, Trail
from tests.article_lines import entity, full_line, line_of, span_of

GOLDEN = Path(__file__).parent / "golden"
ABOUT = About(project="p", project_name="P")
SPREADSHEET_TRAPS = (
    "=1+1",
    "+4420",
    "-5%",
    "@SUM(A1)",
    "'quoted'",
    "007",
    "1/2",
    "2027-01-01",
    "#N/A",
    "_x0041_",
    "1e5",
)


def trap_line() -> ArticleLine:
    """An article whose entities are what spreadsheets take for something else; one holds a control character."""
    words = [*SPREADSHEET_TRAPS, "a\x01b"]
    text = "Traps.\n" + "\n".join(words)
    line = line_of(text, name="=trap.txt", entities=tuple(entity(text, one, "ORG") for one in words))
    about = msgspec.structs.replace(line.article, outlet="@outlet", published="2025-02-12")
    return msgspec.structs.replace(line, article=about)


def lines() -> list[ArticleLine]:
    """The full line and the trap line, in the order of an export."""
    return sorted([full_line(), trap_line()], key=lambda line: line.article.id)


def trail() -> Trail:
    """Who did what to the records of the full line, and one decision."""
    acts = {
        "quote-1": (
            Act(who="Ana", what="accepted a quote", time="2025-02-13T09:00:00.000Z"),
            Act(who="Ana", what="linked the speaker of a quote", time="2025-02-13T09:01:00.000Z"),
        ),
        "stance-1": (Act(who="Ana", what="added a stance", time="2025-02-13T09:02:00.000Z"),),
    }
    ruling = Ruling(
        id="decision-1",
        reviewer="Bela",
        time="2025-02-14T10:00:00.000Z",
        outcome="a",
        records=("quote-1", "quote-9"),
        taken=("quote-1",),
        kind="quote",
        text="“Kyiv won’t yield 😅,”",
        rule="2.1",
        comment="=its marks",
    )
    full = full_line().article.id
    labels = {"GPE": Label(name="GPE", hue="place"), "PERSON": Label(name="PERSON", hue="person")}

    def of(line: ArticleLine) -> Past:
        return Past(acts=acts, rulings=(ruling,)) if line.article.id == full else Past()

    return Trail(labels, of)


def stance(text: str, holder: str, target: str, position: str | None, words: str, **fields: object) -> StanceLine:
    """A submitted stance that rests on some words."""
    made = StanceLine(
        id=f"{holder}-{target}-{position}-{text.index(words)}",
        holder=holder,
        target=target,
        dimension="policy",
        position=position,  # type: ignore[arg-type]
        explicitness="stated",
        evidence=(EvidenceLine(spans=(span_of(text, words),), type="direct_quote"),),
        is_submitted=True,
        origin=Origin(),
    )
    return msgspec.structs.replace(made, **fields)


def debate(text: str, *stands: tuple[str, str, str], published: str | None = None) -> ArticleLine:
    """An article in which holders stand somewhere on targets, each on the words of its own that follow."""
    holders = sorted({holder for holder, _, _ in stands})
    targets = sorted({target for _, target, _ in stands})
    made = []
    for number, (holder, target, position) in enumerate(stands):
        one = stance(text, holder, target, position, text[number : number + 4])
        made.append(msgspec.structs.replace(one, id=f"{holder}-{target}-{position}-{number}"))
    line = line_of(
        text,
        stances=tuple(made),
        actors=tuple(ActorLine(id=one, type="person", name=one.upper()) for one in holders),
        targets=tuple(TargetLine(id=one, kind="policy", label=one, statement=f"{one} it is.") for one in targets),
    )
    return msgspec.structs.replace(line, article=msgspec.structs.replace(line.article, published=published))


def check_golden(made: Path, name: str) -> None:
    """The file or folder that was written is what was once read and found right.

    With UPDATE_GOLDEN set it is written anew, to be read again.
    """
    expected = GOLDEN / name
    files = sorted(path for path in made.rglob("*") if path.is_file()) if made.is_dir() else [made]
    found = {path.relative_to(made).as_posix() if made.is_dir() else "": path.read_bytes() for path in files}
    if os.environ.get("UPDATE_GOLDEN"):
        for inner, data in found.items():
            place = expected / inner if inner else expected
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
    kept = sorted(path for path in expected.rglob("*") if path.is_file()) if expected.is_dir() else [expected]
    known = {path.relative_to(expected).as_posix() if expected.is_dir() else "": path.read_bytes() for path in kept}
    assert found == known
