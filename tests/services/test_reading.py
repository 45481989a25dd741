"""Files of all kinds become articles through the worker, in one act; what is refused is named."""

from __future__ import annotations

import zipfile

import pytest

from annotator.domain.errors import AnnotatorError, UnreadableArticle
from annotator.domain.importing import ReadOptions
from annotator.domain.progress import drain
from annotator.services import exporting, history, importing, projects, queries
from tests.ingest.making import docx_file, pdf_file, seeds, set_lines, xlsx_file
from tests.services.making import everything, write


@pytest.fixture
def empty(tmp_path, author):
    with projects.new(tmp_path / "empty", author=author) as project:
        yield project


def articles(project):
    return [queries.article(project, row.id) for row in queries.article_rows(project)]


def add(project, worker, *paths, **options):
    return drain(importing.add_articles(project, paths, options=ReadOptions(**options), worker=worker))


def test_a_folder_of_all_kinds_is_one_act_in_the_order_of_its_files(empty, worker, tmp_path):
    folder = write(tmp_path / "in", {"b.txt": "Second.", "d.md": "# Head\n\nFourth.", "e.jsonl": '{"text": "Fifth."}'})
    docx_file(folder / "a.docx", ["First."])
    pdf_file(folder / "c.pdf", [set_lines(["Third is a PDF of one line."])])
    xlsx_file(folder / "f.xlsx", [["body"], ["Sixth."], [None], ["Seventh."]])
    result = add(empty, worker, folder)
    assert [one.text for one in articles(empty)] == [
        "First.", "Second.", "Third is a PDF of one line.", "Head\nFourth.", "Fifth.", "Sixth.", "Seventh.",
    ]  # fmt: skip
    assert result.summary == "7 articles added, 1 remark." and len(result.remarks) == 1
    history.undo(empty)
    assert articles(empty) == []


def test_our_own_spacy_export_comes_back_with_its_words_and_metadata(project, empty, worker, tmp_path):
    options = exporting.ExportOptions(split=(1.0, 0.0, 0.0))
    drain(exporting.export(project, "spacy", tmp_path / "out", options, worker=worker))
    result = add(empty, worker, tmp_path / "out" / "train.spacy")
    assert len(result.added) == 2
    headings = {"Alternative", "SEO", "Meta", "Headlines:", "Ledes:", "Descriptions:", "-"}
    for one in articles(empty):
        text = seeds()[one.name.removesuffix(".txt")]
        assert [word for word in one.text.split() if word not in headings] == [
            word for word in text.split() if word not in headings
        ]
    assert {s.kind for one in articles(empty) for s in one.sections} >= {"body", "alt_headline", "meta_description"}


def test_bad_rows_are_named_with_their_rows_and_good_ones_are_taken(empty, worker, tmp_path):
    table = "text,date\nGood one.,2025-01-02\n,2025-01-03\nBad date.,2031-01-01\n"
    result = add(empty, worker, write(tmp_path / "in", {"t.csv": table}))
    assert [(one.text, one.published) for one in articles(empty)] == [("Good one.", "2025-01-02"), ("Bad date.", None)]
    assert result.problems == ("t.csv, row 3 is empty. Fill it, or leave the row out.",)
    assert result.remarks == ("t.csv, row 4: the date “2031-01-01” lies in the future; it is left empty.",)


def test_a_zip_bomb_a_cut_off_document_and_an_encrypted_pdf_are_refused_and_nothing_changes(empty, worker, tmp_path):
    folder = write(tmp_path / "in", {})
    with zipfile.ZipFile(folder / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 60_000_000)
    whole = docx_file(tmp_path / "whole.docx", ["Text."]).read_bytes()
    (folder / "cut.docx").write_bytes(whole[: len(whole) // 2])
    pdf_file(folder / "locked.pdf", [set_lines(["Secret words."])], encrypt=True)
    pdf_file(folder / "scan.pdf", [[]], picture=True)
    (folder / "page.html").write_text("<html><body><script>var text = 'All by script';</script></body></html>")
    before = everything(empty)
    with pytest.raises(UnreadableArticle, match=r"None of 5 files could be read: bomb\.xlsx would unpack to 60 MB"):
        add(empty, worker, folder)
    assert everything(empty) == before
    (folder / "good.txt").write_text("Good.")
    said = " ".join(add(empty, worker, folder).problems)
    for words in ("cut.docx is no Word file", "locked.pdf is encrypted.", "scan.pdf is a scan", "page.html holds no"):
        assert words in said


def test_names_of_files_tell_outlet_day_and_title(empty, worker, tmp_path):
    folder = write(tmp_path / "in", {"2025-02-12_The Times_NATO must-spend.txt": "One.", "odd.txt": "Two."})
    result = add(empty, worker, folder, name_pattern="{published:%Y-%m-%d}_{outlet}_{title}")
    first, second = articles(empty)
    assert (first.published, first.outlet, first.title) == ("2025-02-12", "The Times", "NATO must-spend")
    assert second.title == "Two." and result.remarks == ("odd.txt: its name does not fit the pattern.",)
    with pytest.raises(AnnotatorError, match="is no field in the pattern"):
        add(empty, worker, folder, name_pattern="{what}")


def test_a_chosen_column_is_the_text_and_an_unknown_one_is_refused(empty, worker, tmp_path):
    file = write(tmp_path / "in", {"t.tsv": "a\tb\nNo.\tYes, this."}) / "t.tsv"
    with pytest.raises(UnreadableArticle, match="no column that is called text or body"):
        add(empty, worker, file)
    with pytest.raises(UnreadableArticle, match="no column “c” for text"):
        add(empty, worker, file, columns={"text": "c"})
    add(empty, worker, file, columns={"text": "b", "outlet": "a"})
    assert [(one.text, one.outlet) for one in articles(empty)] == [("Yes, this.", "No.")]
