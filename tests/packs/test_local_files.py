"""A clinic's local file is carried under the clinic's own signature; what was changed on the way is refused."""

import random
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from support.command_line import runner
from support.overlays import RIVERSIDE

from her2board import paths
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.overlay_file import BrokenOverlayError, parse_overlay
from her2board.packs import local_file as lf
from her2board.packs.errors import PackError
from her2board.packs.local_installed import STATE, install, overlay_in_use, read_state, remove

TODAY = date(2026, 11, 30)


@pytest.fixture
def carried(tmp_path: Path) -> tuple[bytes, str]:
    """The signed file of the invented clinic, and the fingerprint of its key."""
    key = lf.make_key(tmp_path / "their-key")
    return lf.signed(RIVERSIDE, key), lf.fingerprint(lf.public_key(key))


def _refused(match: str, *words: object, **more: object) -> None:
    with pytest.raises(PackError, match=match):
        install(*words, **more)  # type: ignore[arg-type]  # reason: passed on as given


def test_a_signed_file_is_taken_once_its_fingerprint_was_compared(
    carried: tuple[bytes, str], library: EvidenceLibrary, tmp_path: Path
) -> None:
    data, fingerprint = carried
    here = tmp_path / "here"
    _refused(f"not known here yet.*that of this file is {fingerprint}", here, data, library, TODAY)
    _refused("not with 1234", here, data, library, TODAY, compared="1234")
    assert not (here / STATE).exists()
    install(here, data, library, TODAY, compared=fingerprint.upper())
    in_use = overlay_in_use(here, library)
    assert in_use is not None
    assert in_use.clinic == "Riverside Cancer Centre"
    install(here, data, library, TODAY)  # known from now on
    other = lf.signed(RIVERSIDE, lf.make_key(tmp_path / "other-key"))
    _refused("until now, and this file with", here, other, library, TODAY)


def test_no_flipped_byte_is_accepted(carried: tuple[bytes, str]) -> None:
    data, _ = carried
    dice = random.Random(7)
    changed = [data[:-1], data[:40], data + b"#", b"\n" + data, data.split(b"\n", 1)[1]]
    for _ in range(1000):
        at = dice.randrange(len(data))
        changed.append(data[:at] + bytes([data[at] ^ (1 << dice.randrange(8))]) + data[at + 1 :])
    accepted = []
    for one in changed:
        with suppress(PackError):
            accepted.append(lf.opened(one))
    assert accepted == []


def test_an_unsigned_file_is_taken_only_as_the_own(library: EvidenceLibrary, tmp_path: Path) -> None:
    data = RIVERSIDE.encode()
    _refused("not signed. Another clinic's file is taken with its signature only", tmp_path, data, library, TODAY)
    install(tmp_path, data, library, TODAY, own=True)
    assert read_state(tmp_path).in_use is not None
    assert remove(tmp_path)
    assert overlay_in_use(tmp_path, library) is None
    assert not remove(tmp_path)


def test_what_is_older_broken_or_from_tomorrow_leaves_what_is_in_use(library: EvidenceLibrary, tmp_path: Path) -> None:
    install(tmp_path, RIVERSIDE.encode(), library, TODAY, own=True)
    before = (tmp_path / STATE).read_bytes()
    older = RIVERSIDE.replace("number: 3", "number: 2").encode()
    _refused("number 2 of .* number 3 is in use.*remove the newer one first", tmp_path, older, library, TODAY, own=True)
    _refused("after today", tmp_path, RIVERSIDE.encode(), library, date(2026, 11, 19), own=True)
    with pytest.raises(BrokenOverlayError):
        install(tmp_path, RIVERSIDE.replace("ecog", "ecgo").encode(), library, TODAY, own=True)
    assert (tmp_path / STATE).read_bytes() == before


def test_a_file_changed_beside_the_program_is_noticed_with_the_way_out(
    carried: tuple[bytes, str], library: EvidenceLibrary, tmp_path: Path
) -> None:
    data, fingerprint = carried
    for own, file in ((True, RIVERSIDE.encode()), (False, data)):
        place = tmp_path / str(own)
        install(place, file, library, TODAY, own=own, compared=fingerprint)
        text = (place / STATE).read_text(encoding="utf-8")
        (place / STATE).write_text(text.replace("ECOG 0 to 1", "ECOG 0 to 3"), encoding="utf-8")
        with pytest.raises(PackError) as refused:
            overlay_in_use(place, library)
        assert "not as it was installed" in str(refused.value)
        assert "'her2board overlay remove'" in str(refused.value)
        (place / STATE).write_text(text[:-40], encoding="utf-8")
        with pytest.raises(PackError, match=r"damaged; 'her2board overlay remove' puts it aside"):
            overlay_in_use(place, library)
        assert remove(place)
        assert overlay_in_use(place, library) is None


def test_a_key_with_a_passphrase_opens_with_it_alone(tmp_path: Path) -> None:
    key = lf.make_key(tmp_path, b"river")
    assert lf.public_key(lf.read_key(tmp_path, b"river")) == lf.public_key(key)
    with pytest.raises(PackError, match="does not open with this passphrase"):
        lf.read_key(tmp_path, b"brook")


def test_a_new_file_can_be_used_as_it_is_and_with_every_part_filled_in(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, library: EvidenceLibrary, tmp_path: Path
) -> None:
    made = tmp_path / "new.yaml"
    assert runner(capsys, monkeypatch)("overlay", "new", "-o", made).status == 0
    text = made.read_text(encoding="utf-8")
    assert not parse_overlay(text, "x", library).shows_something
    filled = parse_overlay(text.replace("#-", ""), "x", library)
    assert (len(filled.formulary), len(filled.trials), len(filled.statements), len(filled.limits)) == (2, 1, 1, 1)
    assert filled.radiotherapy.radiosurgery is not None


def test_the_actions_of_the_command_line_from_key_to_removal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "their"))
    run = runner(capsys, monkeypatch)
    plain, signed = tmp_path / "riverside.yaml", tmp_path / "riverside.her2local"
    plain.write_text(RIVERSIDE, encoding="utf-8")
    assert (
        "no key of a clinic; make one with 'her2board overlay keys'" in run("overlay", "make", plain, "-o", signed).err
    )
    fingerprint = run("overlay", "keys").out.partition(": ")[2].strip()
    assert fingerprint in run("overlay", "make", plain, "-o", signed).out
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "here"))
    assert "no local file is in use" in run("overlay", "show").out
    assert f"signed with {fingerprint}, not known here yet" in run("overlay", "verify", signed).out
    assert run("overlay", "install", signed).status == 1
    assert "in use: local file of Riverside" in run("overlay", "install", signed, "--fingerprint", fingerprint).out
    assert "known here as the key of Riverside Cancer Centre" in run("overlay", "verify", signed).out
    shown = run("overlay", "show")
    assert shown.out == RIVERSIDE
    assert "number 3: signed" in shown.err
    state = paths.overlay_dir() / STATE
    state.write_text(state.read_text(encoding="utf-8").replace("ext. 4711", "ext. 4712"), encoding="utf-8")
    refused = run("assess", paths.example_case("cr18-untreated-asymptomatic"))
    assert (refused.status, refused.out) == (1, "")
    assert "not as it was installed" in refused.err
    assert "no local file is in use any more" in run("overlay", "remove").out
