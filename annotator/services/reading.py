"""Reading article files: light ones here, all others in the worker process, given in the order of the files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import msgspec

from annotator.domain.articles import with_metadata
from annotator.domain.errors import UnreadableArticle
from annotator.domain.importing import FILE_DATE, ReadItem, ReadOptions, metadata_of
from annotator.domain.name_pattern import NamePattern, parse_pattern
from annotator.ingest.files import shown_name
from annotator.ingest.jobs import ReadJob
from annotator.ingest.readers import SINGLE, read_file, reader_of
from annotator.services import suggesting
from annotator.suggest.client import Worker
from annotator.suggest.messages import Reply
from annotator.suggest.pool import Pool

# So many files are with the worker at a time: it never waits for the next one.
AHEAD = 4
_DECODE = msgspec.msgpack.Decoder(ReadItem)

Read = tuple[int, ReadItem]


def read_items(
    files: Sequence[Path], options: ReadOptions, *, worker: Worker | Pool | None = None
) -> Iterator[Read | None]:
    """The articles of files, each with the number of its file, and None whenever there is nothing but to wait.

    A file that stops the worker, or in which it hangs, is tried once more alone, and then named and left out. Without a
    worker one is started where it is needed.

    Raises:
        AnnotatorError: the pattern of names is none, or the process cannot be started.
    """
    pattern = parse_pattern(options.name_pattern) if options.name_pattern else None
    with ExitStack() as stack:
        if worker is None:
            worker = stack.enter_context(suggesting.new_worker())
        remote = _Remote(files, options, worker)
        stack.callback(remote.stop)
        for number, file in enumerate(files):
            found: Iterable[ReadItem] = ()
            if reader_of(file).job:
                while not remote.has(number):
                    if not remote.work():
                        yield None
                found = remote.take(number)
            else:
                found = _read_here(file, options)
            for item in found:
                yield number, _named(item, file, pattern, options)


def _read_here(file: Path, options: ReadOptions) -> Iterator[ReadItem]:
    try:
        yield from read_file(file, options)
    except UnreadableArticle as error:
        yield ReadItem.refused(error)


def _named(item: ReadItem, file: Path, pattern: NamePattern | None, options: ReadOptions) -> ReadItem:
    """The item with what the name of its file says, which counts more than what the file says."""
    if pattern is None or item.article is None or file.suffix.lower() not in SINGLE:
        return item
    name = shown_name(file)
    facts = pattern.facts(file.absolute())
    if facts is None:
        return msgspec.structs.replace(item, remarks=(*item.remarks, f"{name}: its name does not fit the pattern."))
    known, remarks = metadata_of(facts, options, name=name)
    kept = tuple(one for one in item.remarks if not (known.published and one.endswith(FILE_DATE)))
    article = with_metadata(item.article, known)
    if facts.get("name"):
        article = msgspec.structs.replace(article, name=facts["name"])
    return ReadItem(article=article, remarks=kept + remarks)


class _Remote:
    """The files that the worker reads: what waits, what it has, what came back."""

    def __init__(self, files: Sequence[Path], options: ReadOptions, worker: Worker | Pool) -> None:
        self._files, self._options, self._worker = files, options, worker
        self._waiting = [number for number, file in enumerate(files) if reader_of(file).job]
        self._under_way: dict[int, int] = {}
        self._found: dict[int, list[ReadItem]] = {}
        self._done: set[int] = set()
        # After a failure one file at a time, so that no other one is blamed for what it did.
        self._is_careful = False
        self._alone: set[int] = set()

    def has(self, number: int) -> bool:
        """Whether all of a file has come back."""
        return number in self._done

    def take(self, number: int) -> list[ReadItem]:
        """What a file held."""
        return self._found.pop(number, [])

    def work(self) -> bool:
        """Keep the worker in work, and take over what it says; whether it said anything."""
        while self._waiting and len(self._under_way) < (1 if self._is_careful else AHEAD * self._worker.size):
            number = self._waiting.pop(0)
            payload = msgspec.msgpack.encode(ReadJob(path=str(self._files[number]), options=self._options))
            ticket = suggesting.submit(self._worker, reader_of(self._files[number]).job, payload)
            self._under_way[ticket] = number
            self._alone |= {ticket} if self._is_careful else set()
        replies = self._worker.poll()
        for reply in replies:
            self._hear(reply)
        return bool(replies)

    def _hear(self, reply: Reply) -> None:
        number = self._under_way.get(reply.ticket)
        if number is None:
            return
        if reply.kind == "partial":
            self._found.setdefault(number, []).append(_DECODE.decode(reply.payload))
            return
        del self._under_way[reply.ticket]
        if reply.kind == "done":
            self._done.add(number)
        elif reply.ticket in self._alone:
            problem = ReadItem(
                message=f"{shown_name(self._files[number])} cannot be read: {reply.error}",
                hint="It may be damaged; open it in its program and save it anew.",
            )
            self._found[number] = [problem]
            self._done.add(number)
        else:
            self._found.pop(number, None)
            self._is_careful = True
            self._waiting = sorted([number, *self._waiting])

    def stop(self) -> None:
        """Let go of what nobody waits for any more."""
        if self._under_way:
            self._worker.stop()
