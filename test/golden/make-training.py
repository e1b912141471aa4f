"""Writes training.json: cross-entropy, its gradient and SGD as PyTorch computes them, in double precision.

    pip install torch==2.13.0 && python test/golden/make-training.py

Logits, parameters and gradients come from a formula that any language can evaluate, so they need not be stored.
"""

import json
import pathlib

import torch
from parity import sequence
from torch.nn import functional as F

LABELS, WEIGHTS = [0, 3, 1, 3, 2], [0.25, 0.5, 1.25, 2.0]
RATES, SHAPES = [0.1, 0.05, 0.01], {"weight": [2, 3], "bias": [3]}
OPTIMISERS = [
    {"momentum": 0.9, "nesterov": False, "weightDecay": 5e-4},
    {"momentum": 0.9, "nesterov": True, "weightDecay": 2e-2},
    {"momentum": 0.0, "nesterov": False, "weightDecay": 0.0},
]


def cross_entropy(weights):
    logits = (5 * sequence(len(LABELS) * len(WEIGHTS), 1)).reshape(len(LABELS), -1).requires_grad_()
    weight = None if weights is None else torch.tensor(weights, dtype=torch.float64)
    loss = F.cross_entropy(logits, torch.tensor(LABELS), weight)
    loss.backward()
    return {"classWeights": weights, "loss": loss.item(), "gradient": logits.grad.flatten().tolist()}


def sgd(settings):
    parameters = {
        name: sequence(torch.Size(shape).numel(), place).reshape(shape).requires_grad_()
        for place, (name, shape) in enumerate(SHAPES.items())
    }
    optimiser = torch.optim.SGD(
        parameters.values(),
        lr=RATES[0],
        momentum=settings["momentum"],
        nesterov=settings["nesterov"],
        weight_decay=settings["weightDecay"],
    )
    steps = []
    for step, rate in enumerate(RATES):
        optimiser.param_groups[0]["lr"] = rate
        for place, parameter in enumerate(parameters.values()):
            parameter.grad = sequence(parameter.numel(), 10 * (step + 1) + place).reshape(parameter.shape)
        optimiser.step()
        steps.append({name: parameter.detach().flatten().tolist() for name, parameter in parameters.items()})
    return {**settings, "steps": steps}


result = {
    "torch": torch.__version__,
    "labels": LABELS,
    "crossEntropy": [cross_entropy(None), cross_entropy(WEIGHTS)],
    "rates": RATES,
    "shapes": SHAPES,
    "sgd": [sgd(settings) for settings in OPTIMISERS],
}
pathlib.Path(__file__).with_name("training.json").write_text(json.dumps(result, indent=1) + "\n")
