"""Starts Jupyter kernels and asks them things: a line {"task", "settings"} comes in, a line of measures goes out.

The time is a front end's: from sending until the answer and, of cells, until the kernel says that it is idle.
"""

import json
import signal
import subprocess
import sys
import tempfile
import time
from queue import Empty

import jupyter_client
import psutil
from jupyter_client.manager import KernelManager

LIMIT = 60
# A kernel that loses messages may lose the one that it is idle, too; then the last one that came counts.
SILENCE = 5

kernels = {}


def start(kernel):
    manager = KernelManager(kernel_name=kernel)
    begin = time.perf_counter()
    manager.start_kernel(cwd=tempfile.mkdtemp(), stderr=subprocess.DEVNULL)
    client = manager.blocking_client()
    client.start_channels()
    client.kernel_info()
    client.get_shell_msg(timeout=LIMIT)
    end = time.perf_counter()
    kernels[kernel] = manager, client
    return end - begin, 0


def cell(kernel, code):
    """Runs a cell, and counts the lines that it is heard to print."""
    _, client = kernels[kernel]
    begin = end = time.perf_counter()
    request = client.execute(code, allow_stdin=False)
    lines, state = 0, "busy"
    while state != "idle":
        try:
            message = client.get_iopub_msg(timeout=SILENCE)
        except Empty:
            break
        if message["parent_header"].get("msg_id") != request:
            continue
        end, content = time.perf_counter(), message["content"]
        state = content.get("execution_state", state)
        if message["msg_type"] == "stream":
            lines += content["text"].count("\n")
    client.get_shell_msg(timeout=LIMIT)
    return end - begin, lines


def complete(kernel, code):
    _, client = kernels[kernel]
    begin = time.perf_counter()
    client.complete(code)
    client.get_shell_msg(timeout=LIMIT)
    return time.perf_counter() - begin, 0


def stop(kernel):
    manager, client = kernels.pop(kernel)
    begin = time.perf_counter()
    client.stop_channels()
    manager.shutdown_kernel(now=True)
    return time.perf_counter() - begin, 0


TASKS = {"start": start, "cell": cell, "complete": complete, "stop": stop}


def memory(kernel):
    """Resident bytes of a kernel's process and of those that it has started."""
    if kernel not in kernels:
        return 0
    process = psutil.Process(kernels[kernel][0].provisioner.pid)
    return sum(one.memory_info().rss for one in [process, *process.children(recursive=True)])


def main():
    # Ctrl-C reaches every process of the terminal; the one that started this one ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    print(json.dumps({"version": jupyter_client.__version__}), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        settings = asked["settings"]
        seconds, lines = TASKS[asked["task"]](**settings)
        resident = memory(settings["kernel"])
        measures = {"seconds": seconds, "lines": lines, "residentBytes": resident, "peakBytes": resident}
        print(json.dumps(measures), flush=True)


main()
