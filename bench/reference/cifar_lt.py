"""CIFAR-LT for `train_reference.py`: the kit's packed images, the published split, batches and the order they come in.

Sources: "paper" is Feature Fusion from Head to Tail (AAAI 2024), "code: H2T FILE" its authors' code.
"""

import hashlib
import json
import lzma
import pathlib
from dataclasses import dataclass
from typing import Any, Sequence

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

PADDING = 4
# CIFAR-10's statistics, which the code uses for CIFAR-100, too (code: H2T datasets/cifar100.py).
MEAN, DEVIATION = (0.4914, 0.4822, 0.4465), (0.2023, 0.1994, 0.2010)
# Pixels differ little from the one before, three bytes back: 64 MB become about 42.
XZ = [{"id": lzma.FILTER_DELTA, "dist": 3}, {"id": lzma.FILTER_LZMA2, "preset": 6, "lc": 4, "lp": 0, "pb": 0}]


@dataclass(frozen=True)
class Data:
    """A long-tailed data set on the device; its training images lie class after class, padded with black."""

    name: str
    origin: str  # official, re-encoded or generated, as the manifest says
    counts: list[int]  # training images of each class
    split_digest: str
    images_digest: str  # of the chosen training images and the test images
    train: Tensor  # uint8 [n, 40, 40, 3]
    train_labels: Tensor
    test: Tensor  # uint8 [m, 32, 32, 3]
    test_labels: Tensor
    channels_last: bool


def long_tailed_counts(most: int, classes: int, ratio: float) -> list[int]:
    """n_c = floor(n_0 · (1/ratio)^(c / (C − 1))) (code: H2T datasets/cifar100.py)."""
    return [int(most * (1 / ratio) ** (c / (classes - 1))) for c in range(classes)]


def chosen_positions(sizes: Sequence[int], counts: Sequence[int]) -> list[list[int]]:
    """Positions within its class of the images that each class keeps: one legacy NumPy stream of seed 0 shuffles class
    after class, and the first n_c stay (code: H2T datasets/cifar100.py)."""
    stream, kept = np.random.RandomState(0), []
    for size, count in zip(sizes, counts, strict=True):
        positions = np.arange(size)
        stream.shuffle(positions)
        kept.append(positions[:count].tolist())
    return kept


def digest_of(positions: list[list[int]]) -> str:
    """What `h2t split` prints: SHA-256 of the positions as JSON without spaces."""
    return hashlib.sha256(json.dumps(positions, separators=(",", ":")).encode()).hexdigest()


def read_file(folder: pathlib.Path, name: str, expected: dict[str, Any]) -> np.ndarray:
    """The bytes of a packed file, compressed or not; refused where they are not those of the manifest."""
    compressed = folder / f"{name}.xz"
    content = lzma.decompress(compressed.read_bytes()) if compressed.exists() else (folder / name).read_bytes()
    if hashlib.sha256(content).hexdigest() != expected["sha256"]:
        raise SystemExit(f"{folder / name} differs from manifest.json: pack or copy it again")
    return np.frombuffer(content, np.uint8)


def read_pack(folder: pathlib.Path, ratio: float) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """The manifest, with the split under `reduced`, and the arrays of a folder of all images or of the chosen ones."""
    if not (folder / "manifest.json").exists():
        raise SystemExit(f"{folder} has no manifest.json: name a folder that `h2t data` packed, such as data/cifar100")
    manifest = json.loads((folder / "manifest.json").read_text())
    files = {name: read_file(folder, name, file) for name, file in manifest["files"].items()}
    shape = (-1, manifest["height"], manifest["width"], 3)
    arrays = {n: b.reshape(shape) if "images" in n else b.view("<i4").astype(np.int64) for n, b in files.items()}
    if "reduced" in manifest:
        if manifest["reduced"]["imbalanceRatio"] != ratio:
            raise SystemExit(f"{folder} holds the images of ratio {manifest['reduced']['imbalanceRatio']}, not {ratio}")
        return manifest, arrays
    classes, labels = len(manifest["classNames"]), arrays["train-labels.bin"]
    members = [np.flatnonzero(labels == c) for c in range(classes)]
    counts = long_tailed_counts(len(labels) // classes, classes, ratio)
    positions = chosen_positions([len(images) for images in members], counts)
    chosen = np.concatenate([images[kept] for images, kept in zip(members, positions)])
    arrays |= {name: arrays[name][chosen] for name in ("train-images.bin", "train-labels.bin")}
    return manifest | {"reduced": {"imbalanceRatio": ratio, "splitDigest": digest_of(positions)}}, arrays


def export(source: pathlib.Path, target: pathlib.Path, ratio: float, compress: bool) -> None:
    """Writes a folder of the kit's format with the chosen training images, class after class, and the test images."""
    manifest, arrays = read_pack(source, ratio)
    target.mkdir(parents=True)
    files: dict[str, dict[str, Any]] = {}
    for name, array in arrays.items():
        content = (array if "images" in name else array.astype("<i4")).tobytes()
        files[name] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        path = target / (f"{name}.xz" if compress else name)
        path.write_bytes(lzma.compress(content, filters=XZ) if compress else content)
    counts = {"train": len(arrays["train-labels.bin"]), "test": len(arrays["test-labels.bin"])}
    digest = hashlib.sha256("".join(file["sha256"] for file in files.values()).encode()).hexdigest()
    kept = {k: v for k, v in manifest.items() if k not in ("officialImages", "sha256")}
    text = json.dumps(kept | {"counts": counts, "files": files, "digest": digest}, indent=2)
    (target / "manifest.json").write_text(text + "\n")


def load(folder: pathlib.Path, ratio: float, device: str, channels_last: bool) -> Data:
    """Puts the long-tailed data set on the device."""
    manifest, arrays = read_pack(folder, ratio)
    digest = hashlib.sha256()
    for array in arrays.values():
        digest.update(array.tobytes())
    train, labels, test, test_labels = (torch.tensor(array, device=device) for array in arrays.values())
    return Data(
        name=manifest["name"],
        origin=manifest["origin"],
        counts=torch.bincount(labels, minlength=len(manifest["classNames"])).tolist(),
        split_digest=manifest["reduced"]["splitDigest"],
        images_digest=digest.hexdigest(),
        train=F.pad(train, (0, 0, PADDING, PADDING, PADDING, PADDING)),
        train_labels=labels,
        test=test,
        test_labels=test_labels,
        channels_last=channels_last,
    )


def crop_and_flip(padded: Tensor, images: Tensor, crops: Tensor) -> Tensor:
    """Crops of padded images, [b, 32, 32, 3]; each of `crops` is dy, dx in 0 … 8 and flip in 0, 1.

    out[b, y, x] = padded[images_b, dy + y, dx + (31 − x where flipped, else x)] (code: H2T datasets/cifar100.py)
    """
    dy, dx, flip = crops[:, :, None].unbind(1)
    along = torch.arange(padded.shape[1] - 2 * PADDING, device=padded.device)
    rows, columns = dy + along, dx + torch.where(flip == 1, along.flip(0), along)
    return padded[images[:, None, None], rows[:, :, None], columns[:, None, :]]


def normalise(pixels: Tensor, constants: Tensor, channels_last: bool) -> Tensor:
    """(bytes / 255 − mean) / deviation as [b, 3, 32, 32]; `constants` holds both."""
    images = ((pixels.float() / 255 - constants[0]) / constants[1]).permute(0, 3, 1, 2)
    return images.contiguous(memory_format=torch.channels_last if channels_last else torch.contiguous_format)


def draw_order(sampler: str, counts: Sequence[int], rng: np.random.Generator) -> np.ndarray:
    """Images of an epoch (paper Eq. 3 and section 4.4; code: H2T datasets/cifar100.py).

    instance: every image once; class-balanced: class uniform, image uniform in it; reversed: class with p ∝ 1/n_c.
    """
    sizes = np.asarray(counts)
    if sampler == "instance":
        return rng.permutation(sizes.sum())
    share = 1 / sizes if sampler == "reversed" else np.ones(len(sizes))
    classes = rng.choice(len(sizes), size=sizes.sum(), p=share / share.sum())
    return (np.cumsum(sizes) - sizes)[classes] + rng.integers(sizes[classes])


def draw_crops(count: int, rng: np.random.Generator) -> np.ndarray:
    return np.column_stack([rng.integers(2 * PADDING + 1, size=(count, 2)), rng.integers(2, size=count)])
