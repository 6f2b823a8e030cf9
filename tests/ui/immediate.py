"""An executor that does its work at once, so that tests need not wait."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import ParamSpec, TypeVar

Arguments = ParamSpec("Arguments")
Outcome = TypeVar("Outcome")


class ImmediateExecutor(Executor):
    """Runs each job in the thread that submits it."""

    def submit(
        self, function: Callable[Arguments, Outcome], /, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> Future[Outcome]:
        """Run it, then return its future."""
        future: Future[Outcome] = Future()
        future.set_result(function(*args, **kwargs))
        return future
