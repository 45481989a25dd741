"""What a user may run into: each error says what happened and what to do."""

from __future__ import annotations

from collections.abc import Sequence


class AnnotatorError(Exception):
    """An expected failure: `message` says what happened, `hint` what to do about it.

    `details` has a sentence for each thing that failed where there were several.
    """

    def __init__(self, message: str, hint: str = "", *, details: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.details = tuple(details)

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class UnreadableArticle(AnnotatorError):
    """A file or text that cannot become an article."""


class ProjectUnavailable(AnnotatorError):
    """A project file that cannot be opened or written now."""


class NotAProject(ProjectUnavailable):
    """A file that is not an Annotator project."""


class CannotUndo(AnnotatorError):
    """There is nothing to undo, or a later change stands in the way."""


class NotAllowed(AnnotatorError):
    """An act that the rules of the program or of the codebook forbid."""


class BadExchange(AnnotatorError):
    """A file of annotations that cannot be taken over as it stands."""


class BadBundle(BadExchange):
    """A bundle that is damaged, was tampered with or does not fit the project; nothing was changed."""


class UnknownSigner(AnnotatorError):
    """Work that is signed with a key that nobody accepted yet; nothing was changed."""


class WorkerFailed(AnnotatorError):
    """The suggestion process stopped or hung; nothing of the user's work is touched."""


class Cancelled(AnnotatorError):
    """The user stopped a long job; the project is as it was before the job."""
