"""A front end for tests: starts a kernel, sends it requests and gathers what it says to each."""

import os
import sys
import tempfile
import time
from queue import Empty

from jupyter_client.manager import KernelManager

LIMIT = 60


class FrontEnd:
    """One client of a kernel."""

    def __init__(self, client):
        self.client = client
        client.start_channels()
        client.wait_for_ready(timeout=LIMIT)
        self._said = {}
        self._replies = {}

    def send(self, code, **options):
        """Sends a cell without waiting for it."""
        return self.client.execute(code, **{"allow_stdin": False, **options})

    def run(self, code, **options):
        """Runs a cell: its reply, and what was published for it as (type, content)."""
        return self.ending(self.send(code, **options))

    def ask(self, kind, **content):
        """Any request on the shell channel."""
        message = self.client.session.msg(kind, content)
        self.client.shell_channel.send(message)
        return self.ending(message["header"]["msg_id"])

    def interrupt(self):
        """Interrupts, and waits until the kernel knows."""
        self.client.control_channel.send(self.client.session.msg("interrupt_request", {}))
        self.client.get_control_msg(timeout=LIMIT)

    def ending(self, request):
        """Waits until a request is answered, where it is, and done with."""
        while not self._is_idle(request):
            self._hear(self.client.get_iopub_msg(timeout=LIMIT))
        while request not in self._replies:
            try:
                reply = self.client.get_shell_msg(timeout=1)
            except Empty:
                break
            self._replies[reply["parent_header"]["msg_id"]] = reply["content"]
        published = [(kind, content) for kind, content in self._said[request] if kind != "status"]
        return self._replies.get(request), published

    def await_output(self, request, kind):
        """Waits for a message of a kind that belongs to a request."""
        while True:
            found = [content for said, content in self._said.get(request, []) if said == kind]
            if found:
                return found[0]
            self._hear(self.client.get_iopub_msg(timeout=LIMIT))

    def listen(self, seconds):
        """Hears whatever is published in some time."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            try:
                self._hear(self.client.get_iopub_msg(timeout=left))
            except Empty:
                return

    @property
    def streams(self):
        """How many pieces of output were heard, whoever they were for."""
        return sum(kind == "stream" for said in self._said.values() for kind, _ in said)

    def forget(self):
        """Forgets what was heard."""
        self._said.clear()

    def said(self, request):
        return self._said.get(request, [])

    def _hear(self, message):
        request = message["parent_header"].get("msg_id")
        self._said.setdefault(request, []).append((message["msg_type"], message["content"]))

    def _is_idle(self, request):
        return ("status", {"execution_state": "idle"}) in self._said.get(request, [])


def start(kernel="h2t-ts", **options):
    """A kernel, in an empty folder unless `cwd` says another: its manager and a client that is ready."""
    manager = KernelManager(kernel_name=kernel)
    manager.start_kernel(**{"cwd": tempfile.mkdtemp(), **options})
    return manager, FrontEnd(manager.blocking_client())


def printed(published, stream="stdout"):
    """All text of a stream."""
    return "".join(c["text"] for kind, c in published if kind == "stream" and c["name"] == stream)


def shown(published, kind):
    """The contents of all messages of a kind."""
    return [content for said, content in published if said == kind]


def is_running(pid):
    """Whether a process is there and no zombie."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf8") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until(holds, seconds=LIMIT):
    """Whether something comes to hold in time."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def end(status=0):
    """Ends this process without waiting for the clients' threads."""
    sys.stdout.flush()
    os._exit(status)
