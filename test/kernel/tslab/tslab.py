"""How cells run on tslab, as JSON."""

import json
import time

from front_end import end, printed, shown, start

manager, front_end = start("h2t-tslab")
facts = {}


def run(code):
    """A cell's status, what it printed, its results and displays."""
    reply, published = front_end.run(code)
    bundles = [content["data"] for kind, content in published if kind in ("execute_result", "display_data", "update_display_data")]
    return [reply["status"], printed(published), *bundles]


def error(code):
    return shown(front_end.run(code)[1], "error")


facts["values"] = [run(code) for code in ("const n: number = 2; n + 1", "n * 2", "undefined", "Promise.resolve(n)", "console.log(n)")]
facts["type error"] = error("const text: string = n;\nnothing")
facts["thrown"] = error("function f() { throw new TypeError('no', { cause: 1 }); }\nf()")
facts["text"] = error("throw 'text'")
_, published = front_end.run("setTimeout(() => { throw new Error('late'); }, 1); await new Promise((done) => setTimeout(done, 100));")
facts["late"] = printed(published, "stderr")
facts["displays"] = [
    run(code)
    for code in (
        'import * as tslab from "tslab"; tslab.display.html("<b>1</b>"); tslab.display.png(Uint8Array.of(1, 2));',
        "const place = tslab.newDisplay(); place.text('one'); place.text('two');",
        '({ [Symbol.for("Jupyter.display")]: () => ({ "text/plain": "own" }) })',
    )
]

stopped = []
for code in ("await new Promise(() => {});", "for (;;);", "await null; for (;;);"):
    request = front_end.send(f"console.log('begun'); {code}")
    front_end.await_output(request, "stream")
    time.sleep(0.2)
    manager.interrupt_kernel()
    stopped.append([front_end.ending(request)[0]["ename"], run("n")[2]["text/plain"]])
facts["stopped"] = stopped

manager.shutdown_kernel()
print(json.dumps(facts))
end()
