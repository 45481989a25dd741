"""Lets Label Studio's own code read an export, in an environment of its own:

    python -m venv label-studio && label-studio/bin/pip install label-studio-sdk
    label-studio/bin/python benchmarks/consumers/label_studio_reads.py EXPORT_FOLDER

Its labelling interface checks the configuration and every task, and its converter writes the annotations as CoNLL.
Exits with 1 where it refuses something, or finds other words in a region than the file says.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from label_studio_sdk.converter import Converter
from label_studio_sdk.label_interface import LabelInterface


def main(folder: Path) -> int:
    config = (folder / "labeling_config.xml").read_text("utf-8")
    tasks = json.loads((folder / "tasks.json").read_text("utf-8"))
    interface = LabelInterface(config)
    interface.validate()
    print(f"labeling_config.xml: valid, labels {', '.join(interface.get_control('label').labels)}")
    regions = 0
    for task in tasks:
        for given in (*task.get("annotations", ()), *task.get("predictions", ())):
            problems = interface.validate_prediction(given, return_errors=True)
            assert not problems, problems[:3]
            for region in given["result"]:
                if region["type"] == "labels":
                    value = region["value"]
                    assert task["data"]["text"][value["start"] : value["end"]] == value["text"], region
                    regions += 1
    print(f"tasks.json: {len(tasks)} tasks, {regions} regions on the words that they name")
    with tempfile.TemporaryDirectory() as scratch:
        # An imported task gets its number from the program.
        numbered = [{"id": number, **task} for number, task in enumerate(tasks, start=1)]
        (Path(scratch) / "tasks.json").write_text(json.dumps(numbered), "utf-8")
        Converter(config, scratch).convert_to_conll2003(f"{scratch}/tasks.json", scratch, is_dir=False)
        lines = (Path(scratch) / "result.conll").read_text("utf-8").splitlines()
    tagged = sum(line.split()[-1].startswith("B-") for line in lines if line.strip())
    print(f"its converter: {len(lines)} lines, {tagged} tagged ranges")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
