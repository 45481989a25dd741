"""What the actions of the Stance menu run."""

from __future__ import annotations

from annotator.ui.command_group import CommandGroup


class StanceCommands(CommandGroup):
    """The commands of one window that change the focused stance."""

    def next_stance(self) -> None:
        self._window.stance_acts.step(forward=True)

    def previous_stance(self) -> None:
        self._window.stance_acts.step(forward=False)

    def ask_holder(self) -> None:
        self._window.stance_acts.ask_actor("holder")

    def ask_via(self) -> None:
        self._window.stance_acts.ask_actor("via")

    def ask_target(self) -> None:
        self._window.stance_acts.ask_target()

    def ask_statement(self) -> None:
        self._window.stance_acts.ask_statement()

    def ask_position(self) -> None:
        self._window.stance_acts.ask_position()

    def ask_dimension(self) -> None:
        self._window.stance_acts.ask_field("dimension")

    def ask_explicitness(self) -> None:
        self._window.stance_acts.ask_field("explicitness")

    def ask_confidence(self) -> None:
        self._window.stance_acts.ask_field("confidence")

    def write_rationale(self) -> None:
        self._window.stance_acts.write_rationale()

    def drop_evidence(self) -> None:
        self._window.stance_acts.drop_evidence()

    def submit_stance(self) -> None:
        self._window.stance_acts.submit()

    def withdraw_stance(self) -> None:
        self._window.stance_acts.withdraw()
