"""The one registry of commands: menus, palette, shortcut sheet and the docs page are made from it."""

from __future__ import annotations

from collections.abc import Callable

from annotator.ui.action import Action
from annotator.ui.commands import Commands


def _actions() -> tuple[Action, ...]:
    return (
        Action("file.new", "New project…", "File", Commands.new_project, ("Ctrl+N",), "file-plus", "always"),
        Action("file.open", "Open project…", "File", Commands.open_project, ("Ctrl+O",), "folder-open", "always"),
        Action("file.import", "Import articles…", "File", Commands.import_files, ("Ctrl+I",), "download", "project"),
        Action(
            "file.import_folder",
            "Import a folder…",
            "File",
            Commands.import_folder,
            ("Ctrl+Shift+I",),
            "download",
            "project",
        ),
        Action(
            "file.import_encoded",
            "Import in another encoding…",
            "File",
            Commands.import_encoded,
            (),
            "download",
            "project",
        ),
        Action(
            "file.import_annotations",
            "Import annotations…",
            "File",
            Commands.import_annotations,
            (),
            "download",
            "project",
        ),
        Action("file.export", "Export…", "File", Commands.export, ("Ctrl+E",), "upload", "project"),
        Action("file.check", "Check the project file", "File", Commands.check_project, (), "check", "project"),
        Action("file.close", "Close project", "File", Commands.close_project, ("Ctrl+W",), "x", "project"),
        Action("file.quit", "Quit", "File", Commands.quit, ("Ctrl+Q",), "", "always"),
        Action("edit.undo", "Undo", "Edit", Commands.undo, ("Ctrl+Z",), "undo", "undo"),
        Action("edit.redo", "Redo", "Edit", Commands.redo, ("Ctrl+Shift+Z", "Ctrl+Y"), "redo", "redo"),
        Action(
            "edit.palette",
            "Find an article or a command…",
            "Edit",
            Commands.show_palette,
            ("Ctrl+K",),
            "search",
            "always",
        ),
        Action(
            "edit.search", "Search the articles", "Edit", Commands.focus_search, ("Ctrl+Shift+F",), "search", "project"
        ),
        Action(
            "article.next",
            "Next article",
            "Article",
            Commands.next_article,
            ("Alt+Down", "Ctrl+PgDown"),
            "chevron-right",
        ),
        Action(
            "article.previous",
            "Previous article",
            "Article",
            Commands.previous_article,
            ("Alt+Up", "Ctrl+PgUp"),
            "chevron-left",
        ),
        Action("article.done", "Mark done, open the next", "Article", Commands.mark_done, ("Ctrl+Return",), "check"),
        Action("article.to_do", "Mark as to do", "Article", Commands.mark_to_do, ("Ctrl+Shift+Return",), "list"),
        Action("article.flag", "Flag or unflag", "Article", Commands.toggle_flag, ("F",), "flag"),
        Action(
            "suggest.again", "Suggest anew in all articles", "Article", Commands.suggest_again, (), "command", "project"
        ),
        Action("mark.next", "Next suggestion", "Annotate", Commands.next_suggestion, ("N",), "chevron-right"),
        Action(
            "mark.previous", "Previous suggestion", "Annotate", Commands.previous_suggestion, ("P",), "chevron-left"
        ),
        Action("mark.accept", "Accept", "Annotate", Commands.accept, ("Return", "Enter"), "check"),
        Action("mark.reject", "Reject or withdraw", "Annotate", Commands.reject, ("Backspace", "Del"), "x"),
        Action(
            "mark.accept_paragraph",
            "Accept all in this paragraph",
            "Annotate",
            Commands.accept_paragraph,
            ("A",),
            "check",
        ),
        Action("mark.quote", "Quote from the selection", "Annotate", Commands.add_quote, ("Q",), "quote"),
        Action("mark.resize", "Change the bounds", "Annotate", Commands.start_resize, ("X",), "tag", "thing"),
        *_label_actions(),
        *_edge_actions(),
        Action("mark.escape", "Leave, or select nothing", "Annotate", Commands.escape, ("Esc",), "x"),
        Action(
            "view.entities", "Show or hide entities", "View", lambda c: c.toggle_layer("entities"), ("Alt+1",), "eye"
        ),
        Action("view.quotes", "Show or hide quotes", "View", lambda c: c.toggle_layer("quotes"), ("Alt+2",), "eye"),
        Action(
            "view.suggestions",
            "Show or hide suggestions",
            "View",
            lambda c: c.toggle_layer("suggestions"),
            ("Alt+3",),
            "eye",
        ),
        Action("view.larger", "Larger text", "View", lambda c: c.zoom(1.5), ("Ctrl++", "Ctrl+="), "plus"),
        Action("view.smaller", "Smaller text", "View", lambda c: c.zoom(-1.5), ("Ctrl+-",), ""),
        Action("view.theme", "Light or dark", "View", Commands.toggle_theme, ("Ctrl+Shift+T",), "moon", "always"),
        Action("view.system_theme", "Theme of the system", "View", Commands.follow_system_theme, (), "sun", "always"),
        Action("help.shortcuts", "Keyboard shortcuts", "Help", Commands.show_shortcuts, ("F1",), "keyboard", "always"),
        Action("help.about", "About Annotator", "Help", Commands.show_about, (), "info", "always"),
    )


def _label_actions() -> tuple[Action, ...]:
    return tuple(
        Action(
            f"mark.label_{digit}",
            f"Label {digit} of the codebook",
            "Annotate",
            _labeller(str(digit)),
            (str(digit),),
            "tag",
        )
        for digit in range(1, 10)
    )


def _labeller(digit: str) -> Callable[[Commands], None]:
    return lambda commands: commands.put_label(digit)


_EDGES = {
    "Shift+Right": ("end", True, False),
    "Shift+Left": ("end", False, False),
    "Right": ("start", True, False),
    "Left": ("start", False, False),
    "Ctrl+Shift+Right": ("end", True, True),
    "Ctrl+Shift+Left": ("end", False, True),
    "Ctrl+Right": ("start", True, True),
    "Ctrl+Left": ("start", False, True),
}


def _edge_actions() -> tuple[Action, ...]:
    # In force only while bounds are being changed; otherwise the arrows belong to the text.
    return tuple(
        Action(
            f"edge.{edge}_{'on' if forward else 'back'}_{'word' if by_word else 'character'}",
            f"{edge.capitalize()} {'on' if forward else 'back'} by a {'word' if by_word else 'character'}",
            "Annotate",
            _mover(edge, forward, by_word),
            (keys,),
            "",
            "resizing",
            is_listed=False,
        )
        for keys, (edge, forward, by_word) in _EDGES.items()
    )


def _mover(edge: str, forward: bool, by_word: bool) -> Callable[[Commands], None]:
    return lambda commands: commands.move_edge(edge, forward, by_word)


ACTIONS: tuple[Action, ...] = _actions()
