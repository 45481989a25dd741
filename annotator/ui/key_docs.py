"""The page of keys in the docs, made from the registry of commands: `python -m annotator.ui.key_docs` writes it."""

from __future__ import annotations

from pathlib import Path

from annotator.ui.actions import ACTIONS
from annotator.ui.shortcuts import sheet

_INTRO = (
    "Every command can be given other keys (Help, Change keyboard shortcuts…); the digits belong to the labels of the"
    " codebook.\n"
)


def page() -> str:
    """The page as Markdown."""
    parts = ["# Keys\n", _INTRO]
    for title, actions in sheet(ACTIONS):
        parts.append(f"## {title}\n\n| keys | command |\n|---|---|")
        parts += [f"| {', '.join(f'`{keys}`' for keys in one.shortcuts)} | {one.text.rstrip('…')} |" for one in actions]
        parts.append("")
    return "\n".join(parts)


if __name__ == "__main__":
    Path("docs/keys.md").write_text(page(), encoding="utf-8")
