"""Forks: one whose answer is kept, one that is only asked whether a test noticed."""

import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from typing import Any

from known import BUILD, KILLED, SURVIVED, TIMED_OUT

_MEMORY_BYTES = 4 * 1024**3


def outcome_of(run: Callable[[], bool], seconds: float) -> str:
    """Run in a fork, for at most thrice the usual time; an error in the run itself counts as noticed."""
    child = os.fork()
    if not child:
        _quiet()
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
        signal.setitimer(signal.ITIMER_PROF, 10 + 3 * seconds)  # ends the process when its time is over
        try:
            noticed = run()
        except BaseException:  # noqa: BLE001  # reason: the change may raise anything, from anywhere
            noticed = True
        os._exit(1 if noticed else 0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGPROF:
        return TIMED_OUT
    return SURVIVED if status == 0 else KILLED


def in_child(work: Callable[[], Any]) -> Any:
    """Return what ``work`` returns in a fork, so that nothing it imports stays here."""
    answer = BUILD / "answer.json"
    answer.unlink(missing_ok=True)
    child = os.fork()
    if not child:
        kept = os.dup(1)
        _quiet()
        sys.__stdout__ = os.fdopen(kept, "w")
        answer.write_text(json.dumps(work()), encoding="utf-8")
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if not answer.exists():
        raise SystemExit(f"stopped with status {status}; see build/mutation/output.txt")
    return json.loads(answer.read_text(encoding="utf-8"))


def _quiet() -> None:
    output = os.open(BUILD / "output.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(output, 1)
    os.dup2(output, 2)
