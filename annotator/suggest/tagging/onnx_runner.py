"""Runs an exported network by onnxruntime, on one thread."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from annotator.domain.errors import AnnotatorError
from annotator.suggest.tagging.predicting import Batch, Predictor

MODEL, TOKENIZER = "model.onnx", "tokenizer.json"


def load_predictor(folder: Path) -> Predictor:
    """The predictor of a folder that holds a network and its tokenizer.

    Raises:
        AnnotatorError: a file is missing or damaged.
    """
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # Its arena never gives memory back.
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    try:
        session = onnxruntime.InferenceSession(
            (folder / MODEL).read_bytes(), options, providers=["CPUExecutionProvider"]
        )
        tokenizer = Tokenizer.from_str((folder / TOKENIZER).read_text("utf-8"))
    # Both libraries raise their own kinds of errors for what is no model: onnxruntime has no common one but
    # `Exception`, tokenizers raises `Exception` itself.
    except Exception as error:
        raise AnnotatorError(
            f"The tagger in {folder.name} cannot be loaded ({str(error).splitlines()[0]}).", hint="Train it again."
        ) from error
    tokenizer.no_truncation()
    tokenizer.no_padding()

    # Networks that were trained before there were hints do not ask for them.
    wanted = {one.name for one in session.get_inputs()}

    def run(batch: Batch) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        labels, links = session.run(None, {name: part for name, part in batch._asdict().items() if name in wanted})
        return labels, links

    return Predictor(tokenizer, run)
