"""Articles cut into words as spaCy cuts them, for the formats that tag words or refer to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

from annotator.domain.exchange import ArticleLine
from annotator.export.counts import Loss
from annotator.export.docbin import tokenizer
from annotator.export.docs import DocMaker
from annotator.export.manifest import Align


class Words:
    """Makes documents of articles, one a chosen section, in the language of most of them; `losses` grow with them."""

    def __init__(self, lines: Iterable[ArticleLine], sections: Iterable[str] | None, align: Align) -> None:
        nlp, losses = tokenizer(lines)
        nlp.add_pipe("sentencizer")
        self._nlp = nlp
        self._maker = DocMaker(nlp, None if sections is None else frozenset(sections), align, losses)

    @property
    def losses(self) -> list[Loss]:
        """What could not be written as it was, so far."""
        return self._maker.losses

    def docs(self, line: ArticleLine) -> Iterator[Doc]:
        """See `DocMaker.docs`; sentences are set, by their closing marks."""
        for doc in self._maker.docs(line):
            yield self._nlp.get_pipe("sentencizer")(doc)
