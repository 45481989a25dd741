"""The page of keys in the docs."""

from __future__ import annotations

from pathlib import Path

from annotator.ui.key_docs import page


def test_the_page_of_keys_in_the_docs_is_current() -> None:
    written = Path(__file__).parents[2] / "docs" / "keys.md"
    assert written.read_text(encoding="utf-8") == page()
