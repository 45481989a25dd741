"""Two people with keys of their own, who send each other their work by the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator import keys, paths, settings
from annotator.domain.spans import Span
from annotator.services import annotation, identity, projects, queries
from annotator.store import check
from tests.cli.running import Here, fingerprint


class People:
    """Runs commands as one person or another: each has folders of their own."""

    def __init__(self, here: Here, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        self._here = here
        self._patch = monkeypatch
        self.folder = folder

    def become(self, name: str) -> None:
        for kind in ("DATA", "CONFIG"):
            self._patch.setenv(f"XDG_{kind}_HOME", str(self.folder / name / kind.lower()))
        self._patch.setenv("WIN_PD_OVERRIDE_LOCAL_APPDATA", str(self.folder / name))
        if not settings.load().is_name_asked:
            identity.rename(name)

    def as_(self, name: str, *arguments: object) -> str:
        self.become(name)
        ended = self._here(*arguments)
        assert ended.code == 0, ended
        return ended.out

    def refused(self, name: str, *arguments: object) -> str:
        self.become(name)
        return self._here(*arguments).refusal


@pytest.fixture
def people(here, monkeypatch, tmp_path) -> People:
    return People(here, monkeypatch, tmp_path)


def work(path: Path, words: str) -> None:
    with projects.open_at(path) as project:
        (article, *_) = queries.article_rows(project)
        start = queries.article(project, article.id).text.index(words)
        annotation.add_entity(project, article.id, Span(start, start + len(words)), "ORG")


@pytest.fixture
def shared(people, tmp_path) -> tuple[Path, Path]:
    """Ana's project, and Bela's that was made from Ana's bundle."""
    ana, bela, first = tmp_path / "ana.annot", tmp_path / "bela.annot", tmp_path / "first.bundle"
    people.as_("Ana", "new", ana, "--codebook", paths.seeds() / "codebook.toml")
    people.as_("Ana", "import", ana, paths.seeds())
    people.as_("Ana", "bundle", ana, first)
    assert "the key of Ana" in people.refused("Bela", "new", bela, "--from", first)
    people.become("Ana")
    key = identity.current().fingerprint
    assert "2 articles new" in people.as_("Bela", "new", bela, "--from", first, "--accept", key)
    return ana, bela


def test_two_people_work_apart_and_have_the_same_in_the_end(people, shared, tmp_path):
    ana, bela = shared
    people.become("Ana")
    work(ana, "NATO")
    people.become("Bela")
    work(bela, "Washington")
    people.as_("Ana", "bundle", ana, tmp_path / "a.bundle.gz")
    out = people.as_("Bela", "bundle", bela, tmp_path / "b.bundle", "--since", tmp_path / "first.bundle")
    assert out.startswith("1 act and 1 article in ")
    assert (
        people.as_("Ana", "merge", ana, tmp_path / "b.bundle", "--accept", "all") == "1 new annotation on 1 article.\n"
    )
    assert people.as_("Bela", "merge", bela, tmp_path / "a.bundle.gz") == "1 new annotation on 1 article.\n"
    for name, path in (("Ana", ana), ("Bela", bela)):
        assert people.as_(name, "check", path).count(" ok ") == len(check.TITLES)
        assert "Bela" in (listed := people.as_(name, "authors", path)) and f"{name} (you)" in listed
        people.as_(name, "export", path, "jsonl", tmp_path / f"{name}.jsonl", "--layer", "Bela")
    assert (tmp_path / "Ana.jsonl").read_bytes() == (tmp_path / "Bela.jsonl").read_bytes()


def test_a_preview_names_authors_kinds_and_keys_and_changes_nothing(people, shared, tmp_path):
    ana, bela = shared
    people.become("Bela")
    work(bela, "Washington")
    people.as_("Bela", "bundle", bela, tmp_path / "b.bundle")
    before = fingerprint(tmp_path)[ana.name]
    lines = people.as_("Ana", "merge", ana, tmp_path / "b.bundle", "--preview").splitlines()
    assert lines[:2] == ["1 new annotation on 1 article.", "  Bela  article status  1 added"]
    assert lines[2] == "  Bela  entity  1 added" and "unknown key" in lines[3]
    plain = json.loads(people.as_("Ana", "merge", ana, tmp_path / "b.bundle", "--preview", "--json"))
    assert plain["signers"][0]["fingerprint"] in lines[3] and plain["rows"][1]["added"] == 1
    refusal = people.refused("Ana", "merge", ana, tmp_path / "b.bundle", "--accept", "1234")
    assert plain["signers"][0]["fingerprint"] in refusal and fingerprint(tmp_path)[ana.name] == before


def test_heads_are_taken_from_what_a_colleague_printed(people, shared, tmp_path):
    ana, bela = shared
    (tmp_path / "heads.json").write_text(people.as_("Bela", "authors", bela, "--json"), "utf-8")
    people.become("Ana")
    work(ana, "NATO")
    out = people.as_("Ana", "bundle", ana, tmp_path / "a.bundle", "--since", tmp_path / "heads.json")
    assert out.startswith("1 act and 0 articles")
    people.as_("Bela", "merge", bela, tmp_path / "a.bundle")
    assert "no bundle" in people.refused("Ana", "bundle", ana, tmp_path / "b.bundle", "--since", ana)


def test_a_tampered_bundle_is_refused_in_one_line(people, shared, tmp_path):
    ana, bela = shared
    people.as_("Bela", "bundle", bela, tmp_path / "b.bundle")
    content = (tmp_path / "b.bundle").read_bytes()
    (tmp_path / "b.bundle").write_bytes(content.replace(b"NATO", b"OTAN", 1))
    assert "was changed or damaged" in people.refused("Ana", "merge", ana, tmp_path / "b.bundle")


def test_a_bundle_is_not_written_over_a_folder_or_into_none(people, shared, tmp_path):
    ana, _ = shared
    assert "not written" in people.refused("Ana", "bundle", ana, tmp_path)
    assert "not written" in people.refused("Ana", "bundle", ana, tmp_path / "no" / "a.bundle")


def test_work_without_a_signature_is_named_and_accepted_by_name(people, shared, tmp_path):
    ana, bela = shared
    people.become("Bela")
    keys.file().write_bytes(b"damaged")
    work(bela, "Washington")
    assert "Your key cannot be read" in people.refused("Bela", "bundle", bela, tmp_path / "b.bundle")
    people.as_("Carl", "bundle", bela, tmp_path / "c.bundle")
    people.become("Carl")
    carl = ("--accept", identity.current().fingerprint)
    refusal = people.refused("Ana", "merge", ana, tmp_path / "c.bundle", *carl)
    assert "Nobody signed 1 act of Bela" in refusal
    people.as_("Ana", "merge", ana, tmp_path / "c.bundle", *carl, "--accept", "unsigned:bela")
    assert "Bela  1 act, 1 not signed" in (listed := people.as_("Ana", "authors", ana)) and "without a key" in listed
