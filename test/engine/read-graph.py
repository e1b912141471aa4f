"""Reads SavedModels by TensorFlow's own protocol buffers: hexadecimal texts as a JSON list on stdin, their nodes as JSON on stdout."""

import json
import pathlib
import site
import sys
import types

# TensorFlow's protocol buffers without the rest of it, which takes seconds to load.
tensorflow = types.ModuleType("tensorflow")
tensorflow.__path__ = [str(pathlib.Path(folder, "tensorflow")) for folder in site.getsitepackages()]
sys.modules["tensorflow"] = tensorflow

from tensorflow.core.protobuf.saved_model_pb2 import SavedModel  # noqa: E402


def dims(shape):
    return [d.size for d in shape.dim]


def value(attr):
    kind = attr.WhichOneof("value")
    found = getattr(attr, kind)
    if kind == "s":
        return [kind, found.hex()]
    if kind == "shape":
        return [kind, dims(found)]
    if kind == "tensor":
        return [kind, [found.dtype, dims(found.tensor_shape), found.tensor_content.hex()]]
    if kind == "list":
        return [kind, {f.name: [v.hex() if f.name == "s" else v for v in values] for f, values in found.ListFields()}]
    return [kind, found]


def nodes(text):
    model = SavedModel.FromString(bytes.fromhex(text))
    (graph,) = model.meta_graphs
    assert model.saved_model_schema_version == 1 and graph.meta_info_def.tags == ["serve"]
    return [
        {"name": n.name, "op": n.op, "input": list(n.input), "attr": {k: value(n.attr[k]) for k in sorted(n.attr)}}
        for n in graph.graph_def.node
    ]


print(json.dumps([nodes(text) for text in json.load(sys.stdin)]))
