"""Makes t-sne.json: joint probabilities and the reached divergence of t-SNE on made-up points, computed with scikit-learn.

Run with scikit-learn 1.7.2, NumPy 2.4.6 and SciPy 1.17.1: python make-t-sne.py > t-sne.json
"""

import json
import sys

import numpy as np
from scipy.spatial.distance import pdist, squareform
from sklearn.manifold import TSNE
from sklearn.manifold._t_sne import _joint_probabilities

points, size, perplexity = 80, 5, 10
random = np.random.default_rng(0)
rows = np.round(random.normal(0, 1, (points, size)) + 3 * np.eye(size)[np.arange(points) % 4], 2)
distances = squareform(pdist(rows, "sqeuclidean")).astype(np.float32)
joint = _joint_probabilities(distances, perplexity, 0)
divergences = [
    TSNE(perplexity=perplexity, method="exact", init="random", random_state=seed, max_iter=1000).fit(rows).kl_divergence_
    for seed in range(5)
]
json.dump(
    {
        "size": size,
        "perplexity": perplexity,
        "rows": rows.ravel().tolist(),
        # Of the pairs (0, 1), (0, 2), …, (1, 2), …
        "joint": [float(f"{p:.6g}") for p in joint],
        "divergences": [float(f"{d:.6g}") for d in divergences],
    },
    sys.stdout,
)
