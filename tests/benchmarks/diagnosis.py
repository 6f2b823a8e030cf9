"""Accuracy, calibration and length of the diagnostic for simulated learners: what `dijipilot simulate` prints."""

import sys

from dijipilot.cli.main import main

if __name__ == "__main__":
    for population in ("reference", "stressed"):
        code = main(["simulate", "--learners", "200", "--seed", "1", "--population", population])
        if code:
            sys.exit(code)
