"""Reads and writes Jupyter's messages by jupyter_client, the reference: a JSON question on stdin, the answer on stdout."""

import json
import sys

from jupyter_client.session import Session

question = json.load(sys.stdin)
session = Session(key=question["key"].encode(), username="fuzz")


def read(frames):
    identities, parts = session.feed_identities([bytes.fromhex(f) for f in frames])
    message = session.deserialize(parts)
    return {
        "identities": [i.hex() for i in identities],
        "type": message["header"]["msg_type"],
        "parent": message["parent_header"].get("msg_id"),
        "content": message["content"],
    }


def write(message):
    made = session.msg(message["type"], content=message["content"])
    identities = [bytes.fromhex(i) for i in message["identities"]]
    frames = session.serialize(made, ident=identities)
    return {"id": made["header"]["msg_id"], "frames": [bytes(f).hex() for f in frames]}


answer = {"read": [read(f) for f in question["read"]], "written": [write(m) for m in question["write"]]}
print(json.dumps(answer))
