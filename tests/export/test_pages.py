"""Pages: all of the text and of the annotations is in them, nothing in them runs, and nothing is fetched."""

from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser

import msgspec
import pytest

from annotator.domain.drafts import StanceDraft
from annotator.domain.exchange import ActorLine, EvidenceLine, NoteLine, QuoteLine, StanceLine, TargetLine
from annotator.domain.records import Origin
from annotator.domain.spans import Passage, Span
from annotator.export.manifest import export_problems, read_manifest
from annotator.export.page_model import page_of
from annotator.export.pages import page_name, pages_job, style, write_pages
from annotator.export.trail import Past
from tests.article_lines import entity, full_line, line_of, seed_lines
from tests.export.cases import ABOUT, check_golden, lines, trail

EVIL = "<script>document.title='run'</script> \"'&<img src=x onerror=alert(1)>"


class Page(HTMLParser):
    """Tags with their attributes, and the text of the article, paragraph by paragraph."""

    def __init__(self, path):
        super().__init__()
        self.tags, self.paragraphs, self._in_article, self._in_p = [], [], False, False
        self.feed(path.read_text("utf-8"))
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._in_article = self._in_article or tag == "article"
        if self._in_article and tag == "p":
            self._in_p = True
            self.paragraphs.append("")

    def handle_endtag(self, tag):
        self._in_article = self._in_article and tag != "article"
        self._in_p = self._in_p and tag != "p"

    def handle_data(self, data):
        if self._in_p:
            self.paragraphs[-1] += data


def pages(folder):
    return [Page(path) for path in sorted(folder.glob("*.html"))]


def evil_line():
    text = f"One. {EVIL} Two."
    line = line_of(
        text,
        name=f'"><{EVIL}.txt',
        entities=(entity(text, EVIL, '"><b>'),),
        notes=(NoteLine(id="n", text=EVIL),),
        stances=(
            StanceLine(id="s", holder="a", target="t", position="oppose", rationale=EVIL, origin=Origin(name=EVIL)),
        ),
        actors=(ActorLine(id="a", type="person", name=EVIL),),
        targets=(TargetLine(id="t", kind="policy", label=EVIL, statement=EVIL),),
    )
    about = msgspec.structs.replace(line.article, url="javascript:alert(1)", outlet=EVIL, author=EVIL, published=EVIL)
    return msgspec.structs.replace(line, article=about, layer=EVIL)


def test_a_page_is_as_it_was_read_and_found_right(tmp_path):
    write_pages(lines(), tmp_path / "out", about=ABOUT, trail=trail())
    for path in (tmp_path / "out").iterdir():
        # The style is in files of its own, which are read there.
        path.write_text(path.read_text("utf-8").replace(style(), "STYLE"), encoding="utf-8")
    check_golden(tmp_path / "out", "html")


def test_every_paragraph_of_the_text_is_there_as_it_is(tmp_path):
    write_pages(seed_lines(), tmp_path / "out", about=ABOUT)
    for line in seed_lines():
        page = Page(tmp_path / "out" / page_name(line))
        assert page.paragraphs == [words for words in line.text.split("\n") if words.strip()]
        marked = {attrs["data-id"] for tag, attrs in page.tags if tag == "span" and "data-id" in attrs}
        assert marked == {one.id for one in (*line.entities, *line.quotes)}
    assert export_problems(tmp_path / "out") == []


def test_every_link_leads_somewhere(tmp_path):
    write_pages([full_line()], tmp_path / "out", trail=trail())
    for page in pages(tmp_path / "out"):
        anchors = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
        assert len(anchors) == len(set(anchors))
        links = [attrs["href"] for tag, attrs in page.tags if tag == "a"]
        inner = {link[1:] for link in links if link.startswith("#")}
        assert links and inner <= set(anchors)
        assert all((tmp_path / "out" / link).is_file() for link in links if not link.startswith("#"))


def test_nothing_that_comes_from_data_is_markup(tmp_path):
    write_pages([evil_line()], tmp_path / "out", trail=trail())
    for page in pages(tmp_path / "out"):
        assert {tag for tag, _ in page.tags} & {"script", "img", "iframe", "object", "link"} == set()
        assert not [attrs for _, attrs in page.tags if any(name.startswith("on") for name in attrs)]
        assert not [attrs for _, attrs in page.tags if attrs.get("href", "").startswith("javascript")]
    page = next(one for one in pages(tmp_path / "out") if one.paragraphs)
    assert page.paragraphs == [evil_line().text]


def test_a_page_asks_for_nothing_and_forbids_scripts(tmp_path):
    write_pages(lines(), tmp_path / "out", trail=trail())
    for path in (tmp_path / "out").iterdir():
        html = path.read_text("utf-8")
        assert "default-src 'none'" in html
        assert not re.findall(r"url\((?!data:font/woff2;base64,)", html) and not re.findall(r'\bsrc="', html)
        assert "@import" not in html and html.count("font/woff2") == 5


def test_only_links_to_the_web_are_links():
    line = full_line()
    for url, shown in (("https://x.org/a", "https://x.org/a"), ("file:///etc/passwd", ""), (None, "")):
        about = msgspec.structs.replace(line.article, url=url)
        assert page_of(msgspec.structs.replace(line, article=about), trail(), Past())["url"] == shown


def test_names_of_files_are_safe_and_of_their_own():
    names = [
        page_name(line_of(text, name=name))
        for text, name in (("a", "../../x.txt"), ("b", "con"), ("c", "…"), ("d", "X" * 300), ("e", "x.txt"))
    ]
    assert all(re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,80}\.html", name) for name in names)
    assert len({name.casefold() for name in names}) == len(names)


def test_the_same_lines_give_the_same_bytes(tmp_path):
    for name in "ab":
        write_pages(lines(), tmp_path / name, about=ABOUT, trail=trail())
    made = sorted((tmp_path / "a").iterdir())
    assert len(made) == 3
    assert all(path.read_bytes() == (tmp_path / "b" / path.name).read_bytes() for path in made)


def test_control_characters_are_shown_and_told(tmp_path):
    write_pages(lines(), tmp_path / "out", about=ABOUT, trail=trail())
    assert any("control characters" in loss.reason for loss in read_manifest(tmp_path / "out").counts.losses)
    assert any("a\u2401b" in page.paragraphs for page in pages(tmp_path / "out"))


def test_a_stopped_export_leaves_nothing(tmp_path):
    job = pages_job(lines(), tmp_path / "out")
    next(job)
    job.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not shutil.which("chromium"), reason="there is no Chromium here")
def test_a_browser_shows_the_page_and_runs_nothing_in_it(tmp_path):
    write_pages([evil_line()], tmp_path / "out", trail=trail())
    page = next(path for path in (tmp_path / "out").iterdir() if path.name != "index.html")
    words = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    done = subprocess.run([*words, "--dump-dom", page.as_uri()], capture_output=True, text=True, timeout=60)
    assert "<title>run</title>" not in done.stdout and "&lt;script&gt;" in done.stdout
    picture = tmp_path / "page.png"
    subprocess.run([*words, f"--screenshot={picture}", page.as_uri()], capture_output=True, timeout=60)
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_what_a_headline_variant_says_is_told_apart_from_the_body():
    text = "“Yes,” he said.\nAlternative Headlines:\n- Ministers say “Yes”"
    spans = (Span(0, 6), Span(text.rindex("“"), len(text)))
    quotes = tuple(
        QuoteLine(id=f"q{number}", form="direct", source_kind="none", content=(span,), origin=Origin())
        for number, span in enumerate(spans)
    )
    page = page_of(line_of(text, quotes=quotes), trail(), Past())
    assert [one["facts"][0] for one in page["said"]] == ["direct", "Alternative headlines"]
    assert [(one["is_inside"], one["heading"]) for one in page["paragraphs"]] == [(True, ""), (False, ""), (True, "")]


def test_a_suggested_stance_gives_the_model_s_reason():
    passage = Passage(0, 4, "NATO")
    draft = StanceDraft(position="support", evidence=(passage,), evidence_type="direct_quote", reason="urged")
    origin = Origin(by="model", name="en", score=0.5, suggested=draft)
    evidence = EvidenceLine(spans=(Span(0, 4),), type="direct_quote")
    stance = StanceLine(id="s", position="support", evidence=(evidence,), origin=origin)
    (shown,) = page_of(line_of("NATO met.", stances=(stance,)), trail(), Past())["stances"]
    assert "the model's reason: urged" in shown["facts"] and shown["is_suggestion"]


def test_the_style_uses_colours_that_both_themes_have():
    used = set(re.findall(r"var\(--([a-z_]+)", style())) - {"c", "d"}
    assert len(used) >= 20
    for theme in style().split(":root{color-scheme:")[1:]:
        assert used <= set(re.findall(r"--([a-z_]+):#", theme.split("}")[0]))
