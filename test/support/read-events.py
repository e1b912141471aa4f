"""Prints the scalars of a folder's event files as TensorBoard reads them: {tag: [[step, value], …]}, as JSON."""

import json
import sys

# Its own reader, not TensorFlow's, which takes seconds to load.
sys.modules["tensorflow"] = None

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

events = EventAccumulator(sys.argv[1], size_guidance={"scalars": 0}).Reload()
scalars = {tag: [[e.step, e.value] for e in events.Scalars(tag)] for tag in events.Tags()["scalars"]}
print(json.dumps({"version": events.file_version, "scalars": scalars}))
