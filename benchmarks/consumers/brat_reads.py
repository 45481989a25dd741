"""Lets brat's own code read and verify an export; it needs a copy of brat's source and Python alone:

    git clone https://github.com/nlplab/brat
    python benchmarks/consumers/brat_reads.py BRAT_FOLDER EXPORT_FOLDER

`annotation.py` parses every line, `verify_annotations.py` checks it against the export's `annotation.conf`.
Exits with 1 where brat refuses a line or finds an issue.
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path


def main(brat: Path, export: Path) -> int:
    start_brat(brat, export)
    import annotation

    # Its own way to open a file asks for a mode that Python 3.11 no longer has; the others import it from here.
    annotation.open_textfile = opened
    from projectconfig import ProjectConfiguration
    from verify_annotations import verify_annotation

    rules = ProjectConfiguration(str(export))
    faults = 0
    for file in sorted(export.glob("*.ann")):
        found = annotation.TextAnnotations(str(file.with_suffix("")), read_only=True)
        issues = verify_annotation(found, rules)
        for number in found.failed_lines:
            print(f"{file.name}: line {number + 1} is refused")
        for issue in issues:
            print(f"{file.name}: {issue.human_readable_str()}")
        faults += len(found.failed_lines) + len(issues)
        kinds = (found.get_textbounds(), found.get_relations(), found.get_attributes(), found.get_oneline_comments())
        marks, relations, attributes, notes = (sum(1 for _ in kind) for kind in kinds)
        print(f"{file.name}: {marks} marks, {relations} relations, {attributes} attributes, {notes} notes")
    return 1 if faults else 0


def opened(name: str, mode: str = "r") -> io.StringIO:
    assert mode == "r", mode
    return io.StringIO(Path(name).read_bytes().decode("utf-8"))


def start_brat(brat: Path, export: Path) -> None:
    """Put brat's server where it is found, with a configuration that lets it read the export."""
    scratch = Path(tempfile.mkdtemp(prefix="brat-"))
    template = (brat / "config_template.py").read_text("utf-8")
    (scratch / "config.py").write_text(template.replace("CHANGE_ME", repr(str(export))), "utf-8")
    source = brat.resolve() / "server"
    sys.path[:0] = [str(scratch), str(source / "src"), str(source / "lib")]


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]).resolve()))
