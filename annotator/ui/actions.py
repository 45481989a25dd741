"""The one registry of commands: menus, palette, shortcut sheet and the docs page are made from it."""

from __future__ import annotations

from collections.abc import Callable

from annotator.domain.records import Outcome
from annotator.domain.sureness import Sureness
from annotator.ui.action import Action
from annotator.ui.commands import Commands as Do

_FILE = (
    Action("file.new", "New project…", "File", Do.new_project, ("Ctrl+N",), "file-plus", "always"),
    Action("file.open", "Open project…", "File", Do.open_project, ("Ctrl+O",), "folder-open", "always"),
    Action("file.import", "Import articles…", "File", Do.import_files, ("Ctrl+I",), "download", "project"),
    Action(
        "file.import_folder", "Import a folder…", "File", Do.import_folder, ("Ctrl+Shift+I",), "download", "project"
    ),
    Action(
        "file.import_choices", "Import with choices…", "File", Do.import_with_choices, icon="download", when="project"
    ),
    Action(
        "file.import_encoded", "Import in another encoding…", "File", Do.import_encoded, icon="download", when="project"
    ),
    Action(
        "file.import_annotations", "Import annotations…", "File", Do.import_annotations, icon="download", when="project"
    ),
    Action("file.export", "Export…", "File", Do.export, ("Ctrl+E",), "upload", "project"),
    Action("file.send", "Send work…", "File", Do.send_work, ("Ctrl+Shift+E",), "upload", "project"),
    Action("file.receive", "Receive work…", "File", Do.receive_work, ("Ctrl+Shift+R",), "download", "project"),
    Action("file.open_bundle", "Open a colleague's bundle…", "File", Do.open_bundle, icon="folder-open", when="always"),
    Action("file.audit", "Export for audit…", "File", Do.export_audit, icon="upload", when="project"),
    Action("file.authors", "Authors and keys…", "File", Do.show_authors, icon="info", when="project"),
    Action("file.identity", "You and your key…", "File", Do.show_identity, icon="info", when="always"),
    Action("file.check", "Check the project file", "File", Do.check_project, icon="check", when="project"),
    Action("file.close", "Close project", "File", Do.close_project, ("Ctrl+W",), "x", "project"),
    Action("file.quit", "Quit", "File", Do.quit, ("Ctrl+Q",), when="always"),
)
_EDIT = (
    Action("edit.undo", "Undo", "Edit", Do.undo, ("Ctrl+Z",), "undo", "undo"),
    Action("edit.redo", "Redo", "Edit", Do.redo, ("Ctrl+Shift+Z", "Ctrl+Y"), "redo", "redo"),
    Action("edit.palette", "Find an article or a command…", "Edit", Do.show_palette, ("Ctrl+K",), "search", "always"),
    Action("edit.search", "Search the articles", "Edit", Do.focus_search, ("Ctrl+Shift+F",), "search", "project"),
)
_ARTICLE = (
    Action("article.next", "Next article", "Article", Do.next_article, ("Alt+Down", "Ctrl+PgDown"), "chevron-right"),
    Action(
        "article.previous", "Previous article", "Article", Do.previous_article, ("Alt+Up", "Ctrl+PgUp"), "chevron-left"
    ),
    Action("article.done", "Mark done, open the next", "Article", Do.mark_done, ("Ctrl+Return",), "check"),
    Action("article.to_do", "Mark as to do", "Article", Do.mark_to_do, ("Ctrl+Shift+Return",), "list"),
    Action("article.flag", "Flag or unflag", "Article", Do.toggle_flag, ("F",), "flag"),
    Action("article.stories", "Near-duplicates…", "Article", Do.open_stories, icon="list", when="project"),
    Action(
        "suggest.again", "Suggest anew in all articles", "Article", Do.suggest_again, icon="command", when="project"
    ),
)
_MARK = (
    Action("mark.next", "Next suggestion", "Annotate", Do.next_suggestion, ("N",), "chevron-right"),
    Action("mark.previous", "Previous suggestion", "Annotate", Do.previous_suggestion, ("P",), "chevron-left"),
    Action("mark.accept", "Accept", "Annotate", Do.accept, ("Return", "Enter"), "check"),
    Action("mark.reject", "Reject or withdraw", "Annotate", Do.reject, ("Backspace", "Del"), "x"),
    Action("mark.accept_paragraph", "Accept all in this paragraph", "Annotate", Do.accept_paragraph, ("A",), "check"),
    Action("mark.quote", "Quote from the selection", "Annotate", Do.add_quote, ("Q",), "quote"),
    Action("mark.resize", "Change the bounds", "Annotate", Do.start_resize, ("X",), "tag", "thing"),
)
_QUOTE = (
    Action("quote.cue", "Cue: the selected or the next likely words", "Quote", Do.put_cue, ("C",), "quote", "thing"),
    Action(
        "quote.source",
        "Source: the selected or the next likely words",
        "Quote",
        Do.put_source,
        ("O",),
        "quote",
        "thing",
    ),
    Action(
        "quote.add_source",
        "Add the selected words to the source",
        "Quote",
        Do.add_source,
        ("Shift+O",),
        "plus",
        "thing",
    ),
    Action("quote.speaker", "Speaker or actor…", "Quote", Do.ask_speaker, ("L",), "tag", "thing"),
    Action("quote.guess", "The likeliest speaker", "Quote", Do.take_guess, ("Shift+L",), "tag", "thing"),
    Action("quote.resolve", "Same speaker as the quote before", "Quote", Do.resolve_speaker, ("R",), "tag", "thing"),
    Action("quote.form", "Next form: direct, mixed, indirect", "Quote", Do.turn_form, ("T",), "quote", "thing"),
    Action("quote.kind", "Next kind of source", "Quote", Do.turn_source_kind, ("Shift+T",), "quote", "thing"),
    Action("quote.reported", "Reported: speech or act", "Quote", Do.turn_reported, ("Shift+R",), "quote", "thing"),
    Action("quote.unattributed", "No source in the text", "Quote", Do.mark_unattributed, ("U",), "quote", "thing"),
    Action("quote.unnamed", "The speaker is not named", "Quote", Do.mark_unnamed, ("Shift+U",), "quote", "thing"),
    Action(
        "quote.add_fragment",
        "Add the selected words to the quote",
        "Quote",
        Do.add_fragment,
        ("Shift+Q",),
        "plus",
        "thing",
    ),
    Action(
        "quote.drop_fragment",
        "Drop the fragment at the caret",
        "Quote",
        Do.drop_fragment,
        ("Ctrl+Shift+Q",),
        "x",
        "thing",
    ),
    Action("quote.split", "Split at the caret", "Quote", Do.split_quote, ("D",), "quote", "thing"),
    Action("quote.join", "Join with the next quote", "Quote", Do.join_quotes, ("J",), "quote", "thing"),
    Action("quote.nest", "Inside the quote around it", "Quote", Do.nest_quote, ("I",), "quote", "thing"),
)
_STANCE = (
    Action("quote.stance", "Stance of the quote…", "Stance", Do.ask_stance, ("S",), "quote", "thing"),
    Action(
        "quote.stance_words", "Stance from the selected words…", "Stance", Do.ask_stance_on_words, ("Shift+S",), "quote"
    ),
    Action("stance.next", "Next stance", "Stance", Do.next_stance, ("K",), "chevron-right"),
    Action("stance.previous", "Previous stance", "Stance", Do.previous_stance, ("Shift+K",), "chevron-left"),
    Action("stance.holder", "Holder…", "Stance", Do.ask_holder, ("H",), "tag"),
    Action("stance.via", "Via: who puts it into words…", "Stance", Do.ask_via, ("V",), "tag"),
    Action("stance.position", "Position…", "Stance", Do.ask_position, ("Shift+P",), "tag"),
    Action("stance.target", "Target…", "Stance", Do.ask_target, ("Shift+B",), "tag"),
    Action("stance.statement", "Sentence of the target…", "Stance", Do.ask_statement, ("Shift+Y",), "quote"),
    Action("stance.dimension", "About: belief, policy, evaluation…", "Stance", Do.ask_dimension, ("B",), "tag"),
    Action(
        "stance.explicitness", "How: stated, implied, inferred…", "Stance", Do.ask_explicitness, ("Shift+H",), "tag"
    ),
    Action("stance.confidence", "How sure: 1 to 3…", "Stance", Do.ask_confidence, ("Shift+C",), "tag"),
    Action("stance.rationale", "Why: write the rationale", "Stance", Do.write_rationale, ("Y",), "list"),
    Action("quote.evidence", "Evidence: the selected words, or the quote", "Stance", Do.add_evidence, ("E",), "plus"),
    Action("stance.drop_evidence", "Drop the last piece of evidence", "Stance", Do.drop_evidence, ("Shift+E",), "x"),
    Action("stance.submit", "Submit the stance", "Stance", Do.submit_stance, ("Shift+Return",), "check"),
    Action("stance.withdraw", "Withdraw the stance", "Stance", Do.withdraw_stance, ("Shift+Backspace",), "x"),
)
_REGISTRIES = (
    Action(
        "edit.find",
        "Find in articles, quotes, actors, stances…",
        "Edit",
        Do.open_find,
        ("Ctrl+F",),
        "search",
        "project",
    ),
    Action("edit.actors", "Actors…", "Edit", Do.open_actors, ("Ctrl+Shift+A",), "list", "project"),
    Action("edit.targets", "Targets…", "Edit", Do.open_targets, ("Ctrl+Shift+G",), "list", "project"),
    Action("edit.codebook", "Codebook…", "Edit", Do.open_codebook, ("Ctrl+B",), "settings", "project"),
    Action("edit.names", "Names…", "Edit", Do.open_names, ("Ctrl+Shift+N",), "list", "project"),
    Action("edit.pipelines", "Pipelines…", "Edit", Do.open_pipelines, ("Ctrl+Shift+P",), "settings", "project"),
    Action("edit.train", "Train quotes from my work…", "Edit", Do.open_training, icon="command", when="project"),
    Action(
        "edit.train_entities",
        "Train entities from my work…",
        "Edit",
        Do.open_entity_training,
        ("Ctrl+Shift+L",),
        "command",
        "project",
    ),
)
_SAME = (
    Action(
        "mark.same_here", "Mark the same words in this article…", "Annotate", Do.mark_same_here, ("W",), "tag", "thing"
    ),
    Action(
        "mark.same_everywhere",
        "Mark the same words in all articles…",
        "Annotate",
        Do.mark_same_everywhere,
        ("Shift+W",),
        "tag",
        "thing",
    ),
    Action(
        "mark.own_name", "Always this label: add to your names", "Annotate", Do.add_name, ("Shift+N",), "plus", "thing"
    ),
    Action(
        "mark.good_example", "Selected words: good example of a rule…", "Annotate", Do.add_good_example, ("G",), "check"
    ),
    Action(
        "mark.bad_example", "Selected words: bad example of a rule…", "Annotate", Do.add_bad_example, ("Shift+G",), "x"
    ),
)
_NOTE = (Action("mark.note", "Write a note", "Annotate", Do.write_note, ("M",), "list"),)
_LEAVE = (Action("mark.escape", "Leave, or select nothing", "Annotate", Do.escape, ("Esc",), "x"),)


def _layer(name: str) -> Callable[[Do], None]:
    return lambda commands: commands.toggle_layer(name)


def _zoom(by_px: float) -> Callable[[Do], None]:
    return lambda commands: commands.zoom(by_px)


def _width(by_px: float) -> Callable[[Do], None]:
    return lambda commands: commands.change_line_width(by_px)


def _surer(sureness: Sureness) -> Callable[[Do], None]:
    return lambda commands: commands.choose_sureness(sureness)


_VIEW = (
    Action("view.entities", "Show or hide entities", "View", _layer("entities"), ("Alt+1",), "eye"),
    Action("view.quotes", "Show or hide quotes", "View", _layer("quotes"), ("Alt+2",), "eye"),
    Action("view.stances", "Show or hide stances", "View", _layer("stances"), ("Alt+3",), "eye"),
    Action("view.suggestions", "Show or hide suggestions", "View", _layer("suggestions"), ("Alt+4",), "eye"),
    Action("view.few", "Suggestions: few but sure", "View", _surer("few"), ("Ctrl+1",), "eye", "project"),
    Action("view.balanced", "Suggestions: balanced", "View", _surer("balanced"), ("Ctrl+2",), "eye", "project"),
    Action("view.all", "Suggestions: find everything", "View", _surer("all"), ("Ctrl+3",), "eye", "project"),
    Action("view.larger", "Larger text", "View", _zoom(1.5), ("Ctrl++", "Ctrl+="), "plus"),
    Action("view.smaller", "Smaller text", "View", _zoom(-1.5), ("Ctrl+-",)),
    Action("view.wider", "Wider column", "View", _width(60), ("Ctrl+]",)),
    Action("view.narrower", "Narrower column", "View", _width(-60), ("Ctrl+[",)),
    Action("view.typeface", "Serif or sans serif", "View", Do.toggle_typeface),
    Action("view.theme", "Light or dark", "View", Do.toggle_theme, ("Ctrl+Shift+T",), "moon", "always"),
    Action("view.system_theme", "Theme of the system", "View", Do.follow_system_theme, icon="sun", when="always"),
)


def _decider(outcome: Outcome, taken: int = 0) -> Callable[[Do], None]:
    return lambda commands: commands.decide(outcome, taken)


_REVIEW = (
    Action("view.label", "Label view", "View", Do.show_label_view, ("F2",), "tag", "project"),
    Action("view.review", "Review view", "View", Do.show_review_view, ("F3",), "check", "project"),
    Action("case.a", "Take A", "Review", _decider("a"), ("Left",), when="case"),
    Action("case.b", "Take B", "Review", _decider("b"), ("Right",), when="case"),
    Action("case.c", "Take C", "Review", _decider("other", 2), ("3",), when="case"),
    Action("case.d", "Take D", "Review", _decider("other", 3), ("4",), when="case"),
    Action("case.both", "Take both", "Review", _decider("both"), ("Up",), when="case"),
    Action("case.neither", "Take neither: nothing here", "Review", _decider("neither"), ("Down",), when="case"),
    Action("case.edit", "Edit and take…", "Review", Do.edit_case, ("E",), when="case"),
    Action("case.defer", "Defer with a comment…", "Review", Do.defer_case, ("D",), when="case"),
    Action("case.next", "Next case", "Review", Do.next_case, ("N",), "chevron-right", "case"),
    Action("case.previous", "Previous case", "Review", Do.previous_case, ("P",), "chevron-left", "case"),
    Action("review.more", "Compare one more layer", "Review", Do.more_layers, ("L",), "plus", "review"),
    Action("review.fewer", "Compare one layer less", "Review", Do.fewer_layers, ("Shift+L",), when="review"),
    Action("review.alike", "Accept what is alike…", "Review", Do.accept_alike, ("Shift+A",), "check", "review"),
    Action("review.agreement", "Agreement…", "Review", Do.show_agreement, ("Ctrl+G",), "list", "review"),
    Action("review.assignments", "Assignments…", "Review", Do.open_assignments, ("Ctrl+Shift+K",), "list", "project"),
    Action("review.again", "Second pass of my own, or back", "Review", Do.toggle_again, icon="eye", when="project"),
    Action(
        "review.inbox",
        "What reviewers say of your work…",
        "Review",
        Do.open_inbox,
        ("Ctrl+Shift+M",),
        "list",
        "project",
    ),
    Action("review.changes", "What reviews change most…", "Review", Do.open_changes, icon="list", when="project"),
    Action("review.names", "Hide or show names", "Review", Do.hide_names, ("H",), "eye", "review"),
)
_HELP = (
    Action("help.shortcuts", "Keyboard shortcuts", "Help", Do.show_shortcuts, ("F1",), "keyboard", "always"),
    Action("help.edit_shortcuts", "Change keyboard shortcuts…", "Help", Do.edit_shortcuts, when="always"),
    Action("help.about", "About Annotator", "Help", Do.show_about, icon="info", when="always"),
)


def _labeller(digit: str) -> Callable[[Do], None]:
    return lambda commands: commands.put_label(digit)


def _label_actions() -> tuple[Action, ...]:
    return tuple(
        Action(f"mark.label_{digit}", f"Label {digit} of the codebook", "Annotate", _labeller(digit), (digit,), "tag")
        for digit in "123456789"
    )


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


def _mover(edge: str, forward: bool, by_word: bool) -> Callable[[Do], None]:
    return lambda commands: commands.move_edge(edge, forward, by_word)


def _edge_actions() -> tuple[Action, ...]:
    # In force only while bounds are being changed; otherwise the arrows belong to the text.
    return tuple(
        Action(
            f"edge.{edge}_{'on' if forward else 'back'}_{'word' if by_word else 'character'}",
            f"{edge.capitalize()} {'on' if forward else 'back'} by a {'word' if by_word else 'character'}",
            "Annotate",
            _mover(edge, forward, by_word),
            (keys,),
            when="resizing",
            is_listed=False,
        )
        for keys, (edge, forward, by_word) in _EDGES.items()
    )


ACTIONS: tuple[Action, ...] = (
    *_FILE,
    *_EDIT,
    *_REGISTRIES,
    *_ARTICLE,
    *_MARK,
    *_SAME,
    *_label_actions(),
    *_edge_actions(),
    *_NOTE,
    *_LEAVE,
    *_QUOTE,
    *_STANCE,
    *_REVIEW,
    *_VIEW,
    *_HELP,
)
