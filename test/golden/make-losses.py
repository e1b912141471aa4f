"""Writes losses.json: the losses for long tails and their gradients as PyTorch computes them, in double precision.

    pip install torch==2.13.0 && python test/golden/make-losses.py

Each is written as its authors write it (one-hot and `where`, `kl_div`, `log(softmax + 1e-7)`), not as src/losses does.
Logits come from a formula that any language can evaluate, so they need not be stored.
"""

import json
import pathlib

import torch
from parity import sequence
from torch.nn import functional as F

SETTINGS = {
    10: {"labels": [0, 9, 4, 1, 1], "classCounts": [5000, 2115, 894, 378, 160, 68, 29, 12, 5, 2], "groupStarts": [0, 2, 4]},
    100: {
        "labels": [0, 58, 99],
        "classCounts": [round(5000 * 2500 ** (-i / 99)) for i in range(100)],
        "groupStarts": [0, 35, 70],
    },
}
SCALE, MARGIN, NOISE_SCALE, FACTOR, DIVERSITY, BETA = 30, 0.5, 0.5, 0.05, -0.45, 0.4


def drw_weights(counts):
    weights = (1 - 0.9999) / (1 - 0.9999**counts)
    return weights / weights.sum() * len(counts)


def balanced_softmax(heads, labels, counts, **_):
    return F.cross_entropy(heads[0] + torch.log(counts / counts.sum()), labels)


def ldam(logits, labels, counts, weights):
    margins = 1 / counts.sqrt().sqrt()
    margins = margins * (MARGIN / margins.max())
    target = F.one_hot(labels, len(counts)).bool()
    cosines = logits / SCALE
    cosines = torch.where(target, cosines - margins[labels][:, None], cosines)
    return F.cross_entropy(SCALE * cosines, labels, weight=weights)


def label_aware_smoothing(heads, labels, counts, **_):
    most, least = counts.max(), counts.min()
    smoothing = 0.1 + (0.4 - 0.1) * torch.sin((counts - least) * torch.pi / (2 * (most - least)))
    smoothing = smoothing[labels]
    log_probabilities = F.log_softmax(heads[0], dim=-1)
    of_target = -log_probabilities.gather(-1, labels[:, None]).squeeze(1)
    return ((1 - smoothing) * of_target + smoothing * -log_probabilities.mean(dim=-1)).mean()


def gcl(logits, labels, counts, noise, margin, focal):
    sizes = counts.log().max() - counts.log()
    cosines = logits / SCALE - NOISE_SCALE * noise.clamp(-1, 1).abs() / sizes.max() * sizes
    cosines = torch.where(F.one_hot(labels, len(counts)).bool(), cosines - margin, cosines)
    each = F.cross_entropy(SCALE * cosines, labels, reduction="none")
    return ((1 - torch.exp(-each).detach()) ** focal * each).mean()


def ride(heads, labels, counts, reweight):
    weights, temperature, mean_temperature = None, torch.tensor(1.0), 1.0
    if reweight:
        weights = drw_weights(counts)
        temperature = len(counts) * counts / counts.sum() * FACTOR + 1 - FACTOR
        temperature = temperature / temperature.max()
        mean_temperature = temperature.mean()
    mean = torch.stack(list(heads)).mean(0)
    loss = 0
    for head in heads:
        loss = loss + ldam(head, labels, counts, weights)
        output = F.log_softmax(head / temperature, dim=1)
        with torch.no_grad():
            target = F.softmax(mean / temperature, dim=1)
        loss = loss + DIVERSITY * mean_temperature**2 * F.kl_div(output, target, reduction="batchmean")
    return loss


def reslt(heads, labels, starts, beta):
    def each(logits, of):
        return -torch.log(F.softmax(logits, dim=1)[torch.arange(len(of)), of] + 1e-7)

    parts = [each(head[labels >= start], labels[labels >= start]) for head, start in zip(heads, starts)]
    independent = sum(part.sum() for part in parts) / sum(len(part) for part in parts)
    return (1 - beta) * each(sum(heads), labels).mean() + beta * independent


LOSSES = {
    "balancedSoftmax": (1, balanced_softmax),
    "ldam": (1, lambda heads, labels, counts, **_: ldam(heads[0], labels, counts, None)),
    "ldamDrw": (1, lambda heads, labels, counts, **_: ldam(heads[0], labels, counts, drw_weights(counts))),
    "labelAwareSmoothing": (1, label_aware_smoothing),
    "gclStage1": (1, lambda heads, labels, counts, noise, **_: gcl(heads[0], labels, counts, noise, 0, 0)),
    "gclStage2": (1, lambda heads, labels, counts, noise, **_: gcl(heads[0], labels, counts, noise, 0.1, 1)),
    "ride": (3, lambda heads, labels, counts, **_: ride(heads, labels, counts, False)),
    "rideReweighted": (3, lambda heads, labels, counts, **_: ride(heads, labels, counts, True)),
    "reslt": (3, lambda heads, labels, starts, **_: reslt(heads, labels, starts, BETA)),
    "resltHeadOnly": (3, lambda heads, labels, starts, **_: reslt(heads, labels * 0, starts, BETA)),
}


def rounded(numbers):
    return [0 if abs(number) < 1e-30 else float(f"{number:.7g}") for number in numbers]


def logits(labels, classes, amplitude, seed):
    """In single precision, which the kit computes in; every other image is classified rightly."""
    values = (amplitude * sequence(len(labels) * classes, seed)).reshape(len(labels), classes)
    for row in range(0, len(labels), 2):
        values[row, labels[row]] += 3 * amplitude
    return values.float().double().requires_grad_()


def case(name, classes, amplitude):
    count, loss_of = LOSSES[name]
    setting = SETTINGS[classes]
    labels = torch.tensor(setting["labels"])
    heads = [logits(setting["labels"], classes, amplitude, 1 + e) for e in range(count)]
    noise = (1.5 * sequence(len(labels) * classes, 9)).float().double().reshape(len(labels), classes)
    counts = torch.tensor(setting["classCounts"], dtype=torch.float64)
    loss = loss_of(heads, labels, counts=counts, noise=noise, starts=setting["groupStarts"])
    loss.backward()
    return {
        "name": name,
        "classes": classes,
        "amplitude": amplitude,
        "loss": loss.item(),
        "gradients": [rounded(head.grad.flatten().tolist()) for head in heads],
    }


result = {
    "torch": torch.__version__,
    "settings": SETTINGS,
    "drwWeights": {classes: rounded(drw_weights(torch.tensor(s["classCounts"]).double()).tolist()) for classes, s in SETTINGS.items()},
    "cases": [case(name, classes, amplitude) for name in LOSSES for classes in SETTINGS for amplitude in (5, 10_000)],
}
pathlib.Path(__file__).with_name("losses.json").write_text(json.dumps(result, separators=(",", ":")) + "\n")
