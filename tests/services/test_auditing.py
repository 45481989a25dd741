"""The audit export and its verifier: the verifier runs as a program of its own, isolated from this one."""

from __future__ import annotations

import importlib.util
import json
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from annotator import paths
from annotator.domain.canonical import canonical_json, sha256_hex
from annotator.domain.errors import AnnotatorError
from annotator.domain.progress import drain
from annotator.domain.signing import fingerprint
from annotator.services import auditing, exporting, suggesting
from annotator.store import articles
from tests.exchange import ANA, BELA, copy, receive, send
from tests.store.making import entity_at, put, undo


@pytest.fixture(scope="module")
def exported(project_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export of Ana's project, with work of hers and of Bela's, and something undone."""
    folder = tmp_path_factory.mktemp("audit")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(folder / "data"))
        with copy(project_file, folder / "b", BELA) as bela:
            put(bela, entity_at(bela, articles.ids(bela.conn)[0], 4, 17, "GPE"))
            bundle = send(bela, folder / "b.bundle")
        with copy(project_file, folder / "a", ANA) as ana:
            receive(ana, bundle)
            put(ana, entity_at(ana, articles.ids(ana.conn)[0], 38, 46, "NORP"))
            undo(ana)
            drain(auditing.audit(ana, folder / "out"))
    return folder / "out"


@pytest.fixture
def export(exported: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(exported, tmp_path / "out"))


def verify(folder: Path, *options: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-I", str(folder / "verify.py"), str(folder), *options],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return done.returncode, done.stdout


@pytest.fixture(scope="module")
def verifier() -> ModuleType:
    """The verifier as a module, for what is too slow or too fine to be seen from outside."""
    spec = importlib.util.spec_from_file_location("verify", paths.resources() / "audit" / "verify.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_an_export_as_it_was_written_is_sound(export: Path) -> None:
    code, told = verify(export)
    assert code == 0 and told.startswith("Sound:") and "Ana" in told and "Bela" in told
    assert ANA.signer is not None and fingerprint(ANA.signer.public_key) in told


def test_the_key_can_be_compared_with_what_was_told(export: Path) -> None:
    assert ANA.signer is not None and BELA.signer is not None
    assert verify(export, "--fingerprint", fingerprint(ANA.signer.public_key))[0] == 0
    code, told = verify(export, "--fingerprint", fingerprint(BELA.signer.public_key))
    assert code == 1 and "another key" in told


def sealed(export: Path) -> None:
    """Make hashes and signature fit what lies in the folder, as somebody with Ana's key could."""
    manifest = json.loads((export / "manifest.json").read_bytes())
    for name in manifest["files"]:
        manifest["files"][name]["sha256"] = sha256_hex((export / name).read_bytes())
    raw = canonical_json(manifest)
    assert ANA.signer is not None
    (export / "manifest.json").write_bytes(raw)
    (export / "manifest.sig.json").write_bytes(canonical_json(ANA.signer.sign("audit", sha256_hex(raw))))


def journal(export: Path, change: Callable[[list[bytes]], list[bytes]]) -> None:
    file = export / "journal.jsonl"
    file.write_bytes(b"\n".join(change(file.read_bytes().splitlines())) + b"\n")


TAMPERING: dict[str, Callable[[list[bytes]], list[bytes]]] = {
    "an act is changed": lambda lines: [*lines[:-1], lines[-1].replace(b"undo", b"redo")],
    "an act is removed": lambda lines: [*lines[:-2], lines[-1]],
    "the last act is cut off": lambda lines: lines[:-1],
    "acts are moved": lambda lines: [*lines[:-2], lines[-1], lines[-2]],
    "an act is there twice": lambda lines: [*lines, lines[-1]],
    "all acts of an author are gone": lambda lines: [one for one in lines if BELA.id.encode() not in one[:200]],
}


@pytest.mark.parametrize("what", TAMPERING)
def test_tampering_is_found_though_the_manifest_was_made_to_fit(export: Path, what: str) -> None:
    journal(export, TAMPERING[what])
    assert verify(export) == (1, "NOT SOUND: journal.jsonl was changed since it was exported.\n")
    sealed(export)
    code, told = verify(export)
    assert code == 1 and told.startswith("NOT SOUND: ") and "manifest" not in told.split(":")[1], what


def test_a_forged_signature_is_found(export: Path) -> None:
    assert BELA.signer is not None

    def forge(lines: list[bytes]) -> list[bytes]:
        last = json.loads(lines[-1])
        last["signatures"] = [[ANA.signer.public_key, "00" * 64]] if ANA.signer else []
        return [*lines[:-1], canonical_json(last)]

    journal(export, forge)
    sealed(export)
    assert "its signature does not fit" in verify(export)[1]


def test_a_changed_text_is_found_though_the_manifest_was_made_to_fit(export: Path) -> None:
    file = export / "articles.jsonl"
    file.write_bytes(file.read_bytes().replace(b"NATO", b"NAT0", 1))
    sealed(export)
    assert "articles.jsonl, line" in verify(export)[1]


def test_a_changed_or_missing_codebook_is_found_though_the_manifest_was_made_to_fit(export: Path) -> None:
    file = export / "codebooks.jsonl"
    before = file.read_bytes()
    for after in (before.replace(b"PERSON", b"PERSOM", 1), before + before, b""):
        file.write_bytes(after)
        sealed(export)
        code, told = verify(export)
        assert code == 1 and "codebook" in told.split(":", 2)[1]


def test_an_article_that_stands_for_another_is_found(export: Path) -> None:
    file = export / "articles.jsonl"
    first, *others = file.read_bytes().splitlines(keepends=True)
    for lines, problem in (([first, first], "is there already"), (others, "that acts speak of is missing")):
        file.write_bytes(b"".join(lines))
        sealed(export)
        assert problem in verify(export)[1]


def test_signatures_that_were_stripped_are_said_and_make_another_exit_code(export: Path) -> None:
    def strip(lines: list[bytes]) -> list[bytes]:
        return [canonical_json(json.loads(one) | {"signatures": []}) for one in lines]

    journal(export, strip)
    sealed(export)
    code, told = verify(export)
    assert code == 2 and told.count("only the exporter vouches for them") == 2


def test_a_name_cannot_steer_a_terminal_and_needs_none_that_has_its_letters(export: Path) -> None:
    manifest = json.loads((export / "manifest.json").read_bytes())
    manifest["authors"][BELA.id]["name"] = "Řehoř\x1b[31m"
    (export / "manifest.json").write_bytes(canonical_json(manifest))
    sealed(export)
    command = [sys.executable, "-X", "utf8=0", str(export / "verify.py"), str(export)]
    done = subprocess.run(command, capture_output=True, check=False, env={"PYTHONIOENCODING": "cp1252"})
    assert done.returncode == 0 and not done.stderr
    assert b"\\u0158eho\\u0159\\x1b[31m" in done.stdout


def test_a_folder_that_was_added_is_found(export: Path) -> None:
    (export / "more").mkdir()
    assert "more is no part" in verify(export)[1]


def test_a_file_that_is_missing_or_added_is_found(export: Path) -> None:
    (export / "more.txt").write_text("x", "utf-8")
    assert "more.txt is no part" in verify(export)[1]
    (export / "more.txt").unlink()
    (export / "codebooks.jsonl").unlink()
    assert "codebooks.jsonl is missing" in verify(export)[1]


def test_every_changed_byte_is_found(export: Path, verifier: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    order = random.Random(0)
    files = sorted(one for one in export.iterdir() if one.name != "verify.py")
    for _ in range(300):
        file = order.choice(files)
        before = file.read_bytes()
        at = order.randrange(len(before))
        file.write_bytes(before[:at] + bytes([before[at] ^ (1 << order.randrange(8))]) + before[at + 1 :])
        sys.argv, old = ["verify.py", str(export)], sys.argv
        try:
            assert verifier.main() == 1, f"{file.name}, byte {at}"
        finally:
            sys.argv = old
            file.write_bytes(before)
    assert "NOT SOUND" in capsys.readouterr().out


# RFC 8032, section 7.1: secret key left out, public key, message, signature.
RFC_8032 = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("public", "message", "signature"), RFC_8032)
def test_the_verifier_knows_the_signatures_of_rfc_8032(
    verifier: ModuleType, public: str, message: str, signature: str
) -> None:
    key, said, signed = (bytes.fromhex(one) for one in (public, message, signature))
    assert verifier.is_signature(key, said, signed)
    assert not verifier.is_signature(key, said + b"x", signed)
    assert not verifier.is_signature(key, said, signed[:-1] + bytes([signed[-1] ^ 1]))


def test_a_folder_that_holds_something_is_left_alone(project_copy: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("x", "utf-8")
    with copy(project_copy, tmp_path / "a", ANA) as project, pytest.raises(AnnotatorError, match="is there already"):
        drain(auditing.audit(project, tmp_path / "out"))


def test_an_audit_is_also_the_last_of_the_export_formats(project_file: Path, tmp_path: Path) -> None:
    assert list(exporting.formats())[-1] == "audit" and exporting.is_folder("audit")
    with copy(project_file, tmp_path / "a", ANA) as ana, suggesting.new_worker() as worker:
        with pytest.raises(AnnotatorError, match="all that anybody did"):
            options = exporting.ExportOptions(layer="gold")
            drain(exporting.export(ana, "audit", tmp_path / "out", options, worker=worker))
        options = exporting.ExportOptions()
        done = drain(exporting.export(ana, "audit", tmp_path / "out", options, worker=worker))
        assert not worker.is_running
    assert verify(tmp_path / "out")[0] == 0 and "verify.py in it checks them" in done.summary
