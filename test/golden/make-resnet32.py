"""Writes resnet32.json: what PyTorch computes with a ResNet-32 of given weights, in double precision.

    pip install torch==2.13.0 && python test/golden/make-resnet32.py

Weights and images come from a formula that any language can evaluate, so they need not be stored. For each tensor the
file holds its length (L2 norm), its product with a fixed direction and its first four values. `float32` is the
relative error of PyTorch's own single precision, the yardstick for ours.
"""

import json
import math
import pathlib
import sys

import torch
from torch.nn import functional as F

sys.path.append(str(pathlib.Path(__file__).parents[2] / "bench"))

from pytorch_resnet32 import ResNet32  # noqa: E402

BATCH, CLASSES, RATE, MOMENTUM, DECAY, STEPS = 16, 10, 0.01, 0.9, 5e-4, 3


def sequence(count, seed):
    """Numbers in [-1, 1) from a 32-bit integer hash (murmur3's finaliser)."""
    x = (torch.arange(count, dtype=torch.int64) + 1 + seed * 1_000_003) & 0xFFFFFFFF
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        x = ((x ^ (x >> shift)) * factor) & 0xFFFFFFFF
    x = x ^ (x >> 16)
    return x.double() / 2**31 - 1


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


def fill(model):
    """Gives every parameter its formula: He-sized filters and weights, scales near 1, offsets near 0."""
    with torch.no_grad():
        for seed, (name, tensor, axes) in enumerate(named(model)):
            ours = [tensor.shape[axis] for axis in axes]
            values = sequence(tensor.numel(), seed)
            if name.endswith(("filter", "weight")):
                values = values * math.sqrt(6 / math.prod(ours[:-1]))
            elif name.endswith("scale"):
                values = 1 + values / 4
            else:
                values = values / 4
            inverse = [axes.index(axis) for axis in range(len(axes))]
            tensor.copy_(values.reshape(ours).permute(inverse).to(tensor.dtype))


def summary(tensor, axes):
    values = tensor.detach().double().permute(axes).reshape(-1)
    direction = sequence(len(values), 1000)
    return [values.norm().item(), (values * direction).sum().item(), *values[:4].tolist()]


def run(dtype):
    torch.manual_seed(0)
    model = ResNet32(CLASSES).to(dtype)
    fill(model)
    images = (2 * sequence(BATCH * 32 * 32 * 3, 2000)).reshape(BATCH, 32, 32, 3).permute(0, 3, 1, 2).to(dtype)
    labels = torch.arange(BATCH) * 7 % CLASSES
    optimiser = torch.optim.SGD(model.parameters(), lr=RATE, momentum=MOMENTUM, weight_decay=DECAY)
    model.eval()
    result = {"inferenceLogits": model(images).flatten().tolist(), "losses": []}
    model.train()
    for step in range(STEPS):
        optimiser.zero_grad()
        logits = model(images)
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


def error(ours, theirs):
    """Largest deviation, relative to the length of the reference (or of each tensor)."""
    if isinstance(theirs, dict):
        return max(error(ours[name], theirs[name]) for name in theirs)
    length = max(abs(value) for value in theirs)
    return max(abs(a - b) for a, b in zip(ours, theirs, strict=True)) / length


reference, single = run(torch.float64), run(torch.float32)
reference["float32"] = {key: error(single[key], reference[key]) for key in reference}
reference["settings"] = {
    "torch": torch.__version__, "batch": BATCH, "rate": RATE, "momentum": MOMENTUM, "decay": DECAY, "steps": STEPS,
}
path = pathlib.Path(__file__).with_name("resnet32.json")
path.write_text(json.dumps(reference, indent=1) + "\n")
