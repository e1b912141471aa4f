"""Does tasks in PyTorch, eager: a line {"task", "settings"} comes in, a line of measures goes out.

What a task needs is prepared when it is first asked for, outside the measured time, and kept.
"""

import json
import signal
import sys
import time

import torch
from pytorch_resnet32 import ResNet32
from torch.nn import functional as F


def network(batch, memory_format, classes=10):
    """A model and a batch of images in one memory format; images are drawn once."""
    torch.manual_seed(0)
    model, images = ResNet32(classes), torch.randn(batch, 3, 32, 32)
    if memory_format == "channels_last":
        model = model.to(memory_format=torch.channels_last)
        images = images.to(memory_format=torch.channels_last)
    return model, images


def training_step(batch, format):
    model, images = network(batch, format)
    labels = torch.randint(10, (batch,))
    optimiser = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9, weight_decay=2e-4)

    def run():
        optimiser.zero_grad()
        loss = F.cross_entropy(model(images), labels)
        loss.backward()
        optimiser.step()
        loss.item()

    return run


def forward(batch, format):
    model, images = network(batch, format)
    model.eval()

    def run():
        with torch.no_grad():
            model(images)

    return run


def classifier_step(batch, batches):
    model, images = network(batch, "contiguous", classes=100)
    labels = torch.randint(100, (batch,))
    classifier = torch.nn.Linear(64, 100)
    optimiser = torch.optim.SGD(classifier.parameters(), lr=0.02, momentum=0.9, weight_decay=5e-4)

    def run():
        with torch.no_grad():
            features = [model.features(images) for _ in range(batches)]
        fused = features[0]
        if batches == 2:
            channels = torch.randperm(64)[:19]
            fused[:, channels] = features[1][:, channels]
        optimiser.zero_grad()
        loss = F.cross_entropy(classifier(fused), labels)
        loss.backward()
        optimiser.step()
        loss.item()

    return run


TASKS = {
    "training-step": training_step,
    "classifier-step": classifier_step,
    "forward": forward,
}


def memory(name):
    """Bytes of this process, by their name in /proc/self/status."""
    with open("/proc/self/status") as status:
        return next(1024 * int(line.split()[1]) for line in status if line.startswith(f"{name}:"))


def main():
    # Ctrl-C reaches every process of the terminal; the one that started this one ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    torch.set_num_threads(int(sys.argv[1]))
    print(json.dumps({"version": torch.__version__}), flush=True)
    prepared = {}
    for line in sys.stdin:
        if line not in prepared:
            asked = json.loads(line)
            prepared[line] = TASKS[asked["task"]](**asked["settings"])
        run = prepared[line]
        start = time.perf_counter()
        run()
        measures = {"seconds": time.perf_counter() - start}
        measures |= {"residentBytes": memory("VmRSS"), "peakBytes": memory("VmHWM")}
        print(json.dumps(measures), flush=True)


main()
