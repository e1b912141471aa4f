"""What the kernel answers to what is no cell, as JSON."""

import json

from front_end import end, start

manager, front_end = start()
facts = {}


def ask(kind, **content):
    return front_end.ask(f"{kind}_request", **content)[0]


def history(**query):
    return ask("history", raw=True, **query)["history"]


info = ask("kernel_info")
language = info["language_info"]
facts["info"] = {
    **{key: info[key] for key in ("status", "protocol_version", "implementation")},
    **{key: language[key] for key in ("name", "mimetype", "file_extension")},
}

front_end.run("const snowman = '☃'; const snowmen = [snowman];")
# Two code points before the name, which are four UTF-16 units.
completed = ask("complete", code="'😀😀'; parseIn; 1", cursor_pos=13)
facts["complete"] = [
    *[completed[key] for key in ("status", "matches", "cursor_start", "cursor_end")],
    completed["metadata"]["_jupyter_types_experimental"],
]
found = ask("inspect", code="'😀😀'; snowman", cursor_pos=8, detail_level=1)
facts["inspect"] = [found["status"], found["found"], found["data"]["text/plain"]]
lost = ask("inspect", code="   ", cursor_pos=1, detail_level=0)
facts["inspect nothing"] = [lost["status"], lost["found"], lost["data"]]
facts["complete?"] = [ask("is_complete", code=code) for code in ("1 + 1", "function f() {", "let 1")]

for code in ("1 + 1", "'*'", "1 + 1", "1 + 2"):
    front_end.run(code)
front_end.run("'not stored'", store_history=False)
facts["tail"] = history(hist_access_type="tail", n=2, output=True)
facts["range"] = [
    history(hist_access_type="range", output=False, session=0, start=2, stop=4),
    history(hist_access_type="range", output=False, start=-1),
]
search = {"hist_access_type": "search", "output": False}
facts["search"] = [
    history(**search, pattern="1 + *"),
    history(**search, pattern="1 + ?", unique=True),
    history(**search, pattern="1 + *", n=1),
    history(**search, pattern="'[*]'"),
    history(**search, pattern="+"),
]

facts["comms"] = ask("comm_info")
facts["opened"] = front_end.ask("comm_open", comm_id="c1", target_name="nobody", data={})
facts["message to none"] = front_end.ask("comm_msg", comm_id="c1", data={})
facts["unknown"] = front_end.ask("sing_request")
wrong = ask("complete", code=1)
facts["wrong"] = [wrong["status"], wrong["ename"], "code" in wrong["evalue"]]
wrong = ask("execute", code=None)
facts["wrong cell"] = [wrong["status"], front_end.run("1 + 1")[0]["status"]]

manager.shutdown_kernel()
print(json.dumps(facts))
end()
