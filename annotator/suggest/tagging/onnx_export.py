"""Writes a trained network as an ONNX file of 7-bit weights; needs torch and onnx, the extra `train`."""

from __future__ import annotations

import logging
import tempfile
import threading
import warnings
from pathlib import Path

import torch

from annotator.suggest.tagging.linking import LINKS
from annotator.suggest.tagging.network import Network
from annotator.suggest.tagging.predicting import Batch

INPUTS = Batch._fields
OUTPUTS = ("labels", "links")


def export(network: Network, file: Path) -> None:
    """Write the network to a file that `onnxruntime` runs: any number of windows of any length, weights in 7 bits."""
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process
    from tqdm import tqdm

    # Torch shows no progress here, but would make a lock between processes that nobody frees.
    tqdm.set_lock(threading.RLock())
    network = network.eval()
    # Exporters take sizes 0 and 1 for constants.
    example = [torch.zeros((2, 12), dtype=torch.long) for _ in INPUTS[:-1]]
    leads = torch.zeros((2, len(LINKS), 12), dtype=torch.long)
    windows, pieces = torch.export.Dim("windows"), torch.export.Dim("pieces", max=network.places.num_embeddings)
    shape = {0: windows, 1: pieces}
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        logging.getLogger("torch.onnx").setLevel(logging.ERROR)
        whole, ready = Path(folder) / "whole.onnx", Path(folder) / "ready.onnx"
        torch.onnx.export(
            network,
            (*example, leads),
            str(whole),
            input_names=list(INPUTS),
            output_names=list(OUTPUTS),
            dynamic_shapes=(*(shape for _ in example), {0: windows, 2: pieces}),
            dynamo=True,
            external_data=False,
            verbose=False,
        )
        quant_pre_process(str(whole), str(ready), skip_symbolic_shape=True)
        # Signed, which newer processors multiply twice as fast; in 7 bits, so that nothing overflows on older ones.
        quantize_dynamic(str(ready), str(file), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
