"""Patterns that say what the name of a file tells of its article, such as `{published:%Y-%m-%d}_{outlet}_{title}`.

`{field}` stands for one or more characters, `{published:FORMAT}` for a date in the letters of `strptime`, `{_}` for
what does not matter, `*` for anything or nothing; all else stands for itself. With a `/` it looks at folders too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePath

import regex

from annotator.domain.errors import AnnotatorError

NAME_FIELDS = ("published", "outlet", "title", "author", "language", "name")
EXAMPLE = "{published:%Y-%m-%d}_{outlet}_{title}"

_PART = regex.compile(r"\{(\w+)(?::([^{}]*))?\}|\*|[^{}*]+|.", regex.DOTALL)
_DIRECTIVES = {
    "%Y": r"\d{4}", "%y": r"\d{2}", "%m": r"\d{1,2}", "%d": r"\d{1,2}", "%j": r"\d{3}", "%H": r"\d{1,2}",
    "%M": r"\d{1,2}", "%S": r"\d{1,2}", "%b": r"[^\W\d_]+", "%B": r"[^\W\d_]+",
}  # fmt: skip
_DIRECTIVE = regex.compile("%.")
_HINT = f"A pattern is like {EXAMPLE}; fields: {', '.join(NAME_FIELDS)}, and {{_}} for what does not matter."
# Of a hostile name; any real one takes less than a millisecond.
_TIMEOUT_S = 0.2


@dataclass(frozen=True, slots=True)
class NamePattern:
    """A pattern that was read."""

    pattern: regex.Pattern[str]
    depth: int
    formats: Mapping[str, str] = field(default_factory=dict)

    def facts(self, path: PurePath) -> dict[str, str] | None:
        """What the name of a file says, by field, `published` as an ISO date; None where it does not fit.

        The suffix does not count. In titles, outlets and authors without a blank, `_` and `-` are blanks.
        """
        name = "/".join([*path.parts[-self.depth - 1 : -1], path.stem])
        try:
            found = self.pattern.fullmatch(name, timeout=_TIMEOUT_S)
        except TimeoutError:
            return None
        if found is None:
            return None
        facts = {name: value.strip(" _-") for name, value in found.groupdict().items()}
        for name in ("title", "outlet", "author"):
            if name in facts and " " not in facts[name]:
                facts[name] = facts[name].replace("_", " ").replace("-", " ")
        if form := self.formats.get("published"):
            try:
                facts["published"] = datetime.strptime(facts["published"], form).date().isoformat()
            except ValueError:
                return None
        return facts


def parse_pattern(text: str) -> NamePattern:
    """A pattern as it is written.

    Raises:
        AnnotatorError: it names a field that does not exist or one twice, has a brace too many, or no field at all.
    """
    parts: list[str] = []
    formats: dict[str, str] = {}
    seen: list[str] = []
    for part in _PART.finditer(text):
        name, form = part[1], part[2]
        if name is None:
            parts.append(_literal(part[0]))
        elif name == "_":
            parts.append("[^/]+?")
        elif name not in NAME_FIELDS or name in seen:
            twice = "is there twice" if name in seen else "is no field"
            raise AnnotatorError(f"{{{name}}} {twice} in the pattern {text}.", hint=_HINT)
        elif form is not None and name != "published":
            raise AnnotatorError(f"Only published has a format, not {name}.", hint=_HINT)
        else:
            seen.append(name)
            if form:
                formats[name] = form
            parts.append(f"(?P<{name}>{_date(form) if form else '[^/]+?'})")
    if not seen:
        raise AnnotatorError(f"The pattern {text or 'of names'} has no field.", hint=_HINT)
    return NamePattern(regex.compile("".join(parts)), text.count("/"), formats)


def _literal(text: str) -> str:
    if text in ("{", "}"):
        raise AnnotatorError(f"A “{text}” of the pattern has no partner.", hint=_HINT)
    return "[^/]*?" if text == "*" else str(regex.escape(text))


def _date(form: str) -> str:
    found: list[str] = []
    at = 0
    for directive in _DIRECTIVE.finditer(form):
        if directive[0] not in _DIRECTIVES:
            raise AnnotatorError(
                f"{directive[0]} is not known in the format of a date.", hint=f"Known: {' '.join(_DIRECTIVES)}."
            )
        found += [regex.escape(form[at : directive.start()]), _DIRECTIVES[directive[0]]]
        at = directive.end()
    if not (_has(form, "Yy") and (_has(form, "j") or (_has(form, "mbB") and _has(form, "d")))):
        raise AnnotatorError(f"The format {form} of a date lacks its year, month or day.", hint="Such as %Y-%m-%d.")
    return "".join(found) + str(regex.escape(form[at:]))


def _has(form: str, letters: str) -> bool:
    return any(f"%{letter}" in form for letter in letters)
