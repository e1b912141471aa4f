"""The Jupyter team's own tests of a kernel, each with its outcome, as JSON: conformance.py KERNEL."""

import json
import sys
import unittest

from front_end import end
from jupyter_kernel_test import IopubWelcomeTests, KernelTests

KERNEL = sys.argv[1]


class Conformance(KernelTests):
    kernel_name = KERNEL
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = "console.log('hello, world');"
    code_stderr = "console.error('oops');"
    completion_samples = [
        {"text": "Math.hypo", "matches": {"hypot"}},
        {"text": "JSON.parse", "matches": {"parse"}},
        {"text": "Object.fromE", "matches": {"fromEntries"}},
    ]
    complete_code_samples = ["1", "const a = 1;", "function f(x: number) {\n  return x * 2;\n}", "'text'", "`a\nb`"]
    incomplete_code_samples = ["function f(x: number) {", "(1 +", "`a"]
    invalid_code_samples = ["let 1 = a;", "1 +* 2"]
    code_generate_error = "throw new Error('no');"
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": "'a'.repeat(3)", "result": "'aaa'"},
        {"code": "[1, 2].map((x) => x + 1)", "result": "[ 2, 3 ]"},
    ]
    code_display_data = [
        {
            "code": 'import * as tslab from "tslab"; tslab.display.html("<b>1</b>");'
            if KERNEL == "h2t-tslab"
            else 'display({ [Symbol.for("Jupyter.display")]: () => ({ "text/html": "<b>1</b>" }) });',
            "mime": "text/html",
        }
    ]
    code_history_pattern = "6 [*] ?"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "parseInt"
    code_clear_output = "clearOutput();"


class Welcome(IopubWelcomeTests):
    kernel_name = KERNEL
    support_iopub_welcome = True


class Outcomes(unittest.TestResult):
    """What became of each test; parts that failed or were skipped count for the whole."""

    def __init__(self):
        super().__init__()
        self.found = {}

    def _note(self, test, outcome):
        self.found.setdefault(test.id().split(" ")[0].rsplit(".", 1)[1], outcome)

    def addSuccess(self, test):
        self._note(test, "passed")

    def addSkip(self, test, reason):
        self._note(getattr(test, "test_case", test), f"skipped: {reason}")

    def addFailure(self, test, err):
        self._note(test, f"failed: {err[1]}")

    def addError(self, test, err):
        self._note(test, f"failed: {err[1]!r}")

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self._note(test, f"failed: {err[1]}")


outcomes = Outcomes()
loader = unittest.defaultTestLoader
unittest.TestSuite(loader.loadTestsFromTestCase(case) for case in (Conformance, Welcome)).run(outcomes)
print(json.dumps(outcomes.found))
end()
