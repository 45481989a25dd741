"""Reads Markdown (CommonMark and tables, by markdown-it-py) as the plain text that a reader sees."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from annotator.domain.articles import new_article, with_metadata
from annotator.domain.importing import FIELDS, ReadItem, ReadOptions, metadata_of
from annotator.domain.text import canonicalise
from annotator.ingest.columns import guess_columns
from annotator.ingest.files import read_text_file

_FRONT = re.compile(r"---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FACT = re.compile(r"""([\w-]+):[ \t]+(?:"([^"\n]*)"|'([^'\n]*)'|([^\n]*?))[ \t]*""")
_TAG = re.compile(r"<!--.*?-->|</?[a-zA-Z][^<>]*>|<[!?][^<>]*>", re.DOTALL)


def read_markdown(path: Path, options: ReadOptions) -> Iterator[ReadItem]:
    """The article of a Markdown file: a heading before all other text is its headline.

    Front matter, lines such as `author: Jane Doe` between two lines `---`, gives metadata; its title is the headline
    where no heading comes first.

    Raises:
        UnreadableArticle: it cannot be read, or is no text.
    """
    raw = read_text_file(path, encoding=options.encoding or None)
    front = _FRONT.match(raw.text)
    facts = _front_facts(front[1] or "") if front else {}
    tokens = _parser().parse(raw.text[front.end() :] if front else raw.text)
    known, remarks = metadata_of(facts, options, name=raw.name)
    text = canonicalise("\n".join(_blocks(tokens)), name=raw.name)
    is_headed = bool(tokens) and tokens[0].type == "heading_open"
    headline = _inline(tokens[1]) if is_headed else known.title
    article = new_article(text, name=raw.name, raw_sha256=raw.raw_sha256, headline=headline)
    yield ReadItem(article=with_metadata(article, known), remarks=remarks)


def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"maxNesting": 50}).enable("table")


def _front_facts(front: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in front.split("\n"):
        if fact := _FACT.fullmatch(line):
            found[fact[1]] = next((value for value in fact.groups()[1:] if value is not None), "")
    columns = guess_columns(list(found), [])
    return {field: found[columns[field]] for field in FIELDS if field != "text" and columns.get(field)}


def _blocks(tokens: Sequence[Token]) -> Iterator[str]:
    """The lines of the text: paragraphs, headings, items with their sign, rows with tabs between their cells."""
    signs: list[str] = []
    sign = ""
    cells: list[str] | None = None
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            signs.append("" if token.type[0] == "b" else str(token.attrGet("start") or 1))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            signs.pop()
        elif token.type == "list_item_open":
            sign = f"{signs[-1]}. " if signs[-1] else "- "
            signs[-1] = str(int(signs[-1]) + 1) if signs[-1] else ""
        elif token.type == "tr_open":
            cells = []
        elif token.type == "tr_close" and cells is not None:
            yield "\t".join(cells)
            cells = None
        elif token.type in ("inline", "fence", "code_block", "html_block"):
            text = _text(token)
            if cells is not None:
                cells.append(text)
            elif text:
                yield sign + text
                sign = ""


def _text(token: Token) -> str:
    if token.type == "html_block":
        return "\n".join(line.strip() for line in _TAG.sub("", token.content).split("\n") if line.strip())
    return _inline(token) if token.type == "inline" else token.content.rstrip("\n")


def _inline(token: Token) -> str:
    parts: list[str] = []
    for child in token.children or ():
        if child.type in ("text", "code_inline", "text_special"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append("\n" if child.type == "hardbreak" else " ")
    return "".join(parts).strip()
