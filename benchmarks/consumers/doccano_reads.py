"""Lets doccano's own import code read an export, in an environment of its own (it brings Django):

    python -m venv doccano && doccano/bin/pip install doccano "marshmallow<4" "numpy<2"
    doccano/bin/python benchmarks/consumers/doccano_reads.py EXPORT_FOLDER

Exits with 1 where doccano found a fault, or holds other spans, words or relations than the files say.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
import tempfile
from pathlib import Path


def main(folder: Path) -> int:
    start_doccano()
    from django.contrib.auth import get_user_model
    from label_types.serializers import RelationTypeSerializer, SpanTypeSerializer
    from labels.models import Relation, Span
    from projects.models import ProjectType, SequenceLabelingProject

    user = get_user_model().objects.create_superuser("ana", "ana@example.org", "ana")

    for name, serializer in (("labels.json", SpanTypeSerializer), ("relation_types.json", RelationTypeSerializer)):
        found = serializer(data=json.loads((folder / name).read_text("utf-8")), many=True)
        assert found.is_valid(), found.errors
        print(f"{name}: {len(found.validated_data)} accepted")
    for name, task, wants_relations in (
        ("sequence.jsonl", ProjectType.SEQUENCE_LABELING, False),
        ("relations.jsonl", "RelationExtraction", True),
    ):
        project = SequenceLabelingProject.objects.create(
            name=name,
            description="",
            project_type=ProjectType.SEQUENCE_LABELING,
            created_by=user,
            allow_overlapping=True,
            use_relation=wants_relations,
        )
        read(user.id, project.id, folder / name, task)
        lines = [json.loads(line) for line in (folder / name).read_text("utf-8").splitlines()]
        wanted = sorted(words_of(line) for line in lines)
        spans = Span.objects.filter(example__project=project)
        held: dict[str, list[tuple[int, int, str]]] = {}
        for one in spans:
            held.setdefault(one.example.text, []).append((one.start_offset, one.end_offset, one.label.text))
        assert sorted((text, sorted(found)) for text, found in held.items()) == wanted, name
        relations = Relation.objects.filter(example__project=project).count()
        assert relations == sum(len(line.get("relations", ())) for line in lines), name
        print(f"{name}: {len(lines)} articles, {spans.count()} spans, {relations} relations as written")
    return 0


def words_of(line: dict) -> tuple[str, list[tuple[int, int, str]]]:
    marks = line.get("label") or [(one["start_offset"], one["end_offset"], one["label"]) for one in line["entities"]]
    return line["text"], sorted((start, end, label) for start, end, label in marks)


def read(user: int, project: int, file: Path, task: str) -> None:
    from data_import.celery_tasks import import_dataset
    from django.core.files import File
    from django_drf_filepond.models import TemporaryUpload
    from django_drf_filepond.utils import _get_file_id

    upload = _get_file_id()
    with file.open("rb") as stream:
        TemporaryUpload.objects.create(
            upload_id=upload, file_id="1", file=File(stream, file.name), upload_name=file.name, upload_type="F"
        )
    answer = import_dataset(user, project, "JSONL", [upload], task)
    assert not answer["error"], answer["error"]


def start_doccano() -> None:
    """Django with doccano's settings on an empty database in memory."""
    place = importlib.util.find_spec("backend")
    assert place is not None and place.submodule_search_locations, "doccano is not installed here"
    sys.path.insert(0, next(iter(place.submodule_search_locations)))
    scratch = tempfile.mkdtemp(prefix="doccano-")
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings.base",
        "DATABASE_URL": "sqlite:///:memory:",
        "SECRET_KEY": "x",
    }
    import django
    from django.conf import settings

    settings.MEDIA_ROOT = settings.DJANGO_DRF_FILEPOND_UPLOAD_TMP = scratch
    settings.DJANGO_DRF_FILEPOND_FILE_STORE_PATH = tempfile.mkdtemp(prefix="doccano-")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("create_roles", verbosity=0)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
