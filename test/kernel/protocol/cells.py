"""What becomes of cells and their queue, as JSON."""

import json
import tempfile
from pathlib import Path

from front_end import FrontEnd, end, printed, shown, start

FOLDER = tempfile.mkdtemp()
manager, front_end = start(cwd=FOLDER)
run, send = front_end.run, front_end.send
facts = {}


def brief(ending):
    """A reply's status and count, and the result's text."""
    reply, published = ending
    results = [content["data"]["text/plain"] for content in shown(published, "execute_result")]
    return [reply["status"], reply.get("execution_count"), *results]


facts["counts"] = [
    brief(run(code, **options))
    for code, options in [
        ("const a = 1; a", {}),
        ("const hidden = 2; hidden", {"silent": True}),
        ("a + hidden", {"store_history": False}),
        ("a + hidden", {}),
    ]
]
facts["silent"] = [kind for kind, _ in run("console.log(1); display(2); 3", silent=True)[1]]
reply, published = run("null.x", silent=True)
facts["silent error"] = [reply["status"], reply["ename"], [kind for kind, _ in published]]

reply, _ = run("const e = 5;", user_expressions={"twice": "2 * e", "wrong": "nothing"})
expressions = reply["user_expressions"]
wrong = expressions["wrong"]
facts["expressions"] = [expressions["twice"], wrong["status"], wrong["ename"], wrong["evalue"]]
facts["after expressions"] = brief(run("e"))

reply, published = run("function f() { throw new RangeError('no') }\nf();")
content = shown(published, "error")[0]
facts["error"] = [content, {key: reply[key] for key in ("status", "ename", "evalue", "traceback")} == {"status": "error", **content}]

# A cell that is to throw waits until what comes behind it is sent.
run("import { existsSync } from 'node:fs'; import { setTimeout as delay } from 'node:timers/promises';", store_history=False)
wait = "while (!existsSync('all-sent')) await delay(20); "


def send_all(codes, **options):
    """The endings of cells that are all sent before one of them throws."""
    sign = Path(FOLDER, "all-sent")
    sign.unlink(missing_ok=True)
    requests = [send(code, **options) for code in codes]
    sign.touch()
    return [front_end.ending(request) for request in requests]


codes = [f"{wait if i == 2 else ''}console.log({i}); {'throw new Error()' if i == 2 else ''}" for i in range(50)]
endings = send_all(codes)
facts["statuses of 50"] = [reply["status"] for reply, _ in endings]
facts["printed by 50"] = "".join(printed(published) for _, published in endings)
facts["inputs of 50"] = sum(len(shown(published, "execute_input")) for _, published in endings)
facts["after 50"] = brief(run("'alive'"))[0::2]

endings = send_all([f"{wait}throw new Error()", "'goes on'"], stop_on_error=False)
facts["no stop"] = [brief(ending)[0::2] for ending in endings]

other = FrontEnd(manager.blocking_client())
mine, theirs = send("const shared = 'mine'; shared"), other.send("'theirs'")
facts["two"] = [brief(front_end.ending(mine))[0::2], brief(other.ending(theirs))[0::2]]
seen = other.await_output(mine, "execute_input")
facts["two see each other"] = seen["code"]

request = send("const [name, secret] = [await prompt('Name? '), await prompt('Key? ', { password: true })]; name + secret", allow_stdin=True)
asked = []
for answer in ("Ada", "!"):
    asked.append(front_end.client.get_stdin_msg(timeout=10)["content"])
    front_end.client.input(answer)
facts["prompt"] = [asked, brief(front_end.ending(request))[0::2]]
facts["no prompt"] = run("await prompt('?')")[0].get("evalue")

manager.shutdown_kernel()
print(json.dumps(facts))
end()
