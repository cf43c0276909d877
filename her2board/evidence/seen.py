"""The newest day and the newest evidence that were ever seen: a clock or a release behind them was set back."""

from datetime import date, timedelta

from pydantic import BaseModel, ConfigDict, ValidationError

from her2board.wording import day_words, tr

_ELSEWHERE = timedelta(days=1)
"""A day may begin earlier where the last user was."""


class Seen(BaseModel):
    """What is remembered; nothing where a program or a casebook is new."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    day: date | None = None
    pack: int = 0
    """Highest number of a pack in use; 0 where only shipped evidence was."""
    released: date | None = None
    """Day of the newest evidence in use."""

    def after(self, day: date, pack: int = 0, released: date | None = None) -> "Seen":
        """Return what is remembered after a look: the newer of each."""
        return Seen(
            day=max(filter(None, (self.day, day))),
            pack=max(self.pack, pack),
            released=max(filter(None, (self.released, released)), default=None),
        )

    def clock_words(self, today: date) -> str:
        """Return what to say where ``today`` lies before a day that was seen; empty where it does not."""
        if self.day is None or today >= self.day - _ELSEWHERE:
            return ""
        words = tr(
            "The clock of this computer says {today}, but this program was in use on {seen} already. Set the clock "
            "right: the age of evidence and findings is counted by it."
        )
        return words.format(today=day_words(today), seen=day_words(self.day))

    def older_words(self, pack: int, released: date) -> str:
        """Return what to say where the evidence in use is older than some that was seen; empty where it is not."""
        if self.released is None or released >= self.released:
            return ""
        seen = tr("pack {n} of {day}").format(n=self.pack, day=day_words(self.released)) if self.pack else ""
        words = tr("The evidence in use, {here}, is older than what was in use here before: {seen}.")
        here = tr("pack {n} of {day}").format(n=pack, day=day_words(released)) if pack else day_words(released)
        return words.format(here=here, seen=seen or day_words(self.released))


def parse_seen(text: str) -> Seen:
    """Return what was remembered; nothing where it cannot be read, for it must keep nobody from working."""
    try:
        return Seen.model_validate_json(text) if text else Seen()
    except ValidationError:
        return Seen()
