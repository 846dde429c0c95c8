"""Makes `graph.onnx.gz`: what the bundled model computes, without its weights. onnx lives here.

    pip install onnx==1.23.2 && python -m vectorstore.tools.make_graph

The weights stay where they are published: each is named in the graph by its place in
`model.safetensors`, whose hash is checked before it is read. So the graph takes 13 KB, and no
second copy of 90 MB can differ from the first.
"""

from __future__ import annotations

import gzip
import io
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from vectorstore.embedders.bundled import GRAPH, INPUTS, OUTPUT, WEIGHTS, bundled_model

_OPSET = 17
_MICROSOFT = "com.microsoft"  # the operators that onnxruntime has beside those of ONNX
_STEPS = "steps"
_LENGTH = 8  # bytes before the header of a safetensors file, which tell how long it is


def main() -> int:
    quantising = _quantising(_exported(bundled_model()))
    GRAPH.write_bytes(gzip.compress(_pointing(quantising, bundled_model() / WEIGHTS), mtime=0))
    return 0


def _exported(folder: Path) -> bytes:
    """The model as ONNX: token ids, their mask and types, shape (texts, length), to vectors (texts,
    length, 384).
    """
    import torch
    from transformers import AutoModel

    model = AutoModel.from_pretrained(folder, attn_implementation="eager").eval()

    class Tokens(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, ids: Any, mask: Any, types: Any) -> Any:
            return self.model(
                input_ids=ids, attention_mask=mask, token_type_ids=types
            ).last_hidden_state

    ids, target = torch.ones(2, 7, dtype=torch.long), io.BytesIO()
    torch.onnx.export(
        Tokens(),
        (ids, ids, torch.zeros_like(ids)),
        target,  # type: ignore[arg-type]  # a file is taken, as its documentation says
        dynamo=False,
        # or weights would be transposed, and no longer those of the file
        do_constant_folding=False,
        input_names=list(INPUTS),
        output_names=[OUTPUT],
        dynamic_axes={name: {0: "texts", 1: "length"} for name in (*INPUTS, OUTPUT)},
        opset_version=_OPSET,
    )
    return target.getvalue()


def _quantising(content: bytes) -> bytes:
    """The same graph, multiplying by whole numbers: onnxruntime makes them of the weights when it
    loads them.

    Weights are scaled by column, so that the largest of each becomes 63: products of numbers of 7
    and 8 bits cannot overflow where the processor adds them in pairs. What they are multiplied with
    is scaled for each text by itself.
    """
    import onnx

    model, nodes = onnx.load_from_string(content), list[Any]()
    weights = {tensor.name for tensor in model.graph.initializer}
    transposed = {
        n.output[0] for n in model.graph.node if n.op_type == "Transpose" and n.input[0] in weights
    }
    for node in model.graph.node:
        if node.op_type != "MatMul" or node.input[1] not in transposed:
            nodes.append(node)
            continue
        activations, weight, made = node.input[0], node.input[1], node.output[0]
        steps: tuple[tuple[str, list[str], str, dict[str, Any]], ...] = (
            ("Abs", [weight], "size", {}),
            ("ReduceMax", [f"{weight}.size"], "largest", {"axes": [0], "keepdims": 0}),
            ("Div", [f"{weight}.largest", _STEPS], "scale", {}),
            ("Div", [weight, f"{weight}.scale"], "scaled", {}),
            ("Round", [f"{weight}.scaled"], "round", {}),
            ("Cast", [f"{weight}.round"], "whole", {"to": onnx.TensorProto.INT8}),
        )
        nodes += [
            onnx.helper.make_node(kind, of, [f"{weight}.{name}"], **attributes)
            for kind, of, name, attributes in steps
        ]
        multiplied = [activations, f"{weight}.whole", f"{weight}.scale"]
        nodes.append(
            onnx.helper.make_node("DynamicQuantizeMatMul", multiplied, [made], domain=_MICROSOFT)
        )
    model.graph.ClearField("node")
    model.graph.node.extend(nodes)
    model.graph.initializer.append(onnx.numpy_helper.from_array(np.float32(63), _STEPS))
    model.opset_import.append(onnx.helper.make_opsetid(_MICROSOFT, 1))
    attributes: bytes = model.SerializeToString(deterministic=True)
    return attributes


def _pointing(content: bytes, weights: Path) -> bytes:
    """The same graph, its weights told by their places in a safetensors file."""
    import onnx
    from onnx.external_data_helper import set_external_data

    model, places = onnx.load_from_string(content), _places(weights)
    for tensor in model.graph.initializer:
        place = places.get(tensor.name.removeprefix("model."))
        if place is not None:
            set_external_data(tensor, weights.name, *place)
            tensor.ClearField("raw_data")
    for node in model.graph.node:
        node.ClearField("doc_string")  # lines of the code that was exported
    serialised: bytes = model.SerializeToString(deterministic=True)
    return serialised


def _places(weights: Path) -> dict[str, tuple[int, int]]:
    """Offset and length in bytes of each tensor of a safetensors file, by name."""
    with weights.open("rb") as file:
        size = int.from_bytes(file.read(_LENGTH), "little")
        header = json.loads(file.read(size))
    spans = {
        name: tensor["data_offsets"] for name, tensor in header.items() if name != "__metadata__"
    }
    return {name: (_LENGTH + size + start, end - start) for name, (start, end) in spans.items()}


if __name__ == "__main__":
    sys.exit(main())
