"""Makes evaluation.json: calibration error and accuracies of made-up logits, computed with NumPy.

Run with NumPy 2.4.6: python make-evaluation.py > evaluation.json
The binning follows H2T utils/metric.py: (lower, upper] with bounds from linspace.
"""

import json
import sys

import numpy as np

random = np.random.default_rng(0)
classes, each = 10, 8
labels = np.repeat(np.arange(classes), each)
logits = np.round(random.normal(0, 1.5, (classes * each, classes)) + 2 * np.eye(classes)[labels], 3)

exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
probabilities = exponentials / exponentials.sum(axis=1, keepdims=True)
predictions = probabilities.argmax(axis=1)
confidences = probabilities.max(axis=1)
correct = predictions == labels


def calibration(bins):
    bounds = np.linspace(0, 1, bins + 1)
    ece, mce, counts = 0.0, 0.0, []
    for lower, upper in zip(bounds[:-1], bounds[1:]):
        inside = (confidences > lower) & (confidences <= upper)
        counts.append(int(inside.sum()))
        if inside.any():
            gap = abs(correct[inside].mean() - confidences[inside].mean())
            ece += gap * inside.mean()
            mce = max(mce, gap)
    return {"bins": bins, "ece": ece, "mce": mce, "counts": counts}


per_class = [float(correct[labels == c].mean()) for c in range(classes)]
confusion = np.zeros((classes, classes), int)
np.add.at(confusion, (labels, predictions), 1)
json.dump(
    {
        "numpy": np.__version__,
        "labels": labels.tolist(),
        "logits": logits.ravel().tolist(),
        "accuracy": float(correct.mean()),
        "perClassAccuracy": per_class,
        "byIndex": {"head": np.mean(per_class[:3]), "medium": np.mean(per_class[3:7]), "tail": np.mean(per_class[7:])},
        "confusion": confusion.tolist(),
        "calibration": [calibration(15), calibration(10)],
    },
    sys.stdout,
)
