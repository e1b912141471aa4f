"""How a kernel starts, refuses what is forged, and ends, as JSON."""

import json
import os
import signal
import subprocess
import sys
import tempfile

from front_end import end, is_running, shown, start, wait_until
from jupyter_client.session import Session

facts = {}
log = tempfile.TemporaryFile()
manager, front_end = start(stderr=log)
client = front_end.client


def value(code):
    """A cell's count and result."""
    reply, published = front_end.run(code)
    return [reply["execution_count"], *[c["data"]["text/plain"] for c in shown(published, "execute_result")]]


def has_ended(process):
    return wait_until(lambda: process.poll() is not None)


# The addresses to which the kernel's five sockets are bound, as Linux lists them.
ports = {f"{port:04X}" for name, port in client.get_connection_info().items() if name.endswith("_port")}
with open("/proc/net/tcp", encoding="utf8") as file:
    sockets = [line.split()[1:4:2] for line in list(file)[1:]]
bound = [local.split(":") for local, state in sockets if state == "0A"]
facts["bound"] = [address for address, port in bound if port in ports]

# A front end without the key asks for things; others send no messages at all.
for key in (b"wrong", b""):
    forger = Session(key=key)
    forger.send(client.shell_channel.socket, "execute_request", {"code": "process.exit()", "silent": False})
    forger.send(client.control_channel.socket, "shutdown_request", {"restart": False})
client.shell_channel.socket.send_multipart([b"no message"])
facts["forged"] = value("'not ended'")

front_end.run("const before = 1;")
first = manager.provisioner.process
manager.restart_kernel()
client.wait_for_ready(timeout=60)
facts["restarted"] = [is_running(first.pid), value("'new'"), shown(front_end.run("before")[1], "error")[0]["ename"]]

killed = manager.provisioner.process
os.kill(killed.pid, signal.SIGKILL)
has_ended(killed)
facts["killed"] = manager.is_alive()
manager.restart_kernel(now=True)
client.wait_for_ready(timeout=60)
facts["after the kill"] = value("'again'")

last = manager.provisioner.process
request = client.shutdown(restart=True)
reply = client.get_control_msg(timeout=60)
facts["reply"] = [reply["msg_type"], reply["content"], reply["parent_header"]["msg_id"] == request]
facts["ended"] = has_ended(last)
log.seek(0)
facts["log"] = log.read().decode().splitlines()
manager.shutdown_kernel(now=True)

manager, front_end = start()
process = manager.provisioner.process
request = front_end.send("console.log('last words'); process.exit(3)")
words = front_end.await_output(request, "stream")["text"]
facts["exit"] = [words, has_ended(process), process.poll()]
manager.shutdown_kernel(now=True)

manager, front_end = start()
process = manager.provisioner.process
request = front_end.send("console.log('begun'); for (;;);")
front_end.await_output(request, "stream")
# By the message alone: the manager would kill it in the end.
front_end.client.shutdown()
facts["blocked"] = has_ended(process)
manager.shutdown_kernel(now=True)

orphan = """
from front_end import start
import os
manager, _ = start()
print(manager.provisioner.process.pid, flush=True)
os._exit(0)
"""
pid = int(subprocess.run([sys.executable, "-c", orphan], capture_output=True, check=True).stdout)
facts["orphan"] = wait_until(lambda: not is_running(pid))

print(json.dumps(facts))
end()
