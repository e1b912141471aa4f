"""Writes resnet32.json: what PyTorch computes with a ResNet-32 of given weights, in double precision.

    pip install torch==2.13.0 && python test/golden/make-resnet32.py

For each tensor the file holds a summary (see parity.py). `float32` is the relative error of PyTorch's own single
precision, the yardstick for ours.
"""

import json
import pathlib
import sys

import torch
from torch.nn import functional as F

sys.path.append(str(pathlib.Path(__file__).parents[2] / "bench"))

from parity import error, fill, images, summary  # noqa: E402
from pytorch_resnet32 import ResNet32  # noqa: E402

BATCH, CLASSES, RATE, MOMENTUM, DECAY, STEPS = 16, 10, 0.01, 0.9, 5e-4, 3


def layers(model):
    """Our names, with the convolution and batch norm behind each."""
    yield "stem", model.conv1, model.bn1
    for place, block in enumerate(model.blocks):
        name = f"stage{place // 5 + 1}.block{place % 5 + 1}"
        yield f"{name}.convolution1", block.conv1, block.bn1
        yield f"{name}.convolution2", block.conv2, block.bn2


def named(model):
    """Our name, PyTorch's tensor, and the order of axes from PyTorch's to ours."""
    for name, conv, bn in layers(model):
        yield f"backbone.{name}.filter", conv.weight, (2, 3, 1, 0)
        yield f"backbone.{name}.scale", bn.weight, (0,)
        yield f"backbone.{name}.offset", bn.bias, (0,)
    yield "classifier.weight", model.linear.weight, (1, 0)
    yield "classifier.bias", model.linear.bias, (0,)


def run(dtype):
    torch.manual_seed(0)
    model = ResNet32(CLASSES).to(dtype)
    fill(named(model))
    x = images(BATCH, 2000).to(dtype)
    labels = torch.arange(BATCH) * 7 % CLASSES
    optimiser = torch.optim.SGD(model.parameters(), lr=RATE, momentum=MOMENTUM, weight_decay=DECAY)
    model.eval()
    result = {"inferenceLogits": model(x).flatten().tolist(), "losses": []}
    model.train()
    for step in range(STEPS):
        optimiser.zero_grad()
        logits = model(x)
        loss = F.cross_entropy(logits, labels)
        loss.backward()
        result["losses"].append(loss.item())
        if step == 0:
            result["logits"] = logits.flatten().tolist()
            result["gradients"] = {name: summary(tensor.grad, axes) for name, tensor, axes in named(model)}
        optimiser.step()
    result["parameters"] = {name: summary(tensor, axes) for name, tensor, axes in named(model)}
    result["statistics"] = {
        f"backbone.{name}.{ours}": summary(tensor, (0,))
        for name, _, bn in layers(model)
        for ours, tensor in (("mean", bn.running_mean), ("variance", bn.running_var))
    }
    return result


reference, single = run(torch.float64), run(torch.float32)
reference["float32"] = {key: error(single[key], reference[key]) for key in reference}
reference["settings"] = {
    "torch": torch.__version__, "batch": BATCH, "rate": RATE, "momentum": MOMENTUM, "decay": DECAY, "steps": STEPS,
}
path = pathlib.Path(__file__).with_name("resnet32.json")
path.write_text(json.dumps(reference, indent=1) + "\n")
