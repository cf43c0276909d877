"""What is wrong with a release: each problem with file, line and remedy, all of them together."""

from msgspec import Struct

from her2board.wording import trn


class Problem(Struct, frozen=True, order=True):
    """One problem in one file; ``line`` is 0 when it concerns the whole file."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.message}"


class BrokenReleaseError(Exception):
    """The release cannot be used; ``problems`` holds everything found."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = tuple(sorted(problems))
        n = len(self.problems)
        head = trn(
            "the evidence release has {n} problem; nothing is assessed:",
            "the evidence release has {n} problems; nothing is assessed:",
            n,
        )
        super().__init__("\n".join((head.format(n=n), *map(str, self.problems))))
