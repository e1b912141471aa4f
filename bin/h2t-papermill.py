"""papermill with the translator for TypeScript, also where set-up has not installed that:

    .venv/bin/python bin/h2t-papermill.py notebooks/table-5.ipynb out.ipynb -p profile short -y '{seeds: [0, 1]}'
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "src/kernel/papermill"))

# papermill first, which loads the translator itself where that is installed.
from papermill.cli import papermill  # noqa: E402
import h2t_papermill  # noqa: E402, F401

if __name__ == "__main__":
    papermill()
