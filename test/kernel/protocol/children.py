"""What cells do with child processes and standard input, as JSON."""

import json
import subprocess
import time

from front_end import end, printed, shown, start, wait_until

manager, front_end = start()
facts = {}
front_end.run("import { execSync, spawn, spawnSync, fork, exec } from 'node:child_process'; import { writeSync } from 'node:fs'; let kept = 1;")


def outputs(code, **options):
    """What a cell prints until it is done: as one text of each stream."""
    _, published = front_end.run(code, **options)
    return [printed(published), printed(published, "stderr")]


facts["inherited"] = {
    name: outputs(code)
    for name, code in {
        "execSync": "execSync('echo out; echo err >&2', { stdio: 'inherit' });",
        "list": "spawnSync('sh', ['-c', 'echo out; echo err >&2'], { stdio: ['ignore', 'inherit', 2] });",
        "streams": "spawnSync('sh', ['-c', 'echo out; echo err >&2'], { stdio: [0, process.stdout, process.stderr] });",
        "spawn": "await new Promise((done) => spawn('sh', ['-c', 'echo out; echo err >&2'], { stdio: 'inherit' }).on('close', done));",
        "grandchild": "execSync('sh -c \"sh -c \\'echo out\\'; echo err >&2\"', { stdio: 'inherit' });",
        "descriptor": "writeSync(1, 'out\\n'); writeSync(2, 'err\\n');",
        "shell": "!echo out; echo err >&2",
        "in parts": "execSync('printf \"\\\\303\"; sleep 0.2; printf \"\\\\251\\\\n\"', { stdio: 'inherit' });",
    }.items()
}
facts["order"] = outputs(
    "console.log('one'); execSync('echo two', { stdio: 'inherit' }); console.log('three'); execSync('echo four', { stdio: 'inherit' });"
)[0]
text, _ = outputs("execSync('seq 200000', { stdio: 'inherit' });")
facts["much"] = text == "".join(f"{i}\n" for i in range(1, 200_001))
facts["silent"] = outputs("execSync('echo unheard', { stdio: 'inherit' });", silent=True)


def processes(marker):
    """How many processes have a marker in their command line."""
    listed = subprocess.run(["ps", "-A", "-o", "args="], capture_output=True, text=True, check=True).stdout
    return sum(marker in line and "ps -A" not in line for line in listed.splitlines())


def stopped(code, marker):
    """How a cell ends that is stopped while a child of it runs, whether that has ended, and the kernel goes on."""
    request = front_end.send(f"console.log('begun'); {code}")
    front_end.await_output(request, "stream")
    wait_until(lambda: processes(marker) > 0)
    begun = time.monotonic()
    manager.interrupt_kernel()
    reply, published = front_end.ending(request)
    waited = time.monotonic() - begun
    has_ended = wait_until(lambda: processes(marker) == 0, 10)
    value = shown(front_end.run("kept")[1], "execute_result")[0]["data"]["text/plain"]
    return [reply.get("ename", "ok"), len(shown(published, "error")), has_ended, waited < 30, value]


facts["stopped"] = {
    name: stopped(code.replace("60", seconds), f"sleep {seconds}")
    for name, seconds, code in [
        ["execSync", "61", "execSync('sleep 60');"],
        ["inherited", "62", "execSync('sleep 60', { stdio: 'inherit' });"],
        ["grandchild", "63", "execSync('sh -c \"sleep 60; echo\"; echo');"],
        ["deaf", "64", "execSync('trap \"\" INT; sleep 60; echo');"],
        ["awaited", "65", "await new Promise((done) => exec('sleep 60; echo', done));"],
        ["shell", "66", "\n!sleep 60; echo"],
    ]
}
front_end.run("const server = spawn('sleep', ['67']);")
facts["another's"] = [stopped("execSync('sleep 68');", "sleep 68")[0], processes("sleep 67")]
front_end.run("server.kill();")

ask = "import { createInterface } from 'node:readline/promises'; const lines = createInterface({ input: process.stdin, output: process.stdout }); const name = await lines.question('Name? '); lines.close(); name"
request = front_end.send(ask, allow_stdin=True)
question = front_end.client.get_stdin_msg(timeout=60)["content"]
front_end.client.input("Ada")
facts["readline"] = [question, shown(front_end.ending(request)[1], "execute_result")[0]["data"]["text/plain"]]
facts["readline that cannot ask"] = [
    front_end.run(code)[0].get("evalue")
    for code in (
        ask,
        "await new Promise((done) => require('node:readline').createInterface(process.stdin).question('Name? ', done));",
        "for await (const line of createInterface({ input: process.stdin })) console.log(line);",
        "for await (const line of process.stdin) console.log(line);",
    )
]
facts["after that"] = shown(front_end.run("kept")[1], "execute_result")[0]["data"]["text/plain"]

manager.shutdown_kernel(now=True)
print(json.dumps(facts))
end()
