"""What the commands about names and models do."""

from __future__ import annotations

import argparse
import csv
import sys

from annotator.services import own_names
from annotator.services.own_names import Names

_NEVER_WORD = "never"


def list_names(options: argparse.Namespace) -> int:
    """Print the own names, or all, as a table that `import` reads."""
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(("name", "label"))
    rows = own_names.rows(own_names.own())
    table.writerows((one.name, one.label) for one in rows if options.is_all or one.origin != "shipped")
    return 0


def add_name(options: argparse.Namespace) -> int:
    """Add a name."""
    label = own_names.NEVER if options.label.lower() == _NEVER_WORD else options.label
    return _kept(own_names.put(own_names.own(), options.words, label))


def remove_name(options: argparse.Namespace) -> int:
    """Take a name out."""
    return _kept(own_names.remove(own_names.own(), options.words))


def import_names(options: argparse.Namespace) -> int:
    """Take the names of a table over."""
    return _kept(own_names.imported(own_names.own(), options.file))


def _kept(names: Names) -> int:
    own_names.save(names)
    print(f"You have {len(names)} name{'' if len(names) == 1 else 's'} of your own. They count at the next suggest.")
    return 0
