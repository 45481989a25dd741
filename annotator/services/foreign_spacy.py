"""Reading the marks of spaCy documents in the worker process, where spaCy is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from annotator.domain.errors import BadExchange
from annotator.domain.foreign import ForeignText
from annotator.ingest.files import shown_name
from annotator.services import suggesting

_DECODE = msgspec.msgpack.Decoder(ForeignText)


def read_spacy(path: Path) -> Iterator[ForeignText | None]:
    """The documents of a file, and `None` while the worker reads.

    Raises:
        BadExchange: the file stopped the worker.
        WorkerFailed: the process cannot be started.
    """
    with suggesting.new_worker() as worker:
        ticket = suggesting.submit(worker, "read-spacy-marks", str(path.resolve()).encode("utf-8", "surrogateescape"))
        while True:
            replies = [one for one in worker.poll() if one.ticket == ticket]
            for reply in replies:
                if reply.kind == "partial":
                    yield _DECODE.decode(reply.payload)
                elif reply.kind == "failed":
                    raise BadExchange(
                        f"{shown_name(path)} cannot be read: {reply.error}", hint="Write it anew with spaCy."
                    )
                else:
                    return
            if not replies:
                yield None
