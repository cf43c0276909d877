"""Reads PDF files one after another, each in a process of its own that is forked: what each took and answered, as JSON.

Run by itself, as 'reading_apart.py PLACES-TO-IMPORT-FROM FILE...': a process started anew for each would take longer.
"""

import json
import os
import sys


def tried(path: str) -> dict[str, object]:
    """Return exit status, seconds, megabytes and answer of the process that reads the file at ``path``."""
    answers, given = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(answers)
        os.dup2(os.open(path, os.O_RDONLY), 0)
        os.dup2(given, 1)
        child.main()
    os.close(given)
    with os.fdopen(answers, "rb") as stream:
        answer = stream.read()
    _, status, used = os.wait4(process, 0)
    return {
        "status": os.waitstatus_to_exitcode(status),
        "seconds": used.ru_utime + used.ru_stime,
        "megabytes": used.ru_maxrss // 1000,
        "answer": answer.decode("utf-8", "replace"),
    }


if __name__ == "__main__":
    sys.path[:] = json.loads(sys.argv[1])
    import pypdf  # noqa: F401  # reason: once for all

    from her2board.pdf import child

    for name in sys.argv[2:]:
        print(json.dumps(tried(name)), flush=True)
