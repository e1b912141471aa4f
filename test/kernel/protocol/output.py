"""What becomes of the output of cells, as JSON."""

import json

from front_end import end, printed, shown, start

manager, front_end = start()
facts = {}

_, published = front_end.run("for (let i = 0; i < 20_000; i++) console.log(`line ${i}`);")
facts["lines"] = printed(published) == "".join(f"line {i}\n" for i in range(20_000))
facts["messages of 20,000 lines"] = len(shown(published, "stream"))

_, published = front_end.run('process.stdout.write("x".repeat(2_000_000) + "\\n");')
text = printed(published)
facts["long line"] = [len(text), text == "x" * 2_000_000 + "\n"]

_, published = front_end.run(
    """
for (let i = 0; i < 3; i++) {
  console.log("out", i);
  console.error("err", i);
  display(i);
}
"""
)
facts["order"] = [
    content.get("text", content.get("data", {}).get("text/plain"))
    for kind, content in published
    if kind != "execute_input"
]

_, published = front_end.run(
    """
const bytes = Buffer.from("é😀\\n");
for (const byte of bytes) process.stdout.write(Uint8Array.of(byte));
process.stdout.write("c3a9", "hex");
await new Promise<void>((resolve) => process.stdout.write(" told", () => resolve()));
[process.stdout.isTTY, process.stderr.isTTY]
"""
)
facts["bytes"] = [printed(published), shown(published, "execute_result")[0]["data"]["text/plain"]]

first = front_end.send("setTimeout(() => console.log('late'), 300); console.log('early');")
front_end.ending(first)
_, second = front_end.run("await new Promise((resolve) => setTimeout(resolve, 600)); console.log('other');")
facts["late"] = [printed(front_end.said(first)), printed(second)]

_, published = front_end.run(
    """
const shown = display("one", { id: "a" });
shown.update("two");
clearOutput();
clearOutput({ wait: true });
"""
)
facts["displays"] = [(kind, content) for kind, content in published if kind != "execute_input"]

# 200 MB of output, of which no more than a part may wait at once.
_, published = front_end.run(
    """
let most = 0;
const line = "y".repeat(99_999) + "\\n";
for (let i = 0; i < 2_000; i++) process.stdout.write(line);
"""
)
facts["flood"] = len(printed(published))

manager.shutdown_kernel()
print(json.dumps(facts))
end()
