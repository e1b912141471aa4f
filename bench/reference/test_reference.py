"""Tests of train_reference.py and cifar_lt.py: python -m unittest discover bench/reference (a minute on one core)."""

import contextlib
import hashlib
import io
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest
from unittest import mock

import numpy as np
import torch

here = pathlib.Path(__file__).resolve().parent
project = here.parents[1]
sys.path.insert(0, str(here))

import cifar_lt as lt  # noqa: E402
import train_reference as ref  # noqa: E402

MODULES = project / "node_modules"


def write_pack(folder: pathlib.Path, each: int = 12, classes: int = 10) -> pathlib.Path:
    """A packed data set of random pixels in the kit's format; the labels are mixed, as in the official files."""
    folder.mkdir(parents=True)
    random, files, counts = np.random.default_rng(5), {}, {}
    for part, size in (("train", each), ("test", 4)):
        counts[part] = size * classes
        labels = random.permutation(np.repeat(np.arange(classes), size)).astype("<i4")
        pixels = random.integers(0, 256, (size * classes, 32, 32, 3), dtype=np.uint8)
        for name, array in ((f"{part}-images.bin", pixels), (f"{part}-labels.bin", labels)):
            content = array.tobytes()
            (folder / name).write_bytes(content)
            files[name] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    shape = {"height": 32, "width": 32, "classNames": [str(c) for c in range(classes)]}
    about = {"schemaVersion": 1, "name": "tiny", "origin": "generated"}
    (folder / "manifest.json").write_text(json.dumps(about | shape | {"counts": counts, "files": files}))
    return folder


class WithFolder(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        # Three batches an epoch, of which the last is smaller.
        self.enterContext(mock.patch.object(ref, "BATCH", 32))


class Split(WithFolder):
    def test_counts(self) -> None:
        self.assertEqual(lt.long_tailed_counts(5000, 10, 100), [5000, 2997, 1796, 1077, 645, 387, 232, 139, 83, 50])
        for ratio, total in ((200, 9502), (100, 10847), (50, 12608)):
            self.assertEqual(sum(lt.long_tailed_counts(500, 100, ratio)), total)

    def test_digest_is_the_one_that_the_kit_prints(self) -> None:
        positions = lt.chosen_positions([500] * 100, lt.long_tailed_counts(500, 100, 100))
        self.assertEqual(positions[0][:8], [90, 254, 283, 445, 461, 15, 316, 489])
        self.assertEqual(lt.digest_of(positions), "8d5b6e9a405044e57e62bfdf072cf53ec4ab10163ef1085000c88f79fe9b9515")
        self.assertEqual(lt.digest_of([[2, 0], [1]])[:8], "37d71e0c")

    @unittest.skipUnless(shutil.which("node") and MODULES.exists(), "needs Node and the kit's modules")
    def test_the_kit_chooses_the_same_images(self) -> None:
        for dataset, classes, ratio in (("cifar10", 10, 100), ("cifar100", 100, 100), ("cifar100", 100, 50)):
            command = ["node", "bin/h2t.js", "split", dataset, "--ratio", str(ratio), "--json"]
            kit = json.loads(subprocess.run(command, cwd=project, check=True, capture_output=True).stdout)
            each = 50000 // classes
            counts = lt.long_tailed_counts(each, classes, ratio)
            self.assertEqual(kit["classCounts"], counts)
            self.assertEqual(kit["positions"], lt.chosen_positions([each] * classes, counts))

    def test_an_export_trains_on_the_same_images(self) -> None:
        full = write_pack(self.folder / "full")
        whole = lt.load(full, 3, "cpu", True)
        self.assertEqual(whole.counts, lt.long_tailed_counts(12, 10, 3))
        self.assertEqual(whole.train_labels.tolist(), sorted(whole.train_labels.tolist()))
        raw = np.frombuffer((full / "train-images.bin").read_bytes(), np.uint8).reshape(-1, 32, 32, 3)
        labels = np.frombuffer((full / "train-labels.bin").read_bytes(), "<i4")
        third = np.flatnonzero(labels == 1)[lt.chosen_positions([12] * 10, whole.counts)[1][2]]
        np.testing.assert_array_equal(whole.train[whole.counts[0] + 2, 4:36, 4:36].numpy(), raw[third])
        for compress in (False, True):
            lt.export(full, self.folder / str(compress), 3, compress)
            part = lt.load(self.folder / str(compress), 3, "cpu", True)
            self.assertEqual((part.images_digest, part.split_digest), (whole.images_digest, whole.split_digest))
            self.assertTrue(torch.equal(part.train, whole.train) and torch.equal(part.test_labels, whole.test_labels))
            with self.assertRaisesRegex(SystemExit, "ratio 3"):
                lt.load(self.folder / str(compress), 4, "cpu", True)

    def test_damage_is_named(self) -> None:
        full = write_pack(self.folder / "full")
        content = bytearray((full / "test-images.bin").read_bytes())
        content[7] ^= 1
        (full / "test-images.bin").write_bytes(content)
        with self.assertRaisesRegex(SystemExit, "test-images.bin differs"):
            lt.load(full, 3, "cpu", True)


class Batches(unittest.TestCase):
    def test_crops_and_flips(self) -> None:
        images = np.random.default_rng(0).integers(0, 256, (3, 32, 32, 3), dtype=np.uint8)
        padded = np.zeros((3, 40, 40, 3), np.uint8)
        padded[:, 4:36, 4:36] = images
        index, crops = np.array([2, 0, 2, 1]), np.array([[0, 8, 0], [4, 4, 1], [8, 3, 1], [4, 4, 0]])
        out = lt.crop_and_flip(torch.tensor(padded), torch.tensor(index), torch.tensor(crops)).numpy()
        for b, (i, (dy, dx, flip)) in enumerate(zip(index, crops)):
            crop = padded[i, dy : dy + 32, dx : dx + 32]
            np.testing.assert_array_equal(out[b], crop[:, ::-1] if flip else crop)
        np.testing.assert_array_equal(out[3], images[1])

    def test_normalises(self) -> None:
        pixels = np.random.default_rng(0).integers(0, 256, (2, 32, 32, 3), dtype=np.uint8)
        expected = (pixels / 255 - [0.4914, 0.4822, 0.4465]) / [0.2023, 0.1994, 0.2010]
        constants = torch.tensor((lt.MEAN, lt.DEVIATION))
        for channels_last in (True, False):
            images = lt.normalise(torch.tensor(pixels), constants, channels_last)
            np.testing.assert_allclose(images.numpy(), expected.transpose(0, 3, 1, 2), atol=1e-5)
            layout = torch.channels_last if channels_last else torch.contiguous_format
            self.assertTrue(images.is_contiguous(memory_format=layout))
            self.assertTrue(ref.mix(images, torch.tensor([1, 0]), 0.3).is_contiguous(memory_format=layout))

    def test_samplers(self) -> None:
        counts = [60, 30, 10]
        classes = np.repeat([0, 1, 2], counts)

        def share(sampler: str) -> np.ndarray:
            drawn = [lt.draw_order(sampler, counts, np.random.default_rng(epoch)) for epoch in range(300)]
            self.assertEqual({len(order) for order in drawn}, {100})
            return np.bincount(classes[np.concatenate(drawn)], minlength=3) / 30000

        order = lt.draw_order("instance", counts, np.random.default_rng(0))
        self.assertEqual(sorted(order), list(range(100)))
        np.testing.assert_allclose(share("class-balanced"), [1 / 3, 1 / 3, 1 / 3], atol=0.01)
        np.testing.assert_allclose(share("reversed"), [1 / 9, 2 / 9, 6 / 9], atol=0.01)
        crops = lt.draw_crops(5000, np.random.default_rng(0))
        self.assertEqual([set(column) for column in crops.T], [set(range(9)), set(range(9)), {0, 1}])


class Formulas(unittest.TestCase):
    def test_mixup(self) -> None:
        images, partner = torch.tensor([[1.0, 2.0], [3.0, 5.0], [0.0, 8.0]]), torch.tensor([2, 0, 1])
        mixed = ref.mix(images, partner, 0.25)
        np.testing.assert_allclose(mixed.numpy(), [[0.25, 6.5], [1.5, 2.75], [2.25, 5.75]])
        logits, labels = np.array([[1.0, 2.0], [0.5, 0.0], [3.0, -1.0]]), np.array([0, 1, 1])
        log_share = logits - np.log(np.exp(logits).sum(1, keepdims=True))
        own, other = -log_share[range(3), labels].mean(), -log_share[range(3), labels[[2, 0, 1]]].mean()
        loss = ref.mixed_loss(torch.tensor(logits), torch.tensor(labels), partner, 0.25)
        self.assertAlmostEqual(loss.item(), 0.25 * own + 0.75 * other, places=12)

    def test_fusion(self) -> None:
        fused, fusing = torch.arange(8.0).view(2, 4), torch.arange(8.0).view(2, 4) + 100
        result = ref.fuse(fused, fusing, torch.tensor([3, 0]))
        self.assertEqual(result.tolist(), [[100, 1, 2, 103], [104, 5, 6, 107]])
        self.assertEqual(fused.tolist(), [[0, 1, 2, 3], [4, 5, 6, 7]])

    def test_pooling_after_fusion_is_fusion_after_pooling(self) -> None:
        maps, lent = torch.rand(2, 3, 64, 8, 8).double()
        channels = torch.from_numpy(ref.draw_channels(0.3, 64, np.random.default_rng(0)))
        pooled = ref.fuse(maps.mean((2, 3)), lent.mean((2, 3)), channels)
        torch.testing.assert_close(pooled, ref.fuse(maps, lent, channels).mean((2, 3)))

    def test_channels(self) -> None:
        sizes = {p: len(ref.draw_channels(p, 64, np.random.default_rng(0))) for p in (0, 0.25, 0.3, 0.4, 1)}
        self.assertEqual(sizes, {0: 0, 0.25: 16, 0.3: 19, 0.4: 25, 1: 64})

    def test_learning_rates(self) -> None:
        one = ref.StageOne()
        rates = [ref.learning_rate(one, epoch) for epoch in (0, 4, 5, 159, 160, 179, 180, 199)]
        np.testing.assert_allclose(rates, [0.02, 0.1, 0.1, 0.1, 0.01, 0.01, 0.001, 0.001])
        rates = [ref.learning_rate(ref.StageTwo(5e-4), epoch) for epoch in (0, 1, 5, 9)]
        np.testing.assert_allclose(rates, [0.02, 0.019511, 0.01, 0.000489], atol=1e-6)

    def test_profiles(self) -> None:
        short, trial = (ref.shortened(ref.StageOne(), ref.PROFILES[name]) for name in ("short", "trial"))
        self.assertEqual((short.epochs, short.warmup, short.decays), (40, 1, (32, 36)))
        self.assertEqual((trial.epochs, trial.warmup, trial.decays), (2, 1, (2, 2)))

    def test_model(self) -> None:
        model = ref.new_model(100, 0)
        self.assertEqual(sum(p.numel() for p in model.parameters()), 470_004)
        self.assertAlmostEqual(model.blocks[-1].conv2.weight.std().item(), (2 / (9 * 64)) ** 0.5, places=3)
        self.assertAlmostEqual(model.linear.weight.std().item(), (2 / 64) ** 0.5, places=2)
        self.assertLessEqual(model.linear.bias.abs().max().item(), 1 / 8)


class Training(WithFolder):
    def setUp(self) -> None:
        super().setUp()
        torch.set_num_threads(1)
        self.pack = write_pack(self.folder / "pack")

    def run_main(self, out: str, *words: str) -> str:
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            settings = ("--ratio", "3", "--profile", "trial", "--out", str(self.folder / out))
            ref.main([str(self.pack), *settings, *words])
        return printed.getvalue()

    def test_accuracies(self) -> None:
        data = lt.load(self.pack, 3, "cpu", True)
        predicted = torch.arange(40) % 10
        with mock.patch.object(ref.ResNet32, "forward", lambda *_: torch.eye(10)[predicted]):
            measured = ref.evaluate(ref.new_model(10, 0), data)
        labels = data.test_labels.numpy()
        by_class = np.array([100 * (predicted.numpy()[labels == c] == c).mean() for c in range(10)])
        groups = {"head": by_class[:3], "medium": by_class[3:7], "tail": by_class[7:]}
        expected = {"all": by_class.mean()} | {name: group.mean() for name, group in groups.items()}
        self.assertEqual(list(measured), list(expected))
        np.testing.assert_allclose(list(measured.values()), list(expected.values()))

    def test_an_epoch_of_h2t_is_what_numpy_computes(self) -> None:
        data, model = lt.load(self.pack, 3, "cpu", True), ref.new_model(10, 0)
        constants = torch.tensor((lt.MEAN, lt.DEVIATION))
        for module in model.modules():
            # One batch then sets the running statistics; features that nothing has normalised are in the thousands.
            if isinstance(module, torch.nn.BatchNorm2d):
                module.momentum = 1.0
        model(lt.normalise(data.test, constants, True))
        model.eval()
        stage = ref.StageTwo(5e-4, shift_bn=False, ratio=0.3, fusing="instance")
        optimiser = torch.optim.SGD(model.linear.parameters(), lr=0.02, momentum=0.9, weight_decay=5e-4)
        parameters = [p.detach().numpy().astype(np.float64) for p in model.linear.parameters()]
        n, batches, losses = sum(data.counts), [], []
        for prefix, sampler in (("", "class-balanced"), ("fusing ", "instance")):
            order = torch.tensor(lt.draw_order(sampler, data.counts, ref.stream(0, 2, 3, f"{prefix}order")))
            crops = torch.tensor(lt.draw_crops(n, ref.stream(0, 2, 3, f"{prefix}crops")))
            images = lt.normalise(lt.crop_and_flip(data.train, order, crops), constants, True)
            with torch.no_grad():
                batches.append((model.features(images).double().numpy(), data.train_labels[order].numpy()))
        (features, labels), (lent, _) = batches
        velocities, random = [0, 0], ref.stream(0, 2, 3, "channels")
        for start in range(0, n, 32):
            x, y = features[start : start + 32].copy(), labels[start : start + 32]
            channels = random.permutation(64)[:19]
            x[:, channels] = lent[start : start + 32][:, channels]
            weight, bias = parameters
            share = np.exp(x @ weight.T + bias)
            share /= share.sum(1, keepdims=True)
            losses += (-np.log(share[range(len(y)), y])).tolist()
            error = (share - np.eye(10)[y]) / len(y)
            gradients = [error.T @ x + 5e-4 * weight, error.sum(0) + 5e-4 * bias]
            velocities = [0.9 * v + g for v, g in zip(velocities, gradients)]
            parameters = [p - 0.02 * v for p, v in zip(parameters, velocities)]
        loss = ref.train_epoch(stage, model, optimiser, data, 0, 3)
        self.assertAlmostEqual(loss, np.mean(losses), places=4)
        for ours, expected in zip(model.linear.parameters(), parameters):
            np.testing.assert_allclose(ours.detach().numpy(), expected, atol=2e-5)

    def test_shift_bn_moves_the_statistics_and_nothing_else_of_the_backbone(self) -> None:
        data = lt.load(self.pack, 3, "cpu", True)
        for shift in (True, False):
            model = ref.new_model(10, 0)
            optimiser = torch.optim.SGD(model.linear.parameters(), lr=0.02)
            before = {name: value.clone() for name, value in model.state_dict().items()}
            stage = ref.StageTwo(5e-4, shift_bn=shift, ratio=0.3, fusing="instance")
            ref.train_epoch(stage, model, optimiser, data, 0, 0)
            moved = {name for name, value in model.state_dict().items() if not torch.equal(value, before[name])}
            drifting = {name for name in before if "running" in name or "tracked" in name}
            self.assertEqual(moved, {"linear.weight", "linear.bias"} | (drifting if shift else set()))
            # Both batches of each of the three steps count.
            self.assertEqual(model.bn1.num_batches_tracked.item(), 6 if shift else 0)

    def test_an_interrupted_run_ends_as_an_uninterrupted_one(self) -> None:
        printed = self.run_main("whole")
        self.assertRegex(printed, r"h2t-p0.3-instance-bn-on +1 ")
        real_save, saves = ref.save, []

        def save_and_stop(state: object, file: pathlib.Path) -> None:
            real_save(state, file)
            saves.append(file.stem)
            # After the first epoch of stage I and of H2T.
            if len(saves) in (1, 5):
                raise KeyboardInterrupt

        with mock.patch.object(ref, "save", save_and_stop):
            for _ in range(2):
                with self.assertRaises(KeyboardInterrupt):
                    self.run_main("parts")
            self.run_main("parts")
        names = ["stage-1", "dr-bn-on", "h2t-p0.3-instance-bn-on"]
        self.assertEqual(saves, [name for name in names for _ in range(2)])
        whole, parts = (json.loads((self.folder / out / "seed-0.json").read_text()) for out in ("whole", "parts"))
        self.assertEqual(list(whole["rows"]), names)
        for name in names:
            self.assertEqual(whole["rows"][name]["history"], parts["rows"][name]["history"])
            states = [torch.load(self.folder / out / f"seed-0/{name}.pt")["model"] for out in ("whole", "parts")]
            self.assertTrue(all(torch.equal(states[0][key], states[1][key]) for key in states[0]))
        # A finished folder takes another row without training again, and refuses another stage I.
        self.run_main("whole", "--methods", "h2t", "--fusing", "reversed", "--shift-bn", "off")
        more = json.loads((self.folder / "whole/seed-0.json").read_text())
        self.assertEqual(list(more["rows"]), [*names, "h2t-p0.3-reversed-bn-off"])
        self.assertEqual(more["rows"]["stage-1"], whole["rows"]["stage-1"])
        with self.assertRaisesRegex(SystemExit, "other settings"):
            self.run_main("whole", "--mixup", "0")


if __name__ == "__main__":
    unittest.main()
