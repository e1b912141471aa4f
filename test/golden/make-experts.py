"""Writes experts.json: what PyTorch computes with BBN, RIDE and ResLT of given weights, in double precision.

    pip install torch==2.13.0 && python test/golden/make-experts.py

Of each model the file holds heads and gradients of a training pass, the running statistics after it, and the logits
that are predicted with these. ResLT's batch norms run on the whole feature map
here, as published. `float32` is the relative error of PyTorch's own single precision, the yardstick for ours.
"""

import json
import pathlib
import sys

import torch
from torch import nn
from torch.nn import functional as F

sys.path.append(str(pathlib.Path(__file__).parents[2] / "bench"))

from parity import error, fill, images, summary  # noqa: E402
from pytorch_resnet32 import Block, ResNet32  # noqa: E402

BATCH, CLASSES, SCALE, ALPHA = 16, 10, 30, 0.75


def stage(channels, filters, blocks=5):
    first = Block(channels, filters, 1 if filters == channels else 2)
    return nn.Sequential(first, *(Block(filters, filters, 1) for _ in range(blocks - 1)))


class Stem(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        self.stage1 = stage(16, 16)

    def forward(self, x):
        return self.stage1(F.relu(self.bn1(self.conv1(x))))


class Experts(nn.Module):
    """Shared stem and stage 1, then stages 2 and 3 for every expert."""

    def __init__(self, widths):
        super().__init__()
        self.stem = Stem()
        self.experts = nn.ModuleList(
            nn.Sequential(stage(16, widths[0]), stage(widths[0], widths[1])) for _ in range(3)
        )

    def forward(self, x):
        shared = self.stem(x)
        return [expert(shared) for expert in self.experts]

    def layers(self):
        yield from stem_layers(self.stem)
        for e, (second, third) in enumerate(self.experts):
            yield from stage_layers(f"expert{e + 1}.stage2", second)
            yield from stage_layers(f"expert{e + 1}.stage3", third)


class Single(ResNet32):
    """ResNet-32 as a backbone of one expert."""

    def forward(self, x):
        return [self.blocks(F.relu(self.bn1(self.conv1(x))))]

    def layers(self):
        yield "stem", self.conv1, self.bn1
        for s in range(3):
            yield from stage_layers(f"stage{s + 1}", self.blocks[5 * s : 5 * s + 5])


class Branches(nn.Module):
    """BBN's backbone: four shared blocks of stage 3, then one block a branch."""

    def __init__(self):
        super().__init__()
        self.stem, self.stage2, self.stage3 = Stem(), stage(16, 32), stage(32, 64, 4)
        self.last = nn.ModuleList(Block(64, 64, 1) for _ in range(2))

    def branch(self, x, which):
        return self.last[which](self.stage3(self.stage2(self.stem(x))))

    def forward(self, x):
        return [self.branch(x, 0), self.branch(x, 1)]

    def layers(self):
        yield from stem_layers(self.stem)
        yield from stage_layers("stage2", self.stage2)
        yield from stage_layers("stage3", self.stage3)
        for e, block in enumerate(self.last):
            yield from block_layers(f"expert{e + 1}.stage3.block5", block)


def block_layers(name, block):
    yield f"{name}.convolution1", block.conv1, block.bn1
    yield f"{name}.convolution2", block.conv2, block.bn2


def stage_layers(name, blocks):
    for place, block in enumerate(blocks):
        yield from block_layers(f"{name}.block{place + 1}", block)


def stem_layers(stem):
    yield "stem", stem.conv1, stem.bn1
    yield from stage_layers("stage1", stem.stage1)


class Bilateral(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone, self.linear = Branches(), nn.Linear(128, CLASSES)

    def heads(self, x, partner):
        a, b = self.backbone.branch(x, 0).mean((2, 3)), self.backbone.branch(partner, 1).mean((2, 3))
        return [self.linear(2 * torch.cat([ALPHA * a, (1 - ALPHA) * b], 1))]

    def logits(self, x):
        return self.linear(torch.cat([m.mean((2, 3)) for m in self.backbone(x)], 1))

    def loss(self, heads, labels):
        return ALPHA * F.cross_entropy(heads[0], labels[0]) + (1 - ALPHA) * F.cross_entropy(heads[0], labels[1])

    def named_classifier(self):
        yield "weight", self.linear.weight, (1, 0)
        yield "bias", self.linear.bias, (0,)

    def statistics(self):
        return []


class SeveralHeads(nn.Module):
    def loss(self, heads, labels):
        """Every head counts differently, so that none can stand for another."""
        return sum((h + 1) * F.cross_entropy(head, labels[0]) for h, head in enumerate(heads))


class PerExpert(SeveralHeads):
    def __init__(self, widths, cosine):
        super().__init__()
        self.backbone, self.cosine = Experts(widths), cosine
        self.linears = nn.ModuleList(nn.Linear(widths[1], CLASSES, bias=not cosine) for _ in range(3))

    def heads(self, x, _=None):
        features = [m.mean((2, 3)) for m in self.backbone(x)]
        if not self.cosine:
            return [linear(f) for linear, f in zip(self.linears, features, strict=True)]
        return [
            SCALE * F.normalize(f, dim=1) @ F.normalize(linear.weight, dim=1).T
            for linear, f in zip(self.linears, features, strict=True)
        ]

    def logits(self, x):
        return torch.stack(self.heads(x)).mean(0)

    def named_classifier(self):
        for e, linear in enumerate(self.linears):
            yield f"expert{e + 1}.weight", linear.weight, (1, 0)
            if not self.cosine:
                yield f"expert{e + 1}.bias", linear.bias, (0,)

    def statistics(self):
        return []


class ResidualBranches(SeveralHeads):
    def __init__(self, backbone, experts):
        super().__init__()
        self.backbone = backbone
        self.norms = nn.ModuleList(nn.BatchNorm2d(64) for _ in range(3))
        self.linears = nn.ModuleList(nn.Linear(64, CLASSES) for _ in range(experts))

    def heads(self, x, _=None):
        maps = self.backbone(x)
        return [
            torch.stack([lin(norm(m).mean((2, 3))) for lin, m in zip(self.linears, maps, strict=True)]).mean(0)
            for norm in self.norms
        ]

    def logits(self, x):
        return sum(self.heads(x))

    def named_classifier(self):
        yield "scale", [norm.weight for norm in self.norms], (0,)
        yield "offset", [norm.bias for norm in self.norms], (0,)
        yield "weight", [linear.weight for linear in self.linears], (1, 0)
        yield "bias", [linear.bias for linear in self.linears], (0,)

    def statistics(self):
        for norm in self.norms:
            yield "mean", norm.running_mean
            yield "variance", norm.running_var


MODELS = {
    "bilateral": Bilateral,
    "ride": lambda: PerExpert((24, 48), cosine=True),
    "ridePort": lambda: PerExpert((32, 64), cosine=False),
    "reslt": lambda: ResidualBranches(Single(CLASSES), 1),
    "resltPort": lambda: ResidualBranches(Experts((32, 64)), 3),
}


def named(model):
    for name, conv, bn in model.backbone.layers():
        yield f"backbone.{name}.filter", conv.weight, (2, 3, 1, 0)
        yield f"backbone.{name}.scale", bn.weight, (0,)
        yield f"backbone.{name}.offset", bn.bias, (0,)
    for name, tensors, axes in model.named_classifier():
        yield f"classifier.{name}", tensors, axes


def gradient(tensors):
    return [tensor.grad for tensor in tensors] if isinstance(tensors, list) else tensors.grad


def statistics(model):
    result = {}
    for name, _, bn in model.backbone.layers():
        for ours, tensor in (("mean", bn.running_mean), ("variance", bn.running_var)):
            result[f"backbone.{name}.{ours}"] = summary(tensor, (0,), 2)
    for name, tensor in model.statistics():
        found = summary(tensor, (0,), 2)
        assert result.setdefault(f"classifier.{name}", found) == found, "the branches' statistics must be equal"
    return result


def run(build, dtype):
    torch.manual_seed(0)
    model = build().to(dtype)
    fill(named(model))
    x, partner = images(BATCH, 2000).to(dtype), images(BATCH, 2001).to(dtype)
    labels = [torch.arange(BATCH) * 7 % CLASSES, torch.arange(BATCH) * 3 % CLASSES]
    heads = model.heads(x, partner)
    model.loss(heads, labels).backward()
    gradients = {name: summary(gradient(tensors), axes, 2) for name, tensors, axes in named(model)}
    # Round-off that crosses a ReLU's kink moves the backbone's gradients by far more than the classifier's.
    part = lambda which: {name: values for name, values in gradients.items() if name.startswith(which)}  # noqa: E731
    result = {
        "heads": torch.stack(heads).flatten().tolist(),
        "backboneGradients": part("backbone"),
        "classifierGradients": part("classifier"),
        "statistics": statistics(model),
    }
    model.eval()
    return result | {"logits": model.logits(x).flatten().tolist()}


def rounded(value):
    if isinstance(value, dict):
        return {key: rounded(each) for key, each in value.items()}
    return [rounded(each) for each in value] if isinstance(value, list) else float(f"{value:.9g}")


def golden(build):
    reference, single = run(build, torch.float64), run(build, torch.float32)
    return reference | {"float32": {key: error(single[key], reference[key]) for key in reference}}


found = {name: rounded(golden(build)) for name, build in MODELS.items()}
settings = {"torch": torch.__version__, "batch": BATCH, "classes": CLASSES, "scale": SCALE, "alpha": ALPHA}
# One tensor a line.
lines = json.dumps(found | {"settings": settings}).replace('], "', '],\n"').replace('{"', '{\n"')
pathlib.Path(__file__).with_name("experts.json").write_text(lines + "\n")
