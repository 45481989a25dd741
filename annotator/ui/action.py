"""What a command is: its name, its keys, when it can be used, and what it runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from annotator.ui.commands import Commands

When = Literal["always", "project", "article", "thing", "resizing", "undo", "redo", "review", "case"]
"""`review`: the Review view is there with two layers; `case`: with something to decide. The rest is for labelling."""
Menu = Literal["File", "Edit", "Article", "Annotate", "Quote", "Stance", "Review", "View", "Help"]


@dataclass(frozen=True)
class Action:
    """A command: what it is called, its keys, when it can be used, and what it runs."""

    id: str
    text: str
    menu: Menu
    run: Callable[[Commands], None]
    shortcuts: tuple[str, ...] = ()
    icon: str = ""
    when: When = "article"
    is_listed: bool = True
