"""Notes on records and articles, and replies to them. Each is one act."""

from __future__ import annotations

import msgspec

from annotator.domain.errors import NotAllowed
from annotator.domain.journal import Changes
from annotator.domain.records import Note, Record
from annotator.store import articles, journal, rows
from annotator.store.journal import new_id
from annotator.store.project import Project

# What a note may be about besides an article.
_SUBJECTS = ("entity", "quote", "stance", "actor", "target", "rejection", "decision")


class NoteRow(msgspec.Struct, frozen=True, kw_only=True):
    """A note as the inspector shows it, with the replies to it, oldest first. `time` is when it was written, in UTC."""

    id: str
    article: str
    subject: str
    text: str
    who: str
    is_mine: bool
    time: str
    is_resolved: bool
    replies: tuple[NoteRow, ...] = ()


def add(project: Project, text: str, *, article: str = "", subject: str = "") -> Changes:
    """Write a note on a record (`subject`), or else on an article.

    Raises:
        NotAllowed: the note is empty, or what it is about is not there.
    """
    words = _words(text)
    if subject:
        found = _subject(project, subject)
        article = str(getattr(found, "article", None) or "")
    elif articles.get(project.conn, article) is None:
        raise NotAllowed("A note is about a record or an article.", hint="Select something first.")
    with project.step("note.add") as step:
        step.put_new(
            [Note(id=new_id(), author=step.author, article=article or None, subject=subject or None, text=words)]
        )
    return step.changes


def reply(project: Project, note_id: str, text: str) -> Changes:
    """Answer a note, one's own or a colleague's; an answer to a reply goes to the note that began it.

    Raises:
        NotAllowed: the answer is empty, or the note is not there any more.
    """
    words = _words(text)
    first = _note(project, note_id)
    seen = {first.id}
    while first.reply_to and first.reply_to not in seen:
        seen.add(first.reply_to)
        above = rows.get(project.conn, "note", first.reply_to)
        if not isinstance(above, Note):
            break
        first = above
    with project.step("note.add") as step:
        answer = Note(
            id=new_id(),
            author=step.author,
            article=first.article,
            subject=first.subject,
            reply_to=first.id,
            text=words,
        )
        step.put_new([answer])
    return step.changes


def change(project: Project, note_id: str, text: str) -> Changes:
    """Write one's own note anew.

    Raises:
        NotAllowed: the note would be empty, is a colleague's, or is not there any more.
    """
    note, words = _note(project, note_id), _words(text)
    with project.step("note.change") as step:
        step.put(msgspec.structs.replace(note, text=words))
    return step.changes


def resolve(project: Project, note_id: str, *, is_resolved: bool = True) -> Changes:
    """Say that one's own note is settled, or that it is not.

    Raises:
        NotAllowed: the note is a colleague's, or is not there any more.
    """
    note = _note(project, note_id)
    with project.step("note.change") as step:
        step.put(msgspec.structs.replace(note, is_resolved=is_resolved))
    return step.changes


def withdraw(project: Project, note_id: str) -> Changes:
    """Take one's own note back with one's own replies to it.

    Raises:
        NotAllowed: the note is a colleague's, has a colleague's reply, or is not there any more.
    """
    note = _note(project, note_id)
    replies = rows.select(project.conn, "note", "reply_to = ?", (note.id,))
    if any(one.author != project.author.id for one in replies) and note.author == project.author.id:
        raise NotAllowed("A colleague has answered this note.", hint="Resolve it instead.")
    with project.step("note.withdraw") as step:
        for one in (note, *replies):
            step.withdraw(one)
    return step.changes


def of_article(project: Project, article: str) -> list[NoteRow]:
    """Everybody's notes on an article and on the records in it, each with its replies; oldest first."""
    return _rows(project, "article = ?", article)


def of_record(project: Project, record_id: str) -> list[NoteRow]:
    """Everybody's notes on a record, each with its replies; oldest first."""
    return _rows(project, "subject = ?", record_id)


def open_count(project: Project, article: str) -> int:
    """How many notes on an article and on its records are not resolved; replies do not count."""
    return len(rows.select(project.conn, "note", "article = ? AND reply_to IS NULL AND is_resolved = 0", (article,)))


def _rows(project: Project, where: str, value: str) -> list[NoteRow]:
    notes = [one for one in rows.select(project.conn, "note", where, (value,)) if isinstance(one, Note)]
    written = {one.id: journal.events_of(project.conn, one.id)[0] for one in notes}
    notes.sort(key=lambda one: (written[one.id].clock, one.id))
    names = project.author_names()
    by_note: dict[str, list[NoteRow]] = {}
    for one in notes:
        if one.reply_to:
            by_note.setdefault(one.reply_to, []).append(_row(project, one, written[one.id].time, names))
    firsts = [one for one in notes if not one.reply_to]
    return [_row(project, one, written[one.id].time, names, tuple(by_note.get(one.id, ()))) for one in firsts]


def _row(project: Project, note: Note, time: str, names: dict[str, str], replies: tuple[NoteRow, ...] = ()) -> NoteRow:
    is_mine = note.author == project.author.id
    return NoteRow(
        id=note.id,
        article=note.article or "",
        subject=note.subject or "",
        text=note.text,
        who="You" if is_mine else names.get(note.author, note.author),
        is_mine=is_mine,
        time=time,
        is_resolved=note.is_resolved,
        replies=replies,
    )


def _words(text: str) -> str:
    if not text.strip():
        raise NotAllowed("The note is empty.", hint="Write something first.")
    return text.strip()


def _note(project: Project, note_id: str) -> Note:
    found = rows.get(project.conn, "note", note_id)
    if not isinstance(found, Note):
        raise NotAllowed("That note is not there any more.", hint="Choose another one.")
    return found


def _subject(project: Project, record_id: str) -> Record:
    for kind in _SUBJECTS:
        found = rows.get(project.conn, kind, record_id)
        if found is not None:
            return found
    raise NotAllowed("What the note is about is not there any more.", hint="Select something else.")
