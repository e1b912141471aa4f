"""Makes splits.json: what NumPy's legacy generator chooses, as the published code calls it.

Run with NumPy 2.4.6: python make-splits.py > splits.json
Counts and choice follow H2T datasets/cifar100.py and LDAM-DRW imbalance_cifar.py.
"""

import hashlib
import json

import numpy as np


def class_counts(max_count, num_classes, ratio):
    factor = 1 / ratio
    return [int(max_count * factor ** (c / (num_classes - 1.0))) for c in range(num_classes)]


def positions(max_count, counts, seed=0):
    np.random.seed(seed)
    chosen = []
    for count in counts:
        of_class = np.arange(max_count)
        np.random.shuffle(of_class)
        chosen.append(of_class[:count].tolist())
    return chosen


def split(name, max_count, num_classes, ratio, seed=0):
    counts = class_counts(max_count, num_classes, ratio)
    chosen = positions(max_count, counts, seed)
    text = json.dumps(chosen, separators=(",", ":"))
    return {
        "dataset": name,
        "maxCount": max_count,
        "imbalanceRatio": ratio,
        "seed": seed,
        "classCounts": counts,
        "first": [one[:8] for one in (chosen[0], chosen[1], chosen[-1])],
        "digest": hashlib.sha256(text.encode()).hexdigest(),
    }


CIFAR = (("cifar10", 5000, 10), ("cifar100", 500, 100))
COUNTS = CIFAR + (("imagenet-like", 1280, 1000), ("odd", 997, 7))
json.dump(
    {
        "numpy": np.__version__,
        "splits": [split(*shape, ratio) for shape in CIFAR for ratio in (200, 100, 50)]
        + [split("cifar10", 5000, 10, 100, seed=4294967295)],
        "counts": [
            {
                "maxCount": m,
                "numClasses": c,
                "imbalanceRatio": r,
                "total": sum(class_counts(m, c, r)),
                "digest": hashlib.sha256(json.dumps(class_counts(m, c, r), separators=(",", ":")).encode()).hexdigest(),
            }
            for _, m, c in COUNTS
            for r in (1, 2, 3, 5, 10, 20, 50, 100, 200, 256, 500)
        ],
    },
    __import__("sys").stdout,
    indent=1,
)
