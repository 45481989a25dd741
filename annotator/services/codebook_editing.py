"""Editing the project's codebook: every change is a new version of it, in one act; nothing is ever deleted."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from annotator.domain.codebook import Codebook, Hue, Label, PositionMeaning, Rule, codebook_problem, to_toml
from annotator.domain.errors import NotAllowed
from annotator.domain.journal import Changes
from annotator.domain.progress import Job, Progress
from annotator.domain.records import CodebookVersion, Entity, Quote, Stance, passages_of
from annotator.domain.spans import Span
from annotator.domain.words import context
from annotator.services import annotation
from annotator.store import decided, finding, rows
from annotator.store.journal import new_id
from annotator.store.project import Project

_EXAMPLE_CHARS = 60


class DecidedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A record that was last decided about before a version of the codebook: where it is, and its first words."""

    kind: str
    id: str
    article: str
    title: str
    words: str
    place: int


def add_label(project: Project, name: str, *, title: str = "", hue: Hue = "other", hotkey: str = "") -> Changes:
    """Add an entity label.

    Raises:
        NotAllowed: the name is empty or in use, retired or not; the hotkey is another label's, or no digit from 1 to 9.
    """
    label = Label(name="_".join(name.split()), title=title.strip(), hue=hue, hotkey=hotkey)
    if not label.name:
        raise NotAllowed("A label needs a name.", hint="Type a short one, such as ORG.")
    return _change(project, lambda old: msgspec.structs.replace(old, labels=(*old.labels, label)))


def change_label(
    project: Project, name: str, *, title: str | None = None, hue: Hue | None = None, hotkey: str | None = None
) -> Changes:
    """Change a label's title, colour or hotkey; its name stays, for records carry it. What is not given stays.

    Raises:
        NotAllowed: there is no such label; the hotkey is another label's, or no digit from 1 to 9.
    """
    old = _label(project, name)
    changed = msgspec.structs.replace(
        old,
        title=old.title if title is None else title.strip(),
        hue=hue or old.hue,
        hotkey=old.hotkey if hotkey is None else hotkey,
    )
    if changed.is_retired and changed.hotkey:
        raise NotAllowed(f"The label {name} is retired.", hint="Bring it back before you give it a key.")
    return _put_label(project, changed)


def retire_label(project: Project, name: str) -> Changes:
    """Take a label out of use; records keep it, and its hotkey is free.

    Raises:
        NotAllowed: there is no such label, or it is the last one in use.
    """
    old = _label(project, name)
    if all(one.is_retired or one.name == name for one in project.codebook().codebook.labels):
        raise NotAllowed("This is the last label in use.", hint="Add another one first.")
    return _put_label(project, msgspec.structs.replace(old, is_retired=True, hotkey=""))


def restore_label(project: Project, name: str) -> Changes:
    """Take a retired label into use again, without a hotkey.

    Raises:
        NotAllowed: there is no such label.
    """
    return _put_label(project, msgspec.structs.replace(_label(project, name), is_retired=False))


def put_rule(project: Project, rule: Rule) -> Changes:
    """Add a rule with its examples, or put it in place of the one with its number.

    Raises:
        NotAllowed: the number or the text is empty.
    """
    tidy = msgspec.structs.replace(rule, id=rule.id.strip(), text=" ".join(rule.text.split()))
    if not tidy.id or not tidy.text:
        raise NotAllowed("A rule needs a number and a text.", hint="Type both, such as 2.3 and one sentence.")
    if any(one.id == tidy.id for one in project.codebook().codebook.rules):
        return _put_rule(project, tidy)
    return _change(project, lambda old: msgspec.structs.replace(old, rules=(*old.rules, tidy)))


def retire_rule(project: Project, rule_id: str) -> Changes:
    """Take a rule out of use; its number stays taken.

    Raises:
        NotAllowed: there is no such rule.
    """
    return _put_rule(project, msgspec.structs.replace(_rule(project, rule_id), is_retired=True))


def restore_rule(project: Project, rule_id: str) -> Changes:
    """Take a retired rule into use again.

    Raises:
        NotAllowed: there is no such rule.
    """
    return _put_rule(project, msgspec.structs.replace(_rule(project, rule_id), is_retired=False))


def put_position(project: Project, meaning: PositionMeaning) -> Changes:
    """Say what a position means in this project, or take it out of use.

    Raises:
        NotAllowed: the meaning is empty, or no position would be left in use.
    """
    tidy = msgspec.structs.replace(meaning, text=" ".join(meaning.text.split()))
    if not tidy.text:
        raise NotAllowed("A position needs a meaning.", hint="Type a few words.")
    known = project.codebook().codebook.position_meanings()
    changed = tuple(tidy if one.name == tidy.name else one for one in known)
    if all(one.is_retired for one in changed):
        raise NotAllowed("This is the last position in use.", hint="Use another one again first.")
    return _change(project, lambda old: msgspec.structs.replace(old, positions=changed))


def add_example(project: Project, rule_id: str, words: str, *, is_good: bool) -> Changes:
    """Add a good or a bad example to a rule; what is meant stands in square brackets.

    Raises:
        NotAllowed: there is no such rule, the example is empty, or it is there already.
    """
    rule, example = _rule(project, rule_id), " ".join(words.split())
    if not example:
        raise NotAllowed("The example is empty.", hint="Select some words first.")
    if example in (*rule.good, *rule.bad):
        raise NotAllowed(f"Rule {rule_id} has that example already.", hint="Choose another one.")
    changed = (
        msgspec.structs.replace(rule, good=(*rule.good, example))
        if is_good
        else msgspec.structs.replace(rule, bad=(*rule.bad, example))
    )
    return _put_rule(project, changed)


def example_of(project: Project, article: str, span: Span) -> str:
    """Words of an article as an example: in square brackets, with a few words of their line around them.

    Raises:
        NotAllowed: the words are blank or do not lie in the article.
    """
    text = annotation.text_of(project, article)
    inner = annotation.piece_of(text, span).span
    before, after = context(text, inner, chars=_EXAMPLE_CHARS)
    low = len(text[: inner.start].rsplit("\n", 1)[-1])
    high = len(text[inner.end :].split("\n", 1)[0])
    around = (before[max(0, len(before) - low) :], after[:high])
    return " ".join(f"{around[0]}[{text[inner.start : inner.end]}]{around[1]}".split())


def versions(project: Project) -> list[CodebookVersion]:
    """All versions of the codebook, the oldest first."""
    found = [one for one in rows.select(project.conn, "codebook") if isinstance(one, CodebookVersion)]
    return sorted(found, key=lambda one: (one.version, one.id))


def decided_under(project: Project, version: int, *, batch: int = 200) -> Job[list[DecidedRow]]:
    """The author's entities, quotes and stances that nobody decided about since a version of the codebook came in
    force: by kind, then by article and place. Reads so many at a time.

    By the journal's clock; every act on a record is a decision about it, its undo too.

    Raises:
        NotAllowed: there is no such version.
    """
    clock = _clock_of(project, version)
    total = decided_under_count(project, version)
    titles: dict[str, str] = {}
    found: list[DecidedRow] = []
    for kind in decided.KINDS:
        rows_: list[DecidedRow] = []
        after = ""
        while records := decided.before(project.conn, kind, clock, author=project.author.id, limit=batch, after=after):
            after = records[-1].id
            titles |= finding.titles(project.conn, sorted({one.article for one in records} - titles.keys()))
            rows_ += [_decided_row(kind, one, titles.get(one.article, "")) for one in records]
            yield Progress(len(found) + len(rows_), total)
        found += sorted(rows_, key=lambda one: (one.article, one.place, one.id))
    return found


def decided_under_count(project: Project, version: int) -> int:
    """How many records `decided_under` lists.

    Raises:
        NotAllowed: there is no such version.
    """
    return decided.count_before(project.conn, _clock_of(project, version), author=project.author.id)


def _decided_row(kind: str, one: Entity | Quote | Stance, title: str) -> DecidedRow:
    pieces = one.content if isinstance(one, Quote) else sorted(passages_of(one))
    words = annotation.short(" ".join(pieces[0].text.split())) if pieces else ""
    place = pieces[0].start if pieces else 0
    return DecidedRow(kind=kind, id=one.id, article=one.article, title=title, words=words, place=place)


def _clock_of(project: Project, version: int) -> int:
    known = [one for one in versions(project) if one.version == version]
    if not known:
        raise NotAllowed(f"The codebook has no version {version}.", hint="Choose one of its versions.")
    return decided.last_clock(project.conn, known[-1].id)


def export_toml(project: Project) -> bytes:
    """The codebook in force as a TOML file, which a new project can begin with."""
    return to_toml(project.codebook().codebook)


def _label(project: Project, name: str) -> Label:
    found = project.codebook().codebook.label(name)
    if found is None:
        raise NotAllowed(f"The codebook has no label {name}.", hint="Choose one of its labels.")
    return found


def _put_label(project: Project, label: Label) -> Changes:
    def changed(old: Codebook) -> Codebook:
        return msgspec.structs.replace(
            old, labels=tuple(label if one.name == label.name else one for one in old.labels)
        )

    return _change(project, changed)


def _rule(project: Project, rule_id: str) -> Rule:
    found = next((one for one in project.codebook().codebook.rules if one.id == rule_id), None)
    if found is None:
        raise NotAllowed(f"The codebook has no rule {rule_id}.", hint="Choose one of its rules.")
    return found


def _put_rule(project: Project, rule: Rule) -> Changes:
    def changed(old: Codebook) -> Codebook:
        return msgspec.structs.replace(old, rules=tuple(rule if one.id == rule.id else one for one in old.rules))

    return _change(project, changed)


def _change(project: Project, changed: Callable[[Codebook], Codebook]) -> Changes:
    """Put a new version of the codebook into force; no act where nothing is changed."""
    current = project.codebook()
    codebook = changed(current.codebook)
    if codebook == current.codebook:
        return Changes()
    problem = codebook_problem(codebook)
    if problem:
        raise NotAllowed(f"The codebook was not changed: {problem}.", hint="Choose another one.")
    with project.step("codebook.change") as step:
        step.put_new([CodebookVersion(id=new_id(), author=step.author, version=current.version + 1, codebook=codebook)])
    return step.changes
