"""`annotator check`: the rules one after the other, as a job."""

from __future__ import annotations

import msgspec

from annotator.domain.progress import Job, Progress
from annotator.store import check
from annotator.store.check import Finding
from annotator.store.project import Project


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """One rule with what was found against it."""

    rule: str
    title: str
    findings: tuple[Finding, ...]


class CheckResult(msgspec.Struct, frozen=True, kw_only=True):
    """All rules; the project is sound when none has a finding that is more than a warning."""

    rules: tuple[Checked, ...]

    @property
    def is_sound(self) -> bool:
        return all(one.is_warning for rule in self.rules for one in rule.findings)


def check_project(project: Project) -> Job[CheckResult]:
    """A job that looks at every rule; it changes nothing."""
    done: list[Checked] = []
    total = len(check.TITLES)
    yield Progress(0, total, "Checking")
    for rule, found in check.findings(project.conn):
        done.append(Checked(rule=rule, title=check.TITLES[rule], findings=tuple(found)))
        yield Progress(len(done), total, check.TITLES[rule])
    return CheckResult(rules=tuple(done))
