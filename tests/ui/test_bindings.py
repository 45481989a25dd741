"""Keys in force, and the keys that a command cannot have."""

from __future__ import annotations

import pytest

from annotator.ui.action import Action, When
from annotator.ui.actions import ACTIONS
from annotator.ui.bindings import canonical, clash, distinct, keys_in_force, refusal, sequences, with_keys_of
from annotator.ui.commands import Commands

KEYS = keys_in_force(ACTIONS, {})
BY_ID = {one.id: one for one in ACTIONS}


def action(action_id: str, *shortcuts: str, when: When = "article") -> Action:
    return Action(action_id, action_id, "Edit", Commands.quit, shortcuts, when=when)


def why_not(action_id: str, key: str) -> str:
    return refusal(BY_ID[action_id], key, actions=ACTIONS, keys=KEYS, texts={"mark.label_1": "Label Person"})


@pytest.mark.parametrize(
    ("key", "expected"),
    [("n", "N"), ("Enter", "Return"), ("Ctrl+Enter", "Ctrl+Return"), ("Ctrl++", "Ctrl++"), ("Del", "Del")],
)
def test_keys_are_compared_in_one_spelling(key: str, expected: str) -> None:
    assert canonical(key) == expected


@pytest.mark.parametrize("key", ["", "nonsense", "Ctrl", "Shift", "Ctrl+Shift", "Ctrl+K, Ctrl+S"])
def test_what_is_not_one_key_is_none(key: str) -> None:
    assert canonical(key) == ""
    assert why_not("mark.quote", key) == "Press one key, alone or with Ctrl, Alt or Shift."


def test_registry_s_own_keys_are_all_in_force() -> None:
    assert {one.id: distinct(one.shortcuts) for one in ACTIONS} == KEYS


def test_keys_of_the_registry_can_all_be_given_anew() -> None:
    refused = {
        one.id: problem
        for one in ACTIONS
        for key in KEYS[one.id]
        if not one.id.startswith("mark.label_") and (problem := refusal(one, key, actions=ACTIONS, keys=KEYS, texts={}))
    }
    assert refused == {}


def test_key_of_another_command_is_refused_by_its_name() -> None:
    assert why_not("mark.quote", "n") == "N is the key of “Next suggestion”: give that command another one first."
    assert why_not("mark.quote", "Ctrl+K").startswith("Ctrl K is the key of “Find an article or a command”")
    assert why_not("mark.quote", "Q") == "" and why_not("mark.quote", "Ctrl+J") == ""


def test_both_enter_keys_are_one_key() -> None:
    assert "“Accept”" in why_not("mark.quote", "Enter") and "“Accept”" in why_not("mark.quote", "Return")


def test_digits_belong_to_the_labels_of_the_codebook() -> None:
    assert "“Label Person”" in why_not("mark.quote", "1")
    assert why_not("mark.label_1", "Y") == "The digits of labels are chosen in the codebook."
    assert keys_in_force(ACTIONS, {"mark.label_1": ("Y",), "mark.quote": ("1",)})["mark.label_1"] == ("1",)


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab", "Ctrl+C", "Ctrl+A", "Down", "Shift+Right", "Ctrl+Home", "PgDown"])
def test_keys_that_the_text_needs_are_refused(key: str) -> None:
    assert why_not("mark.quote", key).endswith(", always.")


def test_arrows_are_for_changing_bounds() -> None:
    assert why_not("edge.end_on_character", "Down") == ""
    assert "“Start on by a character”" in why_not("edge.end_on_character", "Right")


def test_commands_that_are_never_in_force_together_may_share_a_key() -> None:
    undo, edge, always = action("u", "Z", when="undo"), action("e", when="resizing"), action("a", when="always")
    every = (undo, edge, always)
    keys = keys_in_force(every, {})
    assert clash(edge, "Z", actions=every, keys=keys, texts={}) == ""
    assert "“u”" in clash(always, "Z", actions=every, keys=keys, texts={})


def test_chosen_key_goes_before_the_registry_s() -> None:
    first, second = action("first", "N", "M"), action("second", "P")
    # As after an update that gives a new command a key which the user has given to another one.
    assert keys_in_force([first, second], {"second": ("n",)}) == {"first": ("M",), "second": ("N",)}


def test_two_commands_never_have_one_key_whatever_the_settings_say() -> None:
    chosen = {one.id: ("Ctrl+J", "nonsense") for one in ACTIONS}
    held = [key for one, keys in keys_in_force(ACTIONS, chosen).items() for key in keys if key == "Ctrl+J"]
    assert len(held) == 1


def test_choice_that_is_the_registry_s_own_is_not_kept() -> None:
    quote = BY_ID["mark.quote"]
    chosen = with_keys_of(quote, ("Y",), actions=ACTIONS, chosen={"mark.next": ("M",)})
    assert chosen == {"mark.next": ("M",), "mark.quote": ("Y",)}
    assert with_keys_of(quote, ("Q",), actions=ACTIONS, chosen=chosen) == {"mark.next": ("M",)}
    assert with_keys_of(quote, (), actions=ACTIONS, chosen={}) == {"mark.quote": ()}


def test_both_enter_keys_run_a_command_that_has_enter() -> None:
    assert [one.toString() for one in sequences(("Return", "Ctrl+Return", "Q"))] == [
        "Return",
        "Enter",
        "Ctrl+Return",
        "Ctrl+Enter",
        "Q",
    ]
