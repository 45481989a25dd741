"""Quotation marks: which text stands between them, in every typographic style."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from annotator.domain.drafts import QuoteForm
from annotator.domain.spans import Span

# Each opening mark and what may close it. A closing mark of another style is let pass where writers mix them.
CLOSERS: dict[str, str] = {
    "“": '”"“',
    "„": '“”"‟',
    "‟": "”",
    '"': '"”',
    "＂": "＂",
    "”": "”",
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹",
    "「": "」",
    "『": "』",
    "《": "》",
    "〈": "〉",
    "‘": "’'",
    "‚": "‘’",
    "’": "’",
    "'": "'",
}
_SINGLE = "‘’‚'"
_ALWAYS_OPEN = "“„«‹「『《〈‘‚"
MARKS = frozenset("".join(CLOSERS) + "".join(CLOSERS.values()))

_PARAGRAPH = re.compile(r"[^\n]+")
# Two single marks (Penn, wire copy) stand for a double one; they open after a gap and close elsewhere.
_TWIN_OPENS = re.compile(r"(?<![^\s(\[{—–])(?:``|'')(?=\S)")
_TWIN_CLOSES = re.compile(r"''")
# The values in mark-up that was pasted along: <tweet author="@somebody">. They are nobody's words.
_ATTRIBUTE = re.compile(r"""(?<=[\w-])=(?:"[^"\n]*"|'[^'\n]*')(?=[\s/>])""")
_FILLER = "\x01"
_NEAR_CHARS = 2
_NEAR_SHARE = 0.8


class Quotation(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of text between quotation marks, marks included; it never crosses a line.

    `depth` is 0 for an outermost one. `is_closed` is false where its paragraph ends without a closing mark.
    `continues` says that it carries on the quotation that the paragraph before left open.
    """

    start: int
    end: int
    depth: int
    is_closed: bool
    continues: bool = False

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


class _Open(msgspec.Struct):
    at: int
    mark: str
    continues: bool


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """All quotations, nested ones too, by start; of two that start together the outer one is first."""
    found: list[Quotation] = []
    carried = ""
    text = _ATTRIBUTE.sub(lambda found: "=" + " " * (len(found[0]) - 1), _with_single_characters(text))
    for line in _PARAGRAPH.finditer(text):
        if not line.group().strip():
            continue
        pieces, carried = _in_paragraph(text, line.start(), line.end(), carried)
        found += pieces
    return tuple(found)


def _with_single_characters(text: str) -> str:
    """The text with each mark of two characters as one and a filler, so that nothing moves."""
    if "''" not in text and "``" not in text:
        return text
    return _TWIN_CLOSES.sub(_FILLER + '"', _TWIN_OPENS.sub('"' + _FILLER, text))


def quotations(text: str, *, nested: bool = False) -> tuple[Span, ...]:
    """The outermost stretches between quotation marks, marks included, in order; with `nested`, those within too."""
    return tuple(piece.span for piece in find_quotations(text) if nested or piece.depth == 0)


def snap(text: str, span: Span) -> Span:
    """The span grown or shrunk to the quotation marks that it nearly covers; else as it is.

    Nearly: both ends lie within two characters of the quotation, or the two share at least four fifths of
    what they cover together. A quotation over several paragraphs is also tried as a whole.
    """
    candidates = [piece.span for piece in find_quotations(text)]
    candidates += _runs(find_quotations(text))
    best = max(candidates, key=lambda other: _share(span, other), default=span)
    close = abs(best.start - span.start) <= _NEAR_CHARS and abs(best.end - span.end) <= _NEAR_CHARS
    return best if close or _share(span, best) >= _NEAR_SHARE else span


def _share(one: Span, other: Span) -> float:
    both = min(one.end, other.end) - max(one.start, other.start)
    return max(both, 0) / (len(one) + len(other) - both) if both > 0 else 0.0


def _runs(pieces: tuple[Quotation, ...]) -> Iterator[Span]:
    start = end = -1
    for piece in pieces:
        if piece.depth:
            continue
        if piece.continues and start >= 0:
            end = piece.end
            yield Span(start, end)
        else:
            start, end = piece.start, piece.end


def _in_paragraph(text: str, start: int, end: int, carried: str) -> tuple[list[Quotation], str]:
    """The quotations of one paragraph, and the mark of the one that it leaves open (or nothing)."""
    found: list[Quotation] = []
    first = start + len(text[start:end]) - len(text[start:end].lstrip())
    stack = _carried_on(text, first, end, carried)
    for at in range(first, end):
        mark = text[at]
        if mark not in MARKS or (stack and stack[-1].at == at):
            continue
        level = _closes(text, at, start, end, stack)
        if level >= 0:
            opened = stack[level]
            del stack[level:]
            found.append(_quotation(opened, at + 1, is_closed=True))
        elif _opens(text, at, start, end, stack):
            stack.append(_Open(at, mark, False))
    left = [opened for opened in stack if opened.mark not in _SINGLE or opened.at == first]
    stop = start + len(text[start:end].rstrip())
    found += [_quotation(opened, stop, is_closed=False) for opened in left]
    return _with_depths(piece for piece in found if piece.end - piece.start > 2), left[0].mark if left else ""


def _quotation(opened: _Open, end: int, *, is_closed: bool) -> Quotation:
    return Quotation(start=opened.at, end=end, depth=0, is_closed=is_closed, continues=opened.continues)


def _with_depths(pieces: Iterable[Quotation]) -> list[Quotation]:
    """The quotations in order, each with the number of those around it (marks that came to nothing do not count)."""
    ordered = sorted(pieces, key=lambda piece: (piece.start, -piece.end))
    around: list[Quotation] = []
    found: list[Quotation] = []
    for piece in ordered:
        while around and around[-1].end <= piece.start:
            around.pop()
        found.append(msgspec.structs.replace(piece, depth=len(around)))
        around.append(piece)
    return found


def _carried_on(text: str, first: int, end: int, carried: str) -> list[_Open]:
    """What is open as a paragraph starts: the quotation before it, if it repeats the mark or closes it first."""
    if not carried:
        return []
    if text[first] == carried:
        return [_Open(first, carried, True)]
    for at in range(first, end):
        if text[at] not in MARKS or text[at] in _SINGLE:
            continue
        left, right = _beside(text, at, first, end)
        if text[at] in CLOSERS[carried] and not left.isspace() and not right.isalnum():
            return [_Open(first, carried, True)]
        break
    return []


def _beside(text: str, at: int, start: int, end: int) -> tuple[str, str]:
    """The characters left and right of a place; a space where the paragraph ends."""
    return (text[at - 1] if at > start else " "), (text[at + 1] if at + 1 < end else " ")


def _closes(text: str, at: int, start: int, end: int, stack: list[_Open]) -> int:
    """Which open quotation the mark closes, as its level in the stack; -1 for none."""
    left, right = _beside(text, at, start, end)
    mark = text[at]
    if right.isalnum() and (mark in _SINGLE or mark == "“" or _is_gap(left)):
        return -1
    if mark in "\"“”'" and left.isspace() and not right.isspace():
        return -1
    for level in range(len(stack) - 1, -1, -1):
        opened = stack[level]
        if mark in CLOSERS[opened.mark]:
            if mark in _SINGLE and _is_apostrophe(text, at, end, left):
                return -1
            return level
        if opened.mark not in _SINGLE and mark in _SINGLE:
            return -1
    return -1


def _is_gap(left: str) -> bool:
    return left.isspace() or left in "([{—–-/:…" or left in MARKS


def _is_apostrophe(text: str, at: int, end: int, left: str) -> bool:
    """Whether a single mark after an s is a plural's possessive: a closing mark follows before an opening one."""
    if left not in "sS":
        return False
    for later in range(at + 1, end):
        if text[later] in "‘‚":
            return False
        if text[later] == text[at] and not text[later - 1].isspace():
            right = text[later + 1] if later + 1 < end else " "
            if not right.isalnum():
                return True
    return False


def _opens(text: str, at: int, start: int, end: int, stack: list[_Open]) -> bool:
    left, right = _beside(text, at, start, end)
    mark = text[at]
    if mark not in CLOSERS:
        return False
    after_gap = _is_gap(left)
    if mark in "«‹":
        return True
    if mark in _SINGLE:
        # '90s and ’tis leave something out; ‘90 per cent’ does not.
        starts = right.isalpha() if mark == "'" else mark != "’" and not right.isspace()
        return after_gap and starts and _has_closer(text, at, end)
    if mark in _ALWAYS_OPEN:
        return not right.isspace() or after_gap
    # Straight, Swedish and German marks open and close alike: they open only before a word and after a gap.
    return after_gap and not right.isspace() and not any(opened.mark == mark for opened in stack)


def _has_closer(text: str, at: int, end: int) -> bool:
    """Whether a single mark is closed in its paragraph, or begins it (an unclosed one elsewhere is an apostrophe)."""
    closers = CLOSERS[text[at]]
    for later in range(at + 2, end):
        if text[later] in closers and not text[later - 1].isspace():
            right = text[later + 1] if later + 1 < end else " "
            if not right.isalnum():
                return True
    return at == 0 or text[at - 1] == "\n"


def form_of(text: str, content: Iterable[Span]) -> QuoteForm:
    """The form that the quotation marks of a content say: all inside marks, some of it, none of it."""
    pieces = list(content)
    marked = [mark for mark in quotations(text) if any(mark.overlaps(piece) for piece in pieces)]
    if not marked:
        return "indirect"
    return "direct" if all(any(mark.contains(piece) for mark in marked) for piece in pieces) else "mixed"
