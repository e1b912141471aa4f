"""What a kernel does with what people do in notebooks, as JSON: comparison.py KERNEL [FACT…]. `null` where its language has no such thing."""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from importlib import metadata
from pathlib import Path
from queue import Empty

import front_end as front_ends
import nbformat
from codes import CODES, write_folder
from front_end import FrontEnd, end, printed, shown
from jupyter_client.manager import KernelManager
from jupyter_client.session import Session
from samples import dialect

KERNEL = sys.argv[1]
ONLY = sys.argv[2:]
FOLDER = tempfile.mkdtemp()
LANGUAGE = dialect(KERNEL)
# Some kernels never answer some things.
front_ends.LIMIT = int(os.environ.get("H2T_ANSWER_LIMIT", "20"))
# A shell starts what runs in the background without SIGINT, and so would be the kernels.
signal.signal(signal.SIGINT, signal.default_int_handler)


class Trial:
    """A kernel in a folder of its own, which facts share until one fails in it."""

    def __init__(self, settings=None):
        write_folder(FOLDER)
        if settings:
            (Path(FOLDER) / "tsconfig.json").write_text(json.dumps({"compilerOptions": settings}))
        self.is_new = True
        self.manager = KernelManager(kernel_name=KERNEL)
        # Some kernels' child processes print there.
        self.manager.start_kernel(cwd=FOLDER, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.front_end = FrontEnd(self.manager.blocking_client())

    def end(self):
        self.manager.shutdown_kernel(now=True)

    def prints(self, code, text):
        request = self.front_end.send(code)
        _, published = self.front_end.ending(request)
        if printed(published).strip() != text:
            # Some kernels print after they have said that the cell is done, of which a fact of its own tells.
            self.front_end.listen(2)
        return printed(self.front_end.said(request)).strip() == text


def lines_in_time(trial, code):
    """How many lines of output arrive until the cell is said to be done."""
    request = trial.front_end.send(code)
    try:
        trial.front_end.ending(request)
    except Empty:
        pass
    return lines_heard(trial, request)


def lines(trial, code):
    """How many lines of output arrive, given as much time as any kernel here needs."""
    request = trial.front_end.send(code)
    trial.front_end.await_output(request, "stream")
    heard = -1
    while heard != (heard := len(trial.front_end.said(request))):
        trial.front_end.listen(3)
    return lines_heard(trial, request)


def lines_heard(trial, request):
    arrived = printed(trial.front_end.said(request)).splitlines()
    return len({f"line {i}" for i in range(20_000)}.intersection(arrived))


def long_line(trial, code):
    return trial.prints(code, "x" * 2_000_000)


def error(trial, code):
    reply, published = trial.front_end.run(code)
    return reply["status"] == "error" and len(shown(published, "error")) == 1


def error_place(trial, code):
    _, published = trial.front_end.run(code)
    text = str([content for kind, content in published if kind in ("error", "stream")])
    return ":4:" in text or "line 4" in text


def refused(trial, code):
    reply, published = trial.front_end.run(code)
    return reply["status"] == "error" and printed(published) == ""


def second_prints(trial, codes):
    first, second = codes
    trial.front_end.run(first)
    return trial.prints(second, "yes")


def second_refused(trial, codes):
    first, second = codes
    trial.front_end.run(first)
    return error(trial, second)


def prints_yes(trial, code):
    return trial.prints(code, "yes")


def late_output(trial, codes):
    first, second = codes
    request = trial.front_end.send(first)
    trial.front_end.ending(request)
    trial.front_end.run(second)
    return printed(trial.front_end.said(request)).strip() == "yes"


def late_package(trial, codes):
    first, second = codes
    trial.front_end.run(first)
    write_folder(FOLDER, is_late=True)
    return trial.prints(second, "yes")


def input_told(trial, code):
    return len(shown(trial.front_end.run(code)[1], "execute_input")) == 1


def aborted(trial, codes):
    first, second = [trial.front_end.send(code) for code in codes]
    trial.front_end.ending(first)
    return trial.front_end.ending(second)[0]["status"] == "aborted"


def stopped(trial, codes):
    before, endless, after = codes
    trial.front_end.run(before)
    request = trial.front_end.send(endless)
    trial.front_end.await_output(request, "stream")
    trial.front_end.listen(0.3)
    trial.manager.interrupt_kernel()
    reply, _ = trial.front_end.ending(request)
    return reply["status"] != "ok" and trial.prints(after, "yes")


def asked(trial, code):
    request = trial.front_end.send(code, allow_stdin=True)
    trial.front_end.client.get_stdin_msg(timeout=front_ends.LIMIT)
    trial.front_end.client.input("yes")
    return printed(trial.front_end.ending(request)[1]).strip().endswith("yes")


def updated(trial, code):
    _, published = trial.front_end.run(code)
    first, second = shown(published, "display_data"), shown(published, "update_display_data")
    return [content["transient"]["display_id"] for content in first] == [content["transient"]["display_id"] for content in second] != []


def forged(trial, code):
    """Whether a cell without the right signature is left alone."""
    forger = Session(key=b"wrong")
    forger.send(trial.front_end.client.shell_channel.socket, "execute_request", {"code": code, "silent": False})
    trial.front_end.listen(1.5)
    return trial.prints(code, "yes") and trial.front_end.streams == 1


def texts(trial, code):
    """Everything that a cell shows, by type, and whether it failed."""
    request = trial.front_end.send(code)
    reply, _ = trial.front_end.ending(request)
    trial.front_end.listen(1)
    published = trial.front_end.said(request)
    bundles = [content["data"] for kind in ("execute_result", "display_data") for content in shown(published, kind)]
    said = "\n".join([*map(without_colours, [printed(published), printed(published, "stderr"), *("\n".join(e["traceback"]) for e in shown(published, "error"))])])
    return reply["status"] == "ok", bundles, said


def without_colours(text):
    """Text without colours."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def plain(bundles):
    return "\n".join(str(bundle.get("text/plain", "")) for bundle in bundles)


def frame(trial, code):
    """A table of a frame whose columns have the names of its own members."""
    is_ok, bundles, said = texts(trial, code)
    text = plain(bundles) + said + "".join(str(bundle.get("text/html", "")) for bundle in bundles)
    return is_ok and "second" in text and "$data" not in text


def short(trial, code):
    is_ok, bundles, said = texts(trial, code)
    return is_ok and plain(bundles) + said != "" and "$data" not in plain(bundles) + said


def shown_once(trial, code):
    return len(texts(trial, code)[1]) == 1


def html(trial, code):
    return [bundle.get("text/html") for bundle in texts(trial, code)[1]] == ["<b>1</b>"]


def signature(trial, codes):
    before, code = codes
    trial.front_end.run(before)
    found, _ = trial.front_end.ask("inspect_request", code=code, cursor_pos=len(code), detail_level=0)
    return "height" in str(found.get("data"))


def completes(trial, codes):
    before, code, name = codes
    trial.front_end.run(before)
    found, _ = trial.front_end.ask("complete_request", code=code, cursor_pos=len(code))
    return any(match.endswith(name) for match in found["matches"])


def object_shown(trial, code):
    return re.search(r"a'?: 1", plain(texts(trial, code)[1])) is not None


def explained(trial, code, words):
    """An error that says what to do, without internals."""
    is_ok, _, said = texts(trial, code)
    return not is_ok and re.search(words, said) is not None and len(said) < 500


def own_frames(trial, code):
    """An error of an imported file, with its line and nothing of what loads it."""
    is_ok, _, said = texts(trial, code)
    return not is_ok and ":2:" in said and "node_modules" not in said and "node:internal" not in said


def with_settings(_, code, settings):
    """In a kernel of its own that starts beside settings."""
    trial = Trial(settings)
    try:
        return trial.prints(code, "yes")
    finally:
        trial.end()
        (Path(FOLDER) / "tsconfig.json").unlink()


def papermill(_, __):
    """Whether papermill, with what the kernel's own installation brings, replaces a parameter."""
    value, print_it = ("a = 'no'", "print(a)") if LANGUAGE == "python" else ('const a = "no";', "console.log(a);")
    cells = [nbformat.v4.new_code_cell(value, metadata={"tags": ["parameters"]}), nbformat.v4.new_code_cell(print_it)]
    language = KernelManager(kernel_name=KERNEL).kernel_spec.language
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": {"name": KERNEL, "display_name": KERNEL, "language": language}})
    at = Path(tempfile.mkdtemp())
    nbformat.write(notebook, at / "in.ipynb")
    if not KERNEL.startswith("h2t"):
        # Without the translator that the kit brings.
        (at / "h2t_papermill.py").write_text("class Engine: pass\n")
    program = Path(sys.executable).parent / "papermill"
    command = [program, "in.ipynb", "out.ipynb", "-p", "a", "yes"]
    ended = subprocess.run(command, cwd=at, env={**os.environ, "PYTHONPATH": str(at)}, capture_output=True, check=False, timeout=60)
    return ended.returncode == 0 and "yes" in [o.get("text", "").strip() for o in nbformat.read(at / "out.ipynb", 4).cells[-1].outputs]


def jupyter_run(_, code):
    """Whether `jupyter run` has its first cell's output in the ten seconds for which it waits."""
    file = Path(tempfile.mkdtemp()) / "cell"
    file.write_text(code)
    command = [sys.executable, "-m", "jupyter", "run", "--kernel", KERNEL, str(file)]
    ended = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, check=False, timeout=60)
    return ended.returncode == 0 and ended.stdout.strip() == "yes"


CHECKS = {"object": object_shown}


def attempt(trial, name, code):
    """What comes of one fact in a kernel that is there."""
    trial.front_end.forget()
    try:
        check = CODES[name]["check"]
        more = [CODES[name][key] for key in ("settings", "words") if key in CODES[name]]
        return CHECKS.get(check, globals().get(check))(trial, code, *more)
    except (Empty, RuntimeError, KeyError, TypeError, subprocess.TimeoutExpired):
        return False


def version():
    """Of the kernel, and of ours the engine's: stock tslab and ipykernel tell other things."""
    trial = Trial()
    info, _ = trial.front_end.ask("kernel_info_request")
    trial.end()
    if KERNEL == "tslab":
        return json.loads((Path(__file__).parents[3] / "node_modules/tslab/package.json").read_text())["version"]
    if KERNEL == "python3":
        return metadata.version("ipykernel")
    return info["implementation_version"] if LANGUAGE == "deno" else info["language_info"]["version"]


def findings():
    """Every fact; one that fails in a kernel which others have used has another try in a new one."""
    trial, found = Trial(), {}
    for name, codes in CODES.items():
        if ONLY and name not in ONLY:
            continue
        code = codes.get(LANGUAGE, None if LANGUAGE == "python" else codes.get("typescript"))
        if code is None:
            found[name] = None
            continue
        was_new, trial.is_new = trial.is_new, False
        found[name] = attempt(trial, name, code)
        if found[name] in (True, 20_000):
            continue
        trial.end()
        trial = Trial()
        if was_new:
            continue
        found[name] = attempt(trial, name, code)
        trial.end()
        trial = Trial()
    trial.end()
    return found


print(json.dumps({"version": version(), "facts": findings()}))
end()
