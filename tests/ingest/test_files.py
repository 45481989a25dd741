"""Article files are found and read, and what cannot be read is refused in one sentence."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from annotator import paths
from annotator.domain.errors import UnreadableArticle
from annotator.ingest import files
from annotator.ingest.files import as_article, find_files, guess_encoding, read_text_file, shown_name


@pytest.mark.parametrize("seed", sorted(paths.seeds().glob("*.txt")), ids=lambda path: path.name)
def test_a_seed_article_is_read_with_title_sections_and_hash(seed):
    article = as_article(read_text_file(seed))
    body = next(section for section in article.sections if section.kind == "body")
    assert article.name == seed.name and article.raw_sha256 == hashlib.sha256(seed.read_bytes()).hexdigest()
    assert article.id == "sha256:" + hashlib.sha256(article.text.encode()).hexdigest()
    assert article.text[body.start :].startswith(article.title.removesuffix("…"))


def test_the_headline_variants_of_a_seed_are_sections():
    article = as_article(read_text_file(paths.seeds() / "003_5b3763f7fe757adc.txt"))
    kinds = {section.kind for section in article.sections}
    assert kinds == {"body", "alt_headline", "alt_lede", "seo_headline", "meta_description"}


def test_a_folder_is_searched_in_order_without_hidden_and_other_files(tmp_path):
    for name in ("b/2.txt", "b/1.TXT", "a.txt", ".hidden.txt", ".git/x.txt", "b/picture.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = find_files([tmp_path, tmp_path / "a.txt"])
    assert [file.relative_to(tmp_path).as_posix() for file in found.files] == ["a.txt", "b/1.TXT", "b/2.txt"]
    assert [file.name for file in found.left_out] == ["picture.png"]


def test_links_that_leave_the_chosen_folder_are_not_followed(tmp_path):
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    (inside / "own.txt").write_text("own")
    (outside / "secret.txt").write_text("secret")
    try:
        (inside / "link.txt").symlink_to(outside / "secret.txt")
        (inside / "folder").symlink_to(outside, target_is_directory=True)
        (inside / "same.txt").symlink_to(inside / "own.txt")
        (inside / "loop").symlink_to(inside, target_is_directory=True)
    except OSError:
        pytest.skip("this system makes no links")
    assert [file.name for file in find_files([inside]).files] == ["own.txt", "same.txt"]


def _nothing(folder: Path) -> Path:
    return folder


def _missing(folder: Path) -> Path:
    return folder / "missing.txt"


def _doc(folder: Path) -> Path:
    (folder / "report.doc").write_bytes(b"PK")
    return folder / "report.doc"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (_nothing, "There is no article file to read."),
        (_missing, "missing.txt does not exist."),
        (_doc, "report.doc is of a kind that cannot be read."),
    ],
)
def test_paths_without_articles_are_refused(tmp_path, make, message):
    with pytest.raises(UnreadableArticle) as refusal:
        find_files([make(tmp_path)])
    assert refusal.value.message == message and refusal.value.hint


def test_too_many_files_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MAX_FILES", 2)
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text("x")
    with pytest.raises(UnreadableArticle, match="more than 2 files"):
        find_files([tmp_path])


@pytest.mark.parametrize(
    ("raw", "encoding", "used"),
    [
        ("“Zażółć” 😅".encode(), None, "utf-8-sig"),
        (b"\xef\xbb\xbf" + "“Zażółć” 😅".encode(), None, "utf-8-sig"),
        ("“Zażółć” 😅".encode("utf-16"), None, "utf-16"),
        (b"\xfe\xff" + "“Zażółć” 😅".encode("utf-16-be"), None, "utf-16"),
        ("“Zażółć” 😅".encode("utf-16-le"), "utf-16-le", "utf-16-le"),
    ],
)
def test_text_is_the_same_in_every_unicode_encoding(tmp_path, raw, encoding, used):
    (tmp_path / "x.txt").write_bytes(raw)
    article = read_text_file(tmp_path / "x.txt", encoding=encoding)
    assert (article.text, article.encoding) == ("“Zażółć” 😅", used)


def test_an_encoding_that_is_chosen_is_used(tmp_path):
    (tmp_path / "x.txt").write_bytes("Müller sagt „nein“\r\n".encode("cp1252"))
    assert read_text_file(tmp_path / "x.txt", encoding="cp1252").text == "Müller sagt „nein“\n"


def test_text_in_another_encoding_is_refused_with_byte_and_likely_encoding(tmp_path):
    (tmp_path / "x.txt").write_bytes(("ascii " * 3 + "Дания заявила, что не продаст остров. " * 5).encode("cp1251"))
    with pytest.raises(UnreadableArticle) as refusal:
        read_text_file(tmp_path / "x.txt")
    assert refusal.value.message == "x.txt is not UTF-8 (byte 18)." and "it looks like cp1251" in refusal.value.hint


def test_the_encoding_of_a_large_file_is_guessed_from_its_telling_lines():
    assert guess_encoding(
        b"plain line\n" * 30_000 + "Дания заявила, что не продаст остров.\n".encode("cp1251") * 3
    ) == ("cp1251")


@pytest.mark.parametrize(
    ("raw", "encoding", "message"),
    [
        (b"", None, "x.txt is empty."),
        (b" \n\t ", None, "x.txt is empty."),
        (b"a\0b", None, "x.txt holds U+0000 at character 1, which no text may hold."),
        ("abc".encode("utf-16-le"), None, "x.txt holds U+0000 at character 1, which no text may hold."),
        (b"a", "no-such", "There is no encoding called no-such."),
        (b"a", "hex", "There is no encoding called hex."),
        (b"\xff\xfea", None, "x.txt is not UTF-16 (byte 2)."),
        (b"\x81\x8d", "cp1252", "x.txt is not cp1252 (byte 0)."),
    ],
)
def test_what_is_not_text_is_refused_in_one_sentence(tmp_path, raw, encoding, message):
    (tmp_path / "x.txt").write_bytes(raw)
    with pytest.raises(UnreadableArticle) as refusal:
        read_text_file(tmp_path / "x.txt", encoding=encoding)
    assert refusal.value.message == message and refusal.value.hint


def test_a_file_of_60_mb_is_refused_before_it_is_read(tmp_path):
    with (tmp_path / "x.txt").open("wb") as stream:
        stream.truncate(60_000_000)
    with pytest.raises(UnreadableArticle, match=r"x\.txt has 60 MB; an article file may have 50 MB"):
        read_text_file(tmp_path / "x.txt")


def test_a_folder_given_as_a_file_is_refused(tmp_path):
    (tmp_path / "x.txt").mkdir()
    with pytest.raises(UnreadableArticle, match=r"x\.txt is a folder, not a file\."):
        read_text_file(tmp_path / "x.txt")


def test_a_file_that_has_vanished_is_refused(tmp_path):
    with pytest.raises(UnreadableArticle, match=r"x\.txt cannot be read"):
        read_text_file(tmp_path / "x.txt")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in its file system")
def test_a_pipe_is_refused_without_waiting_for_it(tmp_path):
    os.mkfifo(tmp_path / "x.txt")
    with pytest.raises(UnreadableArticle, match="is not a file"):
        read_text_file(tmp_path / "x.txt")
    with pytest.raises(UnreadableArticle, match="neither a file nor a folder"):
        find_files([tmp_path / "x.txt"])


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_refused(tmp_path):
    (tmp_path / "x.txt").write_text("x")
    (tmp_path / "x.txt").chmod(0)
    with pytest.raises(UnreadableArticle, match="cannot be read"):
        read_text_file(tmp_path / "x.txt")


def test_names_that_are_not_text_are_shown_as_text():
    name = shown_name(Path(os.fsdecode(b"caf\xe9\n1.txt")) if os.name == "posix" else Path("caf\udce9\n1.txt"))
    assert name == "caf��1.txt" and name.encode("utf-8")
