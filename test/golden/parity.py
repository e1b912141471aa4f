"""What the scripts that compare whole models share: weights from a formula, short summaries of tensors, errors.

Weights and images come from a formula that any language can evaluate, so they need not be stored.
"""

import math

import torch


def sequence(count, seed):
    """Numbers in [-1, 1) from a 32-bit integer hash (murmur3's finaliser)."""
    x = (torch.arange(count, dtype=torch.int64) + 1 + seed * 1_000_003) & 0xFFFFFFFF
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        x = ((x ^ (x >> shift)) * factor) & 0xFFFFFFFF
    x = x ^ (x >> 16)
    return x.double() / 2**31 - 1


def images(batch, seed):
    """A batch in PyTorch's order of axes."""
    return (2 * sequence(batch * 32 * 32 * 3, seed)).reshape(batch, 32, 32, 3).permute(0, 3, 1, 2)


def fill(named):
    """Gives every parameter its formula: He-sized filters and weights, scales near 1, offsets near 0.

    `named` yields our name, PyTorch's tensor (a list stands for one of ours that stacks them), and the order of axes
    from PyTorch's to ours.
    """
    with torch.no_grad():
        for seed, (name, tensors, axes) in enumerate(named):
            parts = tensors if isinstance(tensors, list) else [tensors]
            part = [parts[0].shape[axis] for axis in axes]
            ours = [len(parts), *part] if isinstance(tensors, list) else part
            values = sequence(math.prod(ours), seed)
            if name.endswith(("filter", "weight")):
                values = values * math.sqrt(6 / math.prod(ours[:-1]))
            elif name.endswith("scale"):
                values = 1 + values / 4
            else:
                values = values / 4
            inverse = [axes.index(axis) for axis in range(len(axes))]
            for tensor, chunk in zip(parts, values.chunk(len(parts)), strict=True):
                tensor.copy_(chunk.reshape(part).permute(inverse).to(tensor.dtype))


def summary(tensors, axes, first=4):
    """Length (L2 norm), product with a fixed direction, first values; tensors of a list one after another."""
    parts = tensors if isinstance(tensors, list) else [tensors]
    values = torch.cat([part.detach().double().permute(axes).reshape(-1) for part in parts])
    direction = sequence(len(values), 1000)
    return [values.norm().item(), (values * direction).sum().item(), *values[:first].tolist()]


def error(ours, theirs):
    """Largest deviation, relative to the largest value of the reference (or of each tensor)."""
    if isinstance(theirs, dict):
        return max(error(ours[name], theirs[name]) for name in theirs)
    length = max(abs(value) for value in theirs)
    return max(abs(a - b) for a, b in zip(ours, theirs, strict=True)) / length
