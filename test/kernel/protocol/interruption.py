"""What stops when the user stops a cell, as JSON."""

import json
import os
import signal
import time

import zmq
from front_end import LIMIT, end, shown, start

manager, front_end = start()
facts = {}
front_end.run("let kept = 0;")


def stopped(code, stop=manager.interrupt_kernel, meanwhile=lambda: None):
    """How a cell ends that is stopped once it has begun, and whether the kernel has kept its variables."""
    request = front_end.send(f"kept++; console.log('begun'); {code}", allow_stdin=True)
    front_end.await_output(request, "stream")
    time.sleep(0.2)
    meanwhile()
    stop()
    reply, published = front_end.ending(request)
    _, after = front_end.run("kept")
    value = shown(after, "execute_result")[0]["data"]["text/plain"]
    return [reply.get("ename", "ok"), len(shown(published, "error")), int(value)]


def alive():
    """The heart beats while the main thread is blocked."""
    heart = zmq.Context().socket(zmq.REQ)
    heart.connect(f"tcp://127.0.0.1:{manager.hb_port}")
    heart.send(b"beat")
    facts["heart"] = heart.poll(1000 * LIMIT) > 0 and heart.recv().decode()


loop = "for (;;);"
never = "await new Promise(() => {});"
facts["cells"] = {
    name: stopped(code, meanwhile=alive if name == "synchronous" else lambda: None)
    for name, code in {
        "synchronous": loop,
        "after an await": f"await null; {loop}",
        "never resolved": never,
        "in a timer": f"setTimeout(() => {{ {loop} }}, 10); {never}",
        "in an immediate": f"setImmediate(() => {{ {loop} }}); {never}",
        "microtasks": "for (;;) await null;",
        "beside a result": f"void (async () => {{ await null; {loop} }})(); 1",
        "between timers": "for (;;) await new Promise((resolve) => setTimeout(resolve, 20));",
        "prompt": "await prompt('?');",
        "printing": "for (;;) console.log('x'.repeat(1000));",
        "child": "(await import('node:child_process')).execSync('sleep 1.5'); for (;;);",
    }.items()
}

# A cut at a wrong place would end the process only now and then. Asked twice, the kernel cuts at once.
cuts = 0
for _ in range(20):
    request = front_end.send("console.log('begun'); for (;;) await null;")
    front_end.await_output(request, "stream")
    manager.interrupt_kernel()
    manager.interrupt_kernel()
    cuts += front_end.ending(request)[0].get("ename") == "Interrupted"
facts["cuts"] = [cuts, manager.is_alive()]

pid = manager.provisioner.pid
sigint = lambda: os.kill(pid, signal.SIGINT)
facts["SIGINT"] = [stopped(code, sigint)[0::2] for code in (loop, never)]
sigint()
time.sleep(1)
facts["SIGINT while idle"] = [front_end.run("kept")[0]["status"], manager.is_alive()]

# What a cell left running blocks the kernel; nothing but stopping it helps.
request = front_end.send(f"setTimeout(() => {{ console.log('begun'); {loop} }}, 100); 1")
front_end.await_output(request, "stream")
front_end.interrupt()
_, published = front_end.run("'free'")
facts["left running"] = shown(published, "execute_result")[0]["data"]["text/plain"]

requests = [front_end.send("console.log('begun'); for (;;);"), front_end.send("'unrun'")]
front_end.await_output(requests[0], "stream")
manager.interrupt_kernel()
facts["queue"] = [front_end.ending(request)[0]["status"] for request in requests]

# What listens may end in its own way.
_, published = front_end.run("1")
request = front_end.send(
    """
const { signal } = { signal: interruption };
console.log("begun");
await new Promise((_, reject) => signal.addEventListener("abort", () => setTimeout(reject, 300, new Error("tidy"))));
"""
)
front_end.await_output(request, "stream")
manager.interrupt_kernel()
facts["listening"] = front_end.ending(request)[0]["evalue"]

# A stopped cell is not heard any more.
request = front_end.send("setInterval(() => console.log('still here'), 50); await new Promise(() => {});")
front_end.await_output(request, "stream")
manager.interrupt_kernel()
front_end.ending(request)
heard = len(front_end.said(request))
front_end.listen(0.5)
facts["hushed"] = len(front_end.said(request)) - heard

manager.shutdown_kernel()
print(json.dumps(facts))
end()
