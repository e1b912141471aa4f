"""Trains the published procedure of H2T on CIFAR-LT in PyTorch, apart from the kit.

The kit's accuracies may be wrong because the kit is. This script shares its recipe, its split of the images and its
folder of packed images, but no code. The ResNet-32 of `../pytorch_resnet32.py` is the benchmark's; `cifar_lt.py` reads
the images.

Sources: "paper" is Feature Fusion from Head to Tail for Long-Tailed Visual Recognition (AAAI 2024); "code: H2T FILE" is
the authors' code, which sets what the paper leaves open. All images stay on the device as bytes, and every random
number is drawn from a stream of its seed, purpose and epoch: an interrupted run goes on as if nothing had happened.
"""

import argparse
import json
import math
import os
import pathlib
import platform
import statistics
import sys
import time
from dataclasses import asdict, dataclass, replace
from typing import Any, Iterator, Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))

from cifar_lt import DEVIATION, MEAN, Data, crop_and_flip, draw_crops, draw_order, export, load, normalise  # noqa: E402
from pytorch_resnet32 import ResNet32  # noqa: E402

BATCH = 128
# Ranks of the classes at which medium and tail begin in the paper's tables (code: H2T config/cifar100).
GROUP_STARTS = {10: (3, 7), 100: (36, 71)}
# Share of stage I's epochs; stage II is shortened in a trial only.
PROFILES = {"paper": 1.0, "short": 1 / 5, "trial": 2 / 200}


def stream(seed: int, stage: int, epoch: int, purpose: str) -> np.random.Generator:
    """What a purpose draws from in an epoch; always on the CPU, so that every device sees the same numbers."""
    purposes = ("order", "crops", "mixup", "fusing order", "fusing crops", "channels")
    return np.random.default_rng([seed, stage, epoch, purposes.index(purpose)])


def mix(images: Tensor, partner: Tensor, share: float) -> Tensor:
    """λ x + (1 − λ) x[π] (code: H2T methods.py)."""
    return share * images + (1 - share) * images[partner]


def mixed_loss(logits: Tensor, labels: Tensor, partner: Tensor, share: float) -> Tensor:
    """λ L(y) + (1 − λ) L(y[π]) (code: H2T methods.py)."""
    return share * F.cross_entropy(logits, labels) + (1 - share) * F.cross_entropy(logits, labels[partner])


def fuse(fused: Tensor, fusing: Tensor, channels: Tensor) -> Tensor:
    """F^B with the given channels of F^I, image by image (paper section 3.3; code: H2T methods.py).

    Pooling takes each channel by itself: pooled features [b, d] may be fused in place of maps [b, d, h, w].
    """
    result = fused.clone()
    result[:, channels] = fusing[:, channels]
    return result


def draw_channels(ratio: float, size: int, rng: np.random.Generator) -> np.ndarray:
    """⌊p·d⌋ of d channels, once a batch; p is the share replaced (paper section 4.4; code: H2T methods.py)."""
    return rng.permutation(size)[: math.floor(ratio * size)]


# Stages


@dataclass(frozen=True)
class StageOne:
    """Backbone and classifier on the images as they are (paper section 4.2; code: H2T config/cifar100)."""

    epochs: int = 200
    warmup: int = 5  # in the code only
    decays: tuple[int, int] = (160, 180)
    learning_rate: float = 0.1
    weight_decay: float = 2e-4
    mixup: float = 1.0  # α; 0 mixes nothing


@dataclass(frozen=True)
class StageTwo:
    """The classifier again on class-balanced batches (paper Algorithm 1; code: H2T train_stage2.py)."""

    weight_decay: float
    epochs: int = 10
    learning_rate: float = 0.02
    shift_bn: bool = True  # in the code only: the backbone is in training mode, and running statistics drift
    ratio: float | None = None  # p; None is DR, which has no second batch
    fusing: str | None = None  # sampler of the second batch


def shortened(stage: StageOne, share: float) -> StageOne:
    """All that is told in epochs by the same share, and at least one, as the kit's profiles do."""
    epochs, warmup, first, second = (max(1, int(n * share + 0.5)) for n in (stage.epochs, stage.warmup, *stage.decays))
    return replace(stage, epochs=epochs, warmup=warmup, decays=(first, second))


def learning_rate(stage: StageOne | StageTwo, epoch: int) -> float:
    """Rate of an epoch, counted from 0 (code: H2T train_stage1.py, train_stage2.py).

    I: lr·(e + 1)/W while e < W, then lr·0.1^(decays so far).   II: lr·½(1 + cos(π e/E))
    """
    if isinstance(stage, StageTwo):
        return stage.learning_rate * 0.5 * (1 + math.cos(math.pi * epoch / stage.epochs))
    if epoch < stage.warmup:
        return stage.learning_rate * (epoch + 1) / stage.warmup
    return stage.learning_rate * 0.1 ** sum(epoch >= decay for decay in stage.decays)


def new_model(classes: int, seed: int) -> ResNet32:
    """He-normal weights by fan-in; the bias is drawn as PyTorch does (code: H2T models/resnet_cifar.py)."""
    torch.manual_seed(seed)
    model = ResNet32(classes)
    for module in model.modules():
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            nn.init.kaiming_normal_(module.weight)
    return model


@dataclass(frozen=True)
class Epoch:
    """An epoch's batches and random numbers; the last batch may be smaller (code: H2T train_stage1.py)."""

    data: Data
    seed: int
    stage: int
    epoch: int

    @property
    def sizes(self) -> list[int]:
        n = sum(self.data.counts)
        return [min(BATCH, n - start) for start in range(0, n, BATCH)]

    def stream(self, purpose: str) -> np.random.Generator:
        return stream(self.seed, self.stage, self.epoch, purpose)

    def send(self, array: np.ndarray) -> Tensor:
        return torch.from_numpy(array).to(self.data.train.device)

    def batches(self, sampler: str, prefix: str = "") -> Iterator[tuple[Tensor, Tensor]]:
        """Augmented images and their labels."""
        constants = torch.tensor((MEAN, DEVIATION), device=self.data.train.device)
        order = self.send(draw_order(sampler, self.data.counts, self.stream(f"{prefix}order")))
        crops = self.send(draw_crops(len(order), self.stream(f"{prefix}crops")))
        for images, places in zip(order.split(BATCH), crops.split(BATCH)):
            pixels = crop_and_flip(self.data.train, images, places)
            yield normalise(pixels, constants, self.data.channels_last), self.data.train_labels[images]


def losses_of_stage_one(stage: StageOne, model: ResNet32, epoch: Epoch) -> Iterator[Tensor]:
    """The loss of each batch, mixed where α > 0; λ and π are drawn once a batch."""
    model.train()
    rng, alpha = epoch.stream("mixup"), stage.mixup
    shares = rng.beta(alpha, alpha, size=len(epoch.sizes)).tolist() if alpha > 0 else []
    partners = epoch.send(np.concatenate([rng.permutation(size) for size in epoch.sizes])).split(BATCH)
    for step, (images, labels) in enumerate(epoch.batches("instance")):
        if shares:
            share, partner = shares[step], partners[step]
            yield mixed_loss(model(mix(images, partner, share)), labels, partner, share)
        else:
            yield F.cross_entropy(model(images), labels)


def losses_of_stage_two(stage: StageTwo, model: ResNet32, epoch: Epoch) -> Iterator[Tensor]:
    """The loss of each class-balanced batch, with its own labels, fused or not; no gradient reaches the backbone."""
    model.train(stage.shift_bn)
    rng, size = epoch.stream("channels"), model.linear.in_features
    channels = epoch.send(np.stack([draw_channels(stage.ratio or 0, size, rng) for _ in epoch.sizes]))
    lent = epoch.batches(stage.fusing, "fusing ") if stage.fusing else None
    for step, (images, labels) in enumerate(epoch.batches("class-balanced")):
        with torch.no_grad():
            # The fused batch passes first: with shift-BN the order weighs in the running statistics.
            features = model.features(images)
            if lent:
                features = fuse(features, model.features(next(lent)[0]), channels[step])
        yield F.cross_entropy(model.linear(features), labels)


def train_epoch(
    stage: StageOne | StageTwo, model: ResNet32, optimiser: torch.optim.Optimizer, data: Data, seed: int, number: int
) -> float:
    """One epoch, counted from 0; returns the mean loss."""
    if isinstance(stage, StageOne):
        epoch = Epoch(data, seed, 1, number)
        losses = losses_of_stage_one(stage, model, epoch)
    else:
        epoch = Epoch(data, seed, 2, number)
        losses = losses_of_stage_two(stage, model, epoch)
    total = torch.zeros((), device=data.train.device)
    for loss, size in zip(losses, epoch.sizes, strict=True):
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        # Added up on the device: reading every loss would make the GPU wait for Python.
        total += loss.detach() * size
    return total.item() / sum(data.counts)


@torch.no_grad()
def evaluate(model: ResNet32, data: Data) -> dict[str, float]:
    """Test accuracy in percent over all classes, and the mean over each group's classes (code: H2T train_stage2.py)."""
    model.eval()
    constants = torch.tensor((MEAN, DEVIATION), device=data.test.device)
    parts = data.test.split(1000)
    predicted = torch.cat([model(normalise(pixels, constants, data.channels_last)).argmax(1) for pixels in parts])
    classes = len(data.counts)
    right = torch.bincount(data.test_labels[predicted == data.test_labels], minlength=classes)
    by_class = (100 * right / torch.bincount(data.test_labels, minlength=classes)).tolist()
    medium, tail = GROUP_STARTS[classes]
    groups = {"head": by_class[:medium], "medium": by_class[medium:tail], "tail": by_class[tail:]}
    every = 100 * right.sum().item() / len(data.test_labels)
    return {"all": every} | {name: statistics.fmean(accuracies) for name, accuracies in groups.items()}


def save(state: dict[str, Any], file: pathlib.Path) -> None:
    """Writes beside the file and renames, so that a kill leaves the old state or the new one."""
    part = file.with_suffix(".part")
    torch.save(state, part)
    os.replace(part, file)


def train(
    stage: StageOne | StageTwo, model: ResNet32, data: Data, seed: int, file: pathlib.Path, facts: dict[str, Any]
) -> dict[str, Any]:
    """Trains a stage to its end, from the epoch that `file` holds, and leaves the result in the model.

    `facts` says what else the result depends on; a file of other facts is refused.
    """
    facts = json.loads(json.dumps(facts | {"stage": asdict(stage), "seed": seed}))
    trained = model if isinstance(stage, StageOne) else model.linear
    optimiser = torch.optim.SGD(trained.parameters(), lr=0, momentum=0.9, weight_decay=stage.weight_decay)
    state: dict[str, Any] = {"facts": facts, "history": [], "seconds": 0.0}
    if file.exists():
        state = torch.load(file, map_location=data.train.device, weights_only=True)
        if state["facts"] != facts:
            raise SystemExit(f"{file} was trained with other settings or images: name another folder with --out")
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
    for epoch in range(len(state["history"]), stage.epochs):
        begin, rate = time.perf_counter(), learning_rate(stage, epoch)
        for group in optimiser.param_groups:
            group["lr"] = rate
        loss = train_epoch(stage, model, optimiser, data, seed, epoch)
        if not math.isfinite(loss):
            raise SystemExit(f"the loss is {loss} in epoch {epoch + 1}: lower the learning rate")
        accuracy = evaluate(model, data)
        seconds = time.perf_counter() - begin
        state["history"].append({"epoch": epoch + 1, "learningRate": rate, "loss": loss} | accuracy)
        state |= {"seconds": state["seconds"] + seconds, "environment": environment(data)}
        save(state | {"model": model.state_dict(), "optimiser": optimiser.state_dict()}, file)
        numbers = "  ".join(f"{name} {value:.2f}" for name, value in accuracy.items())
        place = f"seed {seed}  {file.stem}  {epoch + 1}/{stage.epochs}"
        print(f"{place}  loss {loss:.4f}  {numbers}  {seconds:.1f} s", flush=True)
    return state


def environment(data: Data) -> dict[str, Any]:
    device = data.train.device
    name = torch.cuda.get_device_name(device) if device.type == "cuda" else platform.processor() or platform.machine()
    versions = {"python": platform.python_version(), "torch": str(torch.__version__), "numpy": np.__version__}
    settings = {"threads": torch.get_num_threads(), "channelsLast": data.channels_last}
    return versions | settings | {"device": f"{device.type}: {name}", "tf32": torch.backends.cudnn.allow_tf32}


def row_of(state: dict[str, Any]) -> dict[str, Any]:
    """What the JSON says of a stage; the best epoch is the first of the best, among this stage's own."""
    history = state["history"]
    best = max(history, key=lambda entry: entry["all"])
    measured = {"last": history[-1], "bestOnTest": best, "seconds": round(state["seconds"], 1)}
    return {"settings": state["facts"]["stage"]} | measured | {"environment": state["environment"], "history": history}


def train_seed(args: argparse.Namespace, data: Data, seed: int) -> None:
    """Stage I, then every row of stage II from its last epoch, and `seed-S.json` after each of them."""
    states, report = args.out / f"seed-{seed}", args.out / f"seed-{seed}.json"
    states.mkdir(parents=True, exist_ok=True)
    model = new_model(len(data.counts), seed).to(args.device)
    if args.channels_last:
        model = model.to(memory_format=torch.channels_last)
    one = shortened(StageOne(weight_decay=args.weight_decay, mixup=args.mixup), PROFILES[args.profile])
    facts: dict[str, Any] = {"images": data.images_digest}
    first = train(one, model, data, seed, states / "stage-1.pt", facts)
    rows = {"stage-1": row_of(first)}
    if report.exists():
        old = json.loads(report.read_text())["rows"]
        rows = old if old["stage-1"]["history"] == rows["stage-1"]["history"] else rows
    weights = {name: value.clone() for name, value in model.state_dict().items()}
    # Stage II depends on the stage I that it starts from, of which the last epoch's loss and accuracies are a trace.
    facts["from"] = first["history"][-1]
    for name, two in {"": None, **rows_of(args)}.items():
        if two:
            model.load_state_dict(weights)
            rows[name] = row_of(train(two, model, data, seed, states / f"{name}.pt", facts))
        about = {"dataset": data.name, "origin": data.origin, "imbalanceRatio": args.ratio}
        about |= {"profile": args.profile, "seed": seed}
        split = {"classCounts": data.counts, "splitDigest": data.split_digest, "imagesDigest": data.images_digest}
        part = report.with_suffix(".part")
        part.write_text(json.dumps(about | split | {"rows": rows}, indent=1) + "\n")
        os.replace(part, report)


def rows_of(args: argparse.Namespace) -> dict[str, StageTwo]:
    """The rows of stage II by name, such as `h2t-p0.3-instance-bn-on`."""
    decay = args.weight_decay_2 if args.weight_decay_2 is not None else 5e-4 if args.ratio == 100 else 2e-4
    epochs = 2 if args.profile == "trial" else 10
    rows = {}
    for bn in args.shift_bn:
        plain = StageTwo(decay, epochs, args.lr_2, shift_bn=bn == "on")
        if "dr" in args.methods:
            rows[f"dr-bn-{bn}"] = plain
        for p, fusing in ((p, fusing) for p in args.p for fusing in args.fusing if "h2t" in args.methods):
            rows[f"h2t-p{p:g}-{fusing}-bn-{bn}"] = replace(plain, ratio=p, fusing=fusing)
    return rows


def summarise(out: pathlib.Path) -> str:
    """Mean and sample standard deviation over the seeds in a folder, last epoch and best on test."""
    reports = [json.loads(file.read_text())["rows"] for file in sorted(out.glob("seed-*.json"))]
    titles = f"{'all, last':>14} {'all, best':>14}  {'head':>6} {'medium':>6} {'tail':>6} (last)"
    lines = [f"{'row':30} {'seeds':>5}  {titles}"]
    for name in dict.fromkeys(name for rows in reports for name in rows):
        found = [rows[name] for rows in reports if name in rows]

        def of(epoch: str, key: str, found: list[Any] = found) -> list[float]:
            return [row[epoch][key] for row in found]

        def spread(values: list[float]) -> str:
            deviation = f" ± {statistics.stdev(values):.2f}" if len(values) > 1 else ""
            return f"{statistics.fmean(values):.2f}{deviation}"

        groups = " ".join(f"{statistics.fmean(of('last', key)):6.2f}" for key in ("head", "medium", "tail"))
        both = f"{spread(of('last', 'all')):>14} {spread(of('bestOnTest', 'all')):>14}"
        lines.append(f"{name:30} {len(found):5}  {both}  {groups}")
    return "\n".join(lines)


EXAMPLES = """examples:
  the paper's CIFAR-100-LT, DR and DR+H2T, on a GPU
      %(prog)s data/cifar100 --out cifar100-100 --device cuda --seeds 0,1,2
  Figure 5: every fusion ratio, from the same stage I
      %(prog)s data/cifar100 --out cifar100-100 --device cuda --methods h2t --p 0,0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9,1
  Table 5: other samplers of the second batch
      %(prog)s data/cifar100 --out cifar100-100 --device cuda --methods h2t --fusing class-balanced,reversed
  CIFAR-10-LT as in the paper: CE without mixup, and the stage I of DR and DR+H2T
      %(prog)s data/cifar10 --out cifar10-100-plain --device cuda --mixup 0 --methods stage-1
      %(prog)s data/cifar10 --out cifar10-100 --device cuda
  only what another machine needs, 42 MB for CIFAR-100 at ratio 100 in place of 184
      %(prog)s data/cifar100 --export reduced --compress

Start the same command again after an interruption: it goes on after the last finished epoch."""


def parser() -> argparse.ArgumentParser:
    def several(kind: Any, allowed: Sequence[str] = ()) -> Any:
        def parse(text: str) -> list[Any]:
            values = [kind(word) for word in text.split(",")]
            for value in values:
                if (allowed and value not in allowed) or (kind is float and not 0 <= value <= 1):
                    raise argparse.ArgumentTypeError(f"{value} is none of {', '.join(allowed) or '0 … 1'}")
            return values

        return parse

    describe = "Train the published procedure of H2T on CIFAR-LT in PyTorch, to check the kit's accuracies."
    p = argparse.ArgumentParser(
        description=describe, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    p.add_argument("data", type=pathlib.Path, help="folder that `h2t data` packed, or that --export wrote")
    p.add_argument("--ratio", type=float, default=100, help="imbalance ratio, largest over smallest class (100)")
    p.add_argument("--out", type=pathlib.Path, help="folder for one JSON a seed, and what resuming needs")
    p.add_argument("--export", type=pathlib.Path, help="write the chosen images to this new folder and stop")
    p.add_argument("--compress", action="store_true", help="with --export: as xz, two thirds of the size")
    p.add_argument("--seeds", type=several(int), default=[0], help="such as 0,1,2; one after another (0)")
    p.add_argument("--profile", choices=PROFILES, default="paper", help="200 epochs, 40 or 2 of stage I (paper)")
    p.add_argument("--device", choices=("cpu", "cuda"), default="cpu", help="where to train (cpu)")
    p.add_argument("--threads", type=int, help="threads on the CPU (PyTorch's choice)")
    p.add_argument("--tf32", action="store_true", help="let a GPU round products to 10 bits: faster, less exact")
    layouts, about_layouts = argparse.BooleanOptionalAction, "memory layout of images; changes speed and last bits (on)"
    p.add_argument("--channels-last", action=layouts, default=True, help=about_layouts)
    one = p.add_argument_group("stage I: backbone and classifier, images as they are")
    one.add_argument("--mixup", type=float, default=1.0, help="α of mixup; 0 is the paper's CE on CIFAR-10-LT (1)")
    one.add_argument("--weight-decay", type=float, default=2e-4, help="(2e-4)")
    two = p.add_argument_group("stage II: the classifier again, class-balanced; lists train every combination")
    methods = several(str, ("stage-1", "dr", "h2t"))
    two.add_argument("--methods", type=methods, default=["dr", "h2t"], help="dr, h2t, or stage-1 for neither (dr,h2t)")
    two.add_argument("--p", type=several(float), default=[0.3], help="share of channels that H2T replaces (0.3)")
    samplers = several(str, ("instance", "class-balanced", "reversed"))
    two.add_argument("--fusing", type=samplers, default=["instance"], help="sampler of the lending batch (instance)")
    shifts = several(str, ("on", "off"))
    two.add_argument("--shift-bn", type=shifts, default=["on"], help="whether batch norm's statistics drift (on)")
    two.add_argument("--lr-2", type=float, default=0.02, help="learning rate, falling as a cosine (0.02)")
    two.add_argument("--weight-decay-2", type=float, help="(5e-4 at ratio 100, else 2e-4)")
    return p


def main(words: Sequence[str] | None = None) -> None:
    args = parser().parse_args(words)
    if args.export:
        return export(args.data, args.export, args.ratio, args.compress)
    if not args.out:
        raise SystemExit("name a folder for the results with --out, or for images with --export")
    if args.ratio < 1:
        raise SystemExit(f"--ratio is largest over smallest class, so 100 and never 0.01; got {args.ratio:g}")
    if args.device == "cuda" and not torch.cuda.is_available():
        raise SystemExit("PyTorch sees no GPU: use --device cpu, or install a build for NVIDIA GPUs")
    if args.threads:
        torch.set_num_threads(args.threads)
    torch.backends.cudnn.benchmark = True
    # PyTorch allows TF32 in convolutions unless told otherwise.
    torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = args.tf32
    data = load(args.data, args.ratio, args.device, args.channels_last)
    if len(data.counts) not in GROUP_STARTS:
        raise SystemExit(f"{data.name} has {len(data.counts)} classes: the paper's groups are known for 10 and 100")
    print(f"{data.name} ({data.origin}) at ratio {args.ratio:g}: {sum(data.counts)} training images")
    print(f"split {data.split_digest}")
    print(json.dumps(environment(data)), flush=True)
    for seed in args.seeds:
        train_seed(args, data, seed)
    print(summarise(args.out))


if __name__ == "__main__":
    main()
