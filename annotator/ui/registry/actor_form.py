"""The form of an actor: name, type, aliases, roles over time."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QLineEdit

from annotator.domain.records import Actor, ActorType, Role
from annotator.ui.registry.form import Form
from annotator.ui.registry.frame import combo, lines_field, lines_of
from annotator.ui.registry.role_lines import RoleLines, role_problem
from annotator.ui.registry.words import ACTOR_TYPES

HINT = "Choose an actor to see and change it.\n\nEnter in the list goes to its name."


@dataclass(frozen=True)
class ActorEdit:
    """What the form says of an actor."""

    name: str = ""
    type: ActorType = "person"
    aliases: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()

    @staticmethod
    def of(actor: Actor) -> ActorEdit:
        """What is known of an actor."""
        return ActorEdit(name=actor.name, type=actor.type, aliases=actor.aliases, roles=actor.roles)


class ActorForm(Form[ActorEdit]):
    """Edits one actor."""

    def __init__(self) -> None:
        super().__init__(hint=HINT)

    def _build_fields(self) -> None:
        self.name = QLineEdit()
        self._field("Name", self.name)
        self.type = combo(ACTOR_TYPES, "Type")
        self._field("Type", self.type)
        self.aliases = lines_field("Other names, one a line", 4)
        self._field("Other names, one a line", self.aliases)
        self.roles = RoleLines()
        self.roles.changed.connect(self.on_changed)
        self.roles.submitted.connect(self.ask_to_save)
        self.fields.addSpacing(8)
        self.fields.addWidget(self.roles)

    def first_field(self) -> QLineEdit:
        return self.name

    def _fill(self, edit: ActorEdit) -> None:
        self.name.setText(edit.name)
        self.type.setCurrentIndex(self.type.findData(edit.type))
        self.aliases.setPlainText("\n".join(edit.aliases))
        self.roles.show_roles(edit.roles)

    def edit(self) -> ActorEdit:
        return ActorEdit(
            name=" ".join(self.name.text().split()),
            type=self.type.currentData(),
            aliases=lines_of(self.aliases),
            roles=self.roles.roles(),
        )

    def problem(self, edit: ActorEdit) -> str:
        if not edit.name:
            return "An actor needs a name."
        return next((problem for role in edit.roles if (problem := role_problem(role))), "")
