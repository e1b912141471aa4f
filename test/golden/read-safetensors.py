"""Checks that Python's safetensors reads weights.safetensors, which `encodeSafetensors` wrote, as what was written.

    pip install safetensors==0.8.0 numpy && python test/golden/read-safetensors.py

test/storage/safetensors/safetensors.test.ts compares the bytes that `encodeSafetensors` writes today with this file.
"""

import pathlib

import numpy
from safetensors import safe_open

EXPECTED = {
    "weight": numpy.array([[1, -2.5, 3e-45], [numpy.nan, -0.0, 3.4e38]], dtype=numpy.float32),
    "bias": numpy.array([7], dtype=numpy.float32),
    "scalar": numpy.array(0.1, dtype=numpy.float32),
}

with safe_open(pathlib.Path(__file__).with_name("weights.safetensors"), framework="numpy") as file:
    assert set(file.keys()) == set(EXPECTED), file.keys()
    metadata = file.metadata()
    assert metadata["runId"] == "0123" and metadata["text"] == 'ümlaut "quoted"', metadata
    for name, expected in EXPECTED.items():
        found = file.get_tensor(name)
        assert found.shape == expected.shape and found.dtype == expected.dtype, name
        assert found.tobytes() == expected.tobytes(), (name, found)
print("read as written")
