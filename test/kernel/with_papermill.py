"""What plain papermill makes of a notebook's parameters, and which kernels say that they speak TypeScript, as JSON."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import KernelSpecManager

folder = Path(tempfile.mkdtemp())
given = nbformat.v4.new_notebook(
    cells=[
        nbformat.v4.new_code_cell(
            'const profile: "demo" | "short" = "demo";\nconst seeds: number[] = [0];', metadata={"tags": ["parameters"]}
        ),
        nbformat.v4.new_code_cell("profile + seeds.length"),
    ],
    metadata={"kernelspec": {"name": "h2t-ts", "display_name": "TypeScript", "language": "typescript"}},
)
nbformat.write(given, folder / "in.ipynb")
papermill = Path(sys.executable).parent / "papermill"
command = [papermill, "in.ipynb", "out.ipynb", "--no-progress-bar", "-p", "profile", "short", "-y", "{seeds: [1, 2, 3]}"]
ended = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
cells = nbformat.read(folder / "out.ipynb", 4).cells if ended.returncode == 0 else []
specs = {name: KernelSpecManager().get_kernel_spec(name).language for name in KernelSpecManager().find_kernel_specs()}
print(
    json.dumps(
        {
            "status": ended.returncode,
            "sources": [cell.source for cell in cells],
            "result": [output.data["text/plain"] for output in cells[-1].outputs] if cells else ended.stderr,
            "typescript": [name for name, language in specs.items() if language.lower() == "typescript"],
        }
    )
)
