"""Which keys run which command: those of the registry, and those that the user has put in their place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtGui import QKeySequence

from annotator.ui.action import Action
from annotator.ui.widgets import key_text

Keys = tuple[str, ...]

_MODIFIERS = ("Shift", "Ctrl", "Control", "Alt", "AltGr", "Meta")
_MOVES = ("Left", "Right", "Up", "Down", "Home", "End")
# What the text and the window keep for themselves; while bounds are being changed, and in reviews, the arrows are free.
_RESERVED: dict[str, str] = {
    "Tab": "moves to the next part of the window",
    "Shift+Tab": "moves to the part of the window before",
    "Shift+Backtab": "moves to the part of the window before",
    "Backtab": "moves to the part of the window before",
    "Ctrl+C": "copies the selected words",
    "Ctrl+A": "selects the whole article",
}
_TEXT_KEYS = frozenset(
    [f"{held}{key}" for held in ("", "Shift+", "Ctrl+", "Ctrl+Shift+") for key in _MOVES]
    + [f"{held}{key}" for held in ("", "Shift+") for key in ("PgUp", "PgDown")]
)
# While bounds are being changed, nothing can be undone; in the Review view, nothing can be labelled.
_LABELLING, _REVIEWING = ("article", "thing", "resizing"), ("review", "case")
_NEVER_TOGETHER = frozenset(
    [frozenset({"resizing", "undo"}), frozenset({"resizing", "redo"})]
    + [frozenset({one, other}) for one in _LABELLING for other in _REVIEWING]
)


def canonical(key: str) -> str:
    """A key (with what is held down) as it is stored and compared; empty for what is not one key.

    The two Enter keys count as one.
    """
    keys = QKeySequence(key)
    written = keys.toString(QKeySequence.SequenceFormat.PortableText)
    if keys.count() != 1 or written.rpartition("+")[2] in _MODIFIERS:
        return ""
    return written.removesuffix("Enter") + "Return" if written.endswith("Enter") else written


def distinct(keys: Iterable[str]) -> Keys:
    """The keys as they are shown, in their order: those that a person tells apart, each once."""
    return tuple(dict.fromkeys(one for one in map(canonical, keys) if one))


def is_fixed(action: Action) -> bool:
    """Whether a command keeps its keys: the digits of labels belong to the codebook."""
    return action.id.startswith("mark.label_")


def keys_in_force(actions: Sequence[Action], chosen: Mapping[str, Keys]) -> dict[str, Keys]:
    """The keys of each command, by its id.

    What the user has chosen goes before the registry's own keys. A key that two commands would have is left with the
    first of them (fixed ones first, then chosen ones, then the order of the registry): with two, Qt runs neither.
    """
    taken: list[tuple[Action, str]] = []
    found: dict[str, Keys] = {}
    for one in sorted(actions, key=lambda one: (not is_fixed(one), one.id not in chosen)):
        wanted = one.shortcuts if is_fixed(one) else chosen.get(one.id, one.shortcuts)
        free = [key for key in map(canonical, wanted) if key and not _holder(one, key, taken)]
        found[one.id] = tuple(dict.fromkeys(free))
        taken += [(one, key) for key in found[one.id]]
    return {one.id: found[one.id] for one in actions}


def _holder(action: Action, key: str, taken: Iterable[tuple[Action, str]]) -> Action | None:
    return next((one for one, held in taken if held == key and one.id != action.id and can_meet(one, action)), None)


def can_meet(one: Action, other: Action) -> bool:
    """Whether two commands can be in force at the same time, so that they must not have one key."""
    return frozenset({one.when, other.when}) not in _NEVER_TOGETHER


def refusal(
    action: Action, key: str, *, actions: Sequence[Action], keys: Mapping[str, Keys], texts: Mapping[str, str]
) -> str:
    """Why a command cannot have a key, in one sentence; empty when it can. `texts` has the commands' names by id."""
    if is_fixed(action):
        return "The digits of labels are chosen in the codebook."
    wanted = canonical(key)
    if not wanted:
        return "Press one key, alone or with Ctrl, Alt or Shift."
    if wanted in _RESERVED:
        return f"{key_text(wanted)} {_RESERVED[wanted]}, always."
    if wanted in _TEXT_KEYS and action.when not in ("resizing", "case"):
        return f"{key_text(wanted)} moves or selects in the text, always."
    return clash(action, wanted, actions=actions, keys=keys, texts=texts)


def clash(
    action: Action, key: str, *, actions: Sequence[Action], keys: Mapping[str, Keys], texts: Mapping[str, str]
) -> str:
    """Which other command has a key already, in one sentence; empty when none that it could meet."""
    wanted = canonical(key)
    held = [(one, one_key) for one in actions for one_key in map(canonical, keys[one.id])]
    other = _holder(action, wanted, held)
    if other is None:
        return ""
    name = texts.get(other.id, other.text).rstrip("…")
    return f"{key_text(wanted)} is the key of “{name}”: give that command another one first."


def with_keys_of(
    action: Action, keys: Keys, *, actions: Sequence[Action], chosen: Mapping[str, Keys]
) -> dict[str, Keys]:
    """What the user has chosen, with these keys for one command; the registry's own are not kept as a choice."""
    default = {one.id: distinct(one.shortcuts) for one in actions}
    changed = {**chosen, action.id: distinct(keys)}
    return {one: held for one, held in changed.items() if held != default.get(one)}


def sequences(keys: Iterable[str]) -> list[QKeySequence]:
    """The keys as Qt wants them: where one is Enter, both Enter keys."""
    both = [(one, f"{one.removesuffix('Return')}Enter") if one.endswith("Return") else (one,) for one in keys]
    return [QKeySequence(one) for group in both for one in group]
