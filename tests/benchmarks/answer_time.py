"""Time from an answer to the next question, saved to disk as in the app: median, 99th percentile, and where it goes."""

import statistics
import tempfile
import time
from pathlib import Path

import numpy as np

from dijipilot.bootstrap import open_academy
from dijipilot.domain.assessment.examinee import Examinee
from dijipilot.domain.assessment.population import POPULATIONS, World
from dijipilot.paths import UserPaths

LEARNERS = 20


def main() -> None:
    """Let simulated learners take the assessment through the services, and print the times."""
    with tempfile.TemporaryDirectory() as folder:
        academy = open_academy(UserPaths(Path(folder)), for_writing=True)
        world = World(academy.library.curriculum, POPULATIONS["reference"])
        times: list[float] = []
        reasons: list[float] = []
        for number in range(LEARNERS):
            examinee = Examinee(world, world.draw_learner(np.random.default_rng(number)), (number,))
            profile = academy.profiles.choose(f"Learner {number}").id
            sitting = academy.assess.begin(profile)
            while (screen := sitting.screen) is not None:
                chosen, is_not_sure = examinee.respond(screen)
                start = time.perf_counter()
                sitting.not_sure() if is_not_sure else sitting.answer(chosen)
                assert sitting.screen is not None or sitting.is_finished
                times.append(1000 * (time.perf_counter() - start))
            start = time.perf_counter()
            sitting.result()
            reasons.append(1000 * (time.perf_counter() - start))
        academy.close()
    ordered = sorted(times)
    print(
        f"answers {len(times)}: median {statistics.median(times):.1f} ms, "
        f"99th percentile {ordered[int(0.99 * len(ordered))]:.1f} ms, longest {ordered[-1]:.1f} ms"
    )
    print(f"result with all reasons: median {statistics.median(reasons):.1f} ms")


if __name__ == "__main__":
    main()
