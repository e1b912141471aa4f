"""Prints what a kernel costs, for comparisons of two kernels on one machine: measure.py [KERNEL].

Seconds of processor time hold on busy machines, too; seconds that passed only on idle ones.
"""

import re
import sys
import tempfile
import time
from pathlib import Path

from front_end import end, start

KERNEL = sys.argv[1] if len(sys.argv) > 1 else "h2t-ts"
folder = Path(tempfile.mkdtemp())
(folder / "node_modules").mkdir()
(folder / "node_modules/h2t-kit").symlink_to(Path(__file__).parents[2])
begun = time.monotonic()
manager, front_end = start(KERNEL, cwd=folder)
process = f"/proc/{manager.provisioner.process.pid}"


def processor_time():
    return sum(map(int, Path(process, "stat").read_text().rsplit(")", 1)[1].split()[11:13])) / 100


def memory():
    return int(re.search(r"VmRSS:\s+(\d+)", Path(process, "status").read_text())[1]) / 1024


def report(name, before, passed):
    print(f"{name}: {processor_time() - before:.2f} s of processor time, {time.monotonic() - passed:.2f} s passed", flush=True)


def cell(code):
    reply, _ = front_end.run(code)
    assert reply["status"] == "ok", reply


cell("1 + 1")
report("start and first cell", 0, begun)
first = memory()
print(f"memory after it: {first:.0f} MB")

before, passed = processor_time(), time.monotonic()
for i in range(400):
    earlier = f" + v{i - 1}" if i else ""
    cell(f"const v{i} = {i}; interface T{i} {{ a: number }} function f{i}(x: T{i}) {{ return x.a + v{i}{earlier}; }} f{i}({{ a: 1 }})")
report("400 small cells", before, passed)
time.sleep(2)
print(f"memory above the first cell's: {memory() - first:.0f} MB")
for i in range(400):
    cell(f"const same = {i}; console.log(same);")
time.sleep(2)
print(f"… after 400 more that declare one name again: {memory() - first:.0f} MB")

before, passed = processor_time(), time.monotonic()
cell("import * as h2t from 'h2t-kit'; h2t.longTailedCounts(10, 2, 5)")
report("import from h2t-kit", before, passed)
before, passed = processor_time(), time.monotonic()
front_end.ask("complete_request", code="h2t.", cursor_pos=4)
report("first completion of h2t.", before, passed)
manager.shutdown_kernel(now=True)
end()
