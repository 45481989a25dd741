"""The project's registry, as the suggester knows it: which of its actors a persona of an article is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from annotator.domain.words import fold
from annotator.suggest import given_names
from annotator.suggest.bodies import bare
from annotator.suggest.messages import KnownActor
from annotator.suggest.personas import Persona
from annotator.suggest.roles import Role, fit, role_of

Match = tuple[KnownActor, str, float]

_SURNAME, _ROLE = 0.9, 0.95
_GOOD_FIT = 0.8
_OF_PEOPLE = ("person", "anonymous")


class Known:
    """The actors by name, alias, surname and role; what two of them share leads to neither."""

    def __init__(self, actors: Sequence[KnownActor]) -> None:
        self._by_name: defaultdict[str, list[KnownActor]] = defaultdict(list)
        self._by_surname: defaultdict[str, list[KnownActor]] = defaultdict(list)
        self._roles: list[tuple[Role, KnownActor]] = []
        for actor in actors:
            for name in dict.fromkeys(fold(bare(one)) for one in (actor.name, *actor.aliases)):
                self._by_name[name].append(actor)
            if actor.type == "person" and " " in actor.name:
                self._by_surname[fold(actor.name.split()[-1])].append(actor)
                self._roles += [(_role(title), actor) for title in actor.roles]

    def match(self, persona: Persona) -> Match | None:
        """The actor that a persona is, why (empty for its very name), and how far that lowers a score."""
        name = fold(bare(persona.name))
        found = self._by_name.get(name)
        if found and len(found) == 1:
            actor = found[0]
            return actor, "" if fold(bare(actor.name)) == name else f"an alias of {actor.name} in the registry", 1.0
        if persona.type == "person":
            return self._by_last_word(persona)
        if persona.type == "anonymous":
            return self._by_role(persona)
        return None

    def _by_last_word(self, persona: Persona) -> Match | None:
        words = persona.name.split()
        found = self._by_surname.get(fold(words[-1]), [])
        if len(words) > 1:
            found = [one for one in found if given_names.is_same(words[0], one.name.split()[0])]
        if len(found) != 1:
            return None
        return found[0], f"the only {words[-1]} in the registry", 1.0 if len(words) > 1 else _SURNAME

    def _by_role(self, persona: Persona) -> Match | None:
        words = fold(persona.name).split()
        if not words or len(words) < 2:
            return None
        role = _role(persona.name)
        found = {
            actor.id: (actor, known) for known, actor in self._roles if role.fields and fit(role, known) >= _GOOD_FIT
        }
        if len(found) != 1:
            return None
        actor, known = next(iter(found.values()))
        return actor, f"“{known.words}” in the registry", _ROLE


def _role(title: str) -> Role:
    """The role that a title names, its noun being the last word before an “of”."""
    words = fold(title).split()
    end = next((at for at, word in enumerate(words) if word in ("of", "for", "to", "at", "in")), len(words))
    return role_of(title, words[max(end - 1, 0)] if words else "")
