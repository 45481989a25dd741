"""Reads saved web pages: the article alone, without menus, comments and advertisements (trafilatura)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import trafilatura
from lxml.html import HtmlElement

from annotator.domain.articles import new_article, plain_fact, with_metadata
from annotator.domain.canonical import sha256_hex
from annotator.domain.errors import UnreadableArticle
from annotator.domain.importing import ReadItem, ReadOptions, metadata_of
from annotator.domain.text import canonicalise
from annotator.ingest.files import decoded, encoding_of, read_bytes, shown_name

_HEAD_BYTES = 4096
_DECLARED = re.compile(
    rb"""<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I
)
# What browsers read where pages declare these (the encoding standard of the web).
_MEANT = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252", "gb2312": "gb18030"}
# The day as the page states it; trafilatura would also guess one from the words of the article.
_DATES = {"extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%d"}


def read_page(path: Path, options: ReadOptions) -> Iterator[ReadItem]:
    """The article of a web page: headline, text, and the outlet, author, date, address and language that it states.

    Raises:
        UnreadableArticle: the file cannot be read, is not in its encoding, or holds no article.
    """
    name = shown_name(path)
    raw = read_bytes(path)
    page = decoded(raw, options.encoding or _encoding(raw), name)
    if "\x00" in page:
        raise UnreadableArticle(f"{name} is no web page: it holds NUL.", hint="Save the page anew from a browser.")
    tree = trafilatura.load_html(page)
    language = "" if tree is None else str(tree.get("lang") or "")
    shown = set() if tree is None else _shown_titles(tree)
    found = (
        None
        if tree is None
        else trafilatura.bare_extraction(
            tree, with_metadata=True, include_comments=False, date_extraction_params=_DATES
        )
    )
    if found is None or not (found.text or "").strip():
        raise UnreadableArticle(
            f"{name} holds no article text.",
            hint="A page that scripts build holds none before a browser shows it: save it from there.",
        )
    known, remarks = metadata_of(
        {
            "outlet": found.sitename or "",
            "author": (found.author or "").replace("; ", ", "),
            "published": found.date or "",
            "url": found.url or "",
            "language": language,
            "title": found.title or "",
        },
        options,
        name=name,
    )
    text = canonicalise("\n".join(line.rstrip() for line in found.text.split("\n")), name=name)
    # The title of the tab alone is no headline that readers saw.
    headline = known.title if known.title.casefold() in shown else ""
    article = new_article(text, name=name, raw_sha256=sha256_hex(raw), headline=headline)
    yield ReadItem(article=with_metadata(article, known), remarks=remarks)


def _encoding(raw: bytes) -> str:
    known = encoding_of(raw)
    declared = _DECLARED.search(raw[:_HEAD_BYTES])
    if known != "utf-8-sig" or raw.startswith(b"\xef\xbb\xbf") or declared is None:
        return known
    name = declared[1].decode("ascii").lower()
    # Declared in bytes that read as ASCII, it cannot be true.
    return "utf-8-sig" if name.replace("-", "").startswith(("utf8", "utf16")) else _MEANT.get(name, name)


def _shown_titles(tree: HtmlElement) -> set[str]:
    texts = [one.text_content() for one in tree.iter("h1", "h2")]
    texts += tree.xpath("//meta[@property='og:title' or @name='twitter:title' or @itemprop='headline']/@content")
    return {plain_fact(text).casefold() for text in texts}
