"""Prints the installed Python packages as JSON: [{name, version, licence}], as their metadata states them."""

import json
from importlib.metadata import distributions

PREFIX = "License :: OSI Approved :: "


def licence(metadata):
    stated = [c.removeprefix(PREFIX) for c in metadata.get_all("Classifier", []) if c.startswith(PREFIX)]
    return metadata.get("License-Expression") or " AND ".join(stated) or metadata.get("License")


found = {d.metadata["Name"]: (d.version, licence(d.metadata)) for d in distributions()}
print(json.dumps([{"name": n, "version": v, "licence": l} for n, (v, l) in sorted(found.items())]))
