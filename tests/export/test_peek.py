"""What a preview reads of an export."""

from __future__ import annotations

from annotator.export.peek import MAX_CHARS, MAX_ROWS, peek


def test_a_text_is_read_from_its_beginning_and_cut(tmp_path):
    out = tmp_path / "x.jsonl"
    out.write_text("a" * (MAX_CHARS + 5), encoding="utf-8")
    (found,) = peek(out, {})
    assert (found.name, found.text) == ("x.jsonl", "a" * MAX_CHARS + "…")


def test_tables_are_read_with_either_delimiter_and_as_far_as_they_are_shown(tmp_path):
    (tmp_path / "a.csv").write_text("\ufeffid,text\n" + '1,"x, ""y"""\n' * (MAX_ROWS + 9), encoding="utf-8")
    (tmp_path / "b.csv").write_text("id;text\n1;x, y\n", encoding="utf-8")
    first, second = peek(tmp_path, {})
    assert first.columns == second.columns == ("id", "text")
    assert first.rows[0] == ("1", 'x, "y"') and len(first.rows) == MAX_ROWS
    assert second.rows == (("1", "x, y"),)


def test_of_a_page_its_words_are_read_and_no_style_or_script(tmp_path):
    page = "<title>t</title><style>p { }</style><h1>Head</h1><p>One <b>two</b>&amp;\nthree</p><script>x()</script>"
    (tmp_path / "p.html").write_text(page, encoding="utf-8")
    (found,) = peek(tmp_path / "p.html", {})
    assert found.text == "Head\nOne two&\nthree"


def test_a_binary_file_comes_last_and_says_how_much_it_holds(tmp_path):
    (tmp_path / "train.spacy").write_bytes(b"\0" * 1500)
    (tmp_path / "config.cfg").write_text("[nlp]", encoding="utf-8")
    assert [one.name for one in peek(tmp_path, {})] == ["config.cfg", "train.spacy"]
    assert peek(tmp_path, {"train.spacy": 3})[1].told == "A binary file with 3 documents: 1,500 bytes."
