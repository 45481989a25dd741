"""Writes a folder of pages, one an article, that any browser shows without a network, and an index of them."""

from __future__ import annotations

import base64
import functools
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from annotator import paths
from annotator.domain.exchange import ArticleLine
from annotator.domain.progress import Job, Progress, drain
from annotator.export.atomic import FileFacts, FileSet
from annotator.export.cells import has_control
from annotator.export.counts import Counter, Counts, Loss
from annotator.export.jsonl import check_line
from annotator.export.manifest import About, add_manifest
from annotator.export.page_model import cleaned, page_of
from annotator.export.trail import Trail

# Family, style and weight; what a browser lacks in these is shown in one of its own. Latin alone, 115 kB in all.
_FONTS = {
    "IBMPlexSerif-Regular-Latin1": ("IBM Plex Serif", "normal", 400),
    "IBMPlexSerif-Italic-Latin1": ("IBM Plex Serif", "italic", 400),
    "IBMPlexSerif-SemiBold-Latin1": ("IBM Plex Serif", "normal", 600),
    "IBMPlexSans-Regular-Latin1": ("IBM Plex Sans", "normal", 400),
    "IBMPlexSans-SemiBold-Latin1": ("IBM Plex Sans", "normal", 600),
}
_LONGEST_NAME = 60


def write_pages(
    lines: Iterable[ArticleLine], out: Path, *, about: About | None = None, trail: Trail | None = None
) -> Counts:
    """Write a page an article and `index.html` into the folder `out`, all or none; with `about`, its manifest.

    A page holds its style and its fonts and asks for nothing else; it runs no script, and forbids any.

    Raises:
        AnnotatorError: a line breaks the rules of the format, or a file cannot be written.
    """
    return drain(pages_job(lines, out, about=about, trail=trail))


def pages_job(
    lines: Iterable[ArticleLine],
    out: Path,
    *,
    total: int = 0,
    about: About | None = None,
    trail: Trail | None = None,
) -> Job[Counts]:
    """`write_pages` step by step, one article a step; closing the generator leaves everything as it was."""
    trail = trail or Trail()
    project = about.project_name if about else ""
    counter = Counter()
    templates = _templates()
    rows: list[dict[str, object]] = []
    losses = [Loss(reason="pages are to be read: the offsets of marks and guesses at speakers are left out")]
    facts: dict[Path, FileFacts] = {}
    with FileSet() as files:
        files.folder(out)

        def write(name: str, template: str, parts: dict[str, object]) -> None:
            html = templates.get_template(template).render(cleaned(parts), style=Markup(style()))
            files.open(out / name).write(html.encode("utf-8"))
            facts[out / name] = files.closed(out / name)

        for line in lines:
            check_line(line)
            rows.append(_row(line))
            if has_control(line.text):
                reason = "its text has control characters; pictures of them stand in their place"
                losses.append(Loss(reason=reason, article=line.article.id))
            page = page_of(line, trail, trail.of(line))
            write(page_name(line), "article.html", {**page, "project": project})
            counter.add(line)
            yield Progress(counter.articles, total, "Writing pages")
        layers = sorted({str(row["layer"]) for row in rows})
        write("index.html", "index.html", {"title": project or "Articles", "rows": rows, "layers": layers})
        counts = counter.counts(parts={"pages": counter.articles}, losses=tuple(losses))
        if about:
            add_manifest(files, out, export="html", about=about, counts=counts, facts=facts)
    return counts


def page_name(line: ArticleLine) -> str:
    """The file name of an article's page: that of its file, as all systems allow it, and the beginning of its hash."""
    stem = re.sub(r"[^A-Za-z0-9._-]+", "-", Path(line.article.name).stem)[:_LONGEST_NAME].strip("-.")
    return f"{stem or 'article'}-{line.article.id.removeprefix('sha256:')[:12]}.html"


@functools.cache
def style() -> str:
    """The style sheet: the fonts, the colours of both themes, and the rules."""
    fonts = [
        f'@font-face{{font-family:"{family}";font-style:{slant};font-weight:{weight};'
        f'src:url(data:font/woff2;base64,{_encoded(name)}) format("woff2")}}'
        for name, (family, slant, weight) in _FONTS.items()
    ]
    # Paper is light whatever the screen is.
    dark = f"@media screen and (prefers-color-scheme:dark){{{_colours('dark')}}}"
    rules = (paths.resources() / "pages" / "style.css").read_text("utf-8")
    return "\n".join([*fonts, _colours("light"), dark, rules])


def _encoded(font: str) -> str:
    return base64.b64encode((paths.resources() / "fonts" / "web" / f"{font}.woff2").read_bytes()).decode("ascii")


def _colours(theme: str) -> str:
    """The colour roles of a theme of the program as CSS variables."""
    found = tomllib.loads((paths.resources() / "themes" / f"{theme}.toml").read_text("utf-8"))
    roles = "".join(f"--{role}:{found['base'][colour]};" for role, colour in found["roles"].items())
    return f":root{{color-scheme:{theme};{roles}}}"


def _templates() -> Environment:
    # Everything that a template is given is escaped, unless the code says that it is HTML.
    return Environment(
        loader=FileSystemLoader(paths.resources() / "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _row(line: ArticleLine) -> dict[str, object]:
    about = line.article
    return {
        "file": page_name(line),
        "title": about.title,
        "name": about.name,
        "layer": line.layer,
        "outlet": about.outlet or "",
        "published": about.published or "",
        "state": line.status.state.replace("_", " ") if line.status else "",
        "entities": len(line.entities),
        "quotes": len(line.quotes),
        "stances": len(line.stances),
    }
