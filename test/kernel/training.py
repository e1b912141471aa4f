"""A training cell that is stopped, as JSON: training.py KERNEL FOLDER ROW [whole], with data/ and runs/ in the folder.

`whole`: also while it traces, and run again to its end.
"""

import json
import re
import sys
from pathlib import Path

from front_end import end, shown, start, wait_until

KERNEL, FOLDER, ROW = sys.argv[1:4]
WHOLE = "whole" in sys.argv[4:]
PLOTLY = "application/vnd.plotly.v1+json"

# Notebooks in the kit's folder find the kit.
manager, front_end = start(KERNEL, cwd=Path(__file__).parent)
facts = {}


def displays(published):
    """What was shown, by place: the messages' kinds and contents."""
    places = {}
    for kind, content in published:
        if kind in ("display_data", "update_display_data"):
            places.setdefault(content["transient"]["display_id"], []).append((kind, content["data"]))
    return list(places.values())


def drawings(place):
    """Of each drawing of a chart its forms, and the epoch to which it goes."""
    return [[sorted(bundle), int(re.search(r"epoch (\d+) of 10", bundle["text/plain"])[1])] for _, bundle in place]


folders = json.dumps({name: f"{FOLDER}/{name}" for name in ("data", "runs", "results")})
front_end.run(f'import {{ runRows }} from "h2t-kit"; const kept = 41; const folders = {folders};')
cell = f"const records = await runRows({json.dumps(ROW)}, 'demo', [0], folders);"


if WHOLE:
    # In the midst of tracing, which takes longer than the kernel's patience, and without which nothing below would work.
    request = front_end.send(cell)
    wait_until(lambda: list(Path(FOLDER, "runs").glob("*/log.jsonl")), 60)
    manager.interrupt_kernel()
    facts["while tracing"] = shown(front_end.ending(request)[1], "error")[0]["evalue"]


def has_come_far():
    """Whether the progress tells of an epoch after some others."""
    front_end.listen(0.05)
    bundles = [bundle for place in displays(front_end.said(request)) for _, bundle in place]
    return any(re.search(r"epoch [4-9]/10", bundle["text/plain"]) for bundle in bundles)


request = front_end.send(cell)
wait_until(has_come_far, 60)
manager.interrupt_kernel()
reply, published = front_end.ending(request)
facts["error"] = shown(published, "error")
facts["epochs"] = drawings(displays(published)[1])[-1][1]
facts["streams"] = shown(published, "stream")
# Without what is only there to be looked at.
files = [file.name for file in Path(FOLDER, "runs").glob("*/*") if file.is_file()]
facts["files"] = sorted(n for n in files if n != "log.jsonl" and not n.startswith("events.out.tfevents."))
facts["kept"] = shown(front_end.run("kept + 1")[1], "execute_result")[0]["data"]["text/plain"]

if WHOLE:
    reply, published = front_end.run(cell)
    progress, chart = displays(published)
    facts["status"] = reply["status"]
    facts["progress"] = [bundle["text/plain"] for _, bundle in progress]
    facts["kinds"] = [[kind for kind, _ in place] for place in (progress, chart)]
    facts["chart"] = drawings(chart)
    facts["curve"] = chart[-1][1][PLOTLY]["data"][0]["x"]
    facts["value"] = shown(front_end.run("records.length")[1], "execute_result")[0]["data"]["text/plain"]

manager.shutdown_kernel()
print(json.dumps(facts))
end()
