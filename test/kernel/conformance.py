"""The Jupyter team's own tests of a kernel, each with its outcome, as JSON: conformance.py KERNEL."""

import json
import signal
import sys
import unittest

from front_end import end
from jupyter_kernel_test import IopubWelcomeTests, KernelTests
from samples import samples

KERNEL = sys.argv[1]


class Conformance(KernelTests):
    kernel_name = KERNEL


for attribute, sample in samples(KERNEL).items():
    setattr(Conformance, attribute, sample)


class Welcome(IopubWelcomeTests):
    kernel_name = KERNEL
    support_iopub_welcome = True

    def setUp(self):
        # The test waits for ever where none comes.
        signal.alarm(20)

    def tearDown(self):
        signal.alarm(0)


class Outcomes(unittest.TestResult):
    """What became of each test; parts that failed or were skipped count for the whole."""

    def __init__(self):
        super().__init__()
        self.found = {}

    def _note(self, test, outcome):
        self.found.setdefault(test.id().split(" ")[0].rsplit(".", 1)[-1], outcome)

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


def give_up(*_):
    raise TimeoutError


signal.signal(signal.SIGALRM, give_up)
outcomes = Outcomes()
loader = unittest.defaultTestLoader
unittest.TestSuite(loader.loadTestsFromTestCase(case) for case in (Conformance, Welcome)).run(outcomes)
print(json.dumps(outcomes.found))
end()
