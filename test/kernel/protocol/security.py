"""What hostile or careless front ends can do, as JSON."""

import json
import tempfile
import time

from front_end import end, shown, start

log = tempfile.TemporaryFile()
manager, front_end = start(stderr=log)
client = front_end.client
facts = {}


def value(code):
    return [content["data"]["text/plain"] for content in shown(front_end.run(code)[1], "execute_result")]


def send_signed(*parts):
    """Sends header, parent header, metadata and content, correctly signed."""
    session = client.session
    frames = [part.encode() for part in parts]
    client.shell_channel.socket.send_multipart([b"<IDS|MSG>", session.sign(frames), *frames])


def header(**more):
    return json.dumps({"msg_id": "deep", "msg_type": "execute_request", "session": "s", **more})


deep = "[" * 100_000 + "]" * 100_000
deep_object = '{"a":' * 100_000 + "1" + "}" * 100_000
for content in (deep, f'{{"code":"1","user_expressions":{deep}}}', deep_object):
    send_signed(header(), "{}", "{}", content)
send_signed(header(), deep, "{}", '{"code":"1"}')
send_signed(header(), "{}", deep, '{"code":"1"}')
send_signed(header()[:-1] + f', "extra": {deep}}}', "{}", "{}", '{"code":"1"}')
facts["after nesting"] = value("'alive'")
# Brackets in a text are no nesting.
facts["brackets in a text"] = value(f"{json.dumps('[' * 5000)}.length")

front_end.run(f"'{'a' * 40_000}'")
begun = time.monotonic()
reply, _ = front_end.ask("history_request", raw=True, output=False, hist_access_type="search", pattern="*a" * 8 + "b")
facts["glob"] = [len(reply["history"]), time.monotonic() - begun < 30]

manager.shutdown_kernel(now=True)
log.seek(0)
facts["log"] = [line.split("; ")[0] for line in log.read().decode().splitlines()]
print(json.dumps(facts))
end()
