"""Runs one ResNet-32 training step in PyTorch, eager, each time a line comes in, and answers with its seconds."""

import sys
import time

import torch
from pytorch_resnet32 import ResNet32
from torch.nn import functional as F


def main():
    threads, batch, memory_format = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    model = ResNet32(10)
    images, labels = torch.randn(batch, 3, 32, 32), torch.randint(10, (batch,))
    if memory_format == "channels_last":
        model = model.to(memory_format=torch.channels_last)
        images = images.to(memory_format=torch.channels_last)
    optimiser = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9, weight_decay=2e-4)
    print(f"torch {torch.__version__}", flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        optimiser.zero_grad()
        loss = F.cross_entropy(model(images), labels)
        loss.backward()
        optimiser.step()
        loss.item()
        print(time.perf_counter() - start, flush=True)


main()
