"""A pack is put in use only if it is genuine, newer and whole; whatever else is refused with its reason."""

import io
import os
import random
import shutil
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from support.command_line import runner
from support.packs import FROZEN, NOW, Maker, make_keys, maker, replace_key

from her2board import paths
from her2board.case.storage import load
from her2board.cli.errors import CommandError
from her2board.cli.installed_evidence import folder_in_use
from her2board.evidence import files
from her2board.evidence.loader import load_release
from her2board.packs.archive import read_evidence, read_pack, write_pack
from her2board.packs.difference import changed_files, reread
from her2board.packs.errors import PackError
from her2board.packs.fingerprint import fingerprint
from her2board.packs.installed import evidence_in_use, install, read_installed, remembered, take_back, use_shipped
from her2board.packs.keys import detached_public, detached_signature
from her2board.packs.make import add_signature, signed_by
from her2board.packs.memory import read_seen
from her2board.packs.trust import check_pack

FLIPS = int(os.environ.get("HER2BOARD_BYTES", "120"))
LATER = NOW + timedelta(days=200)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Maker:
    return maker(tmp_path_factory.mktemp("packs"))


@pytest.fixture(scope="module")
def second(made: Maker) -> bytes:
    return made.pack(2, made.second)


@pytest.fixture
def used(made: Maker, tmp_path: Path) -> Path:
    """A place in which the first pack is installed."""
    place = tmp_path / "evidence"
    place.mkdir()
    install(place, check_pack(made.pack(1), made.root, {}, NOW), NOW)
    return place


def refusal(data: bytes, made: Maker, place: Path | None = None) -> str:
    """Return why a pack is refused; empty where it is taken."""
    try:
        check_pack(data, made.root, remembered(place) if place else {}, NOW)
    except PackError as error:
        return str(error)
    return ""


def test_a_pack_is_checked_installed_and_taken_back(made: Maker, used: Path, second: bytes) -> None:
    install(used, check_pack(second, made.root, remembered(used), NOW), NOW)
    in_use = evidence_in_use(used)
    assert in_use is not None
    assert files.texts(in_use) == files.texts(made.second)
    assert load_release(in_use).as_reviewed
    take_back(used, NOW, "the first one is wanted for the audit")
    assert files.texts(evidence_in_use(used) or used) == files.texts(made.first)
    state = read_installed(used)
    assert [step.action for step in state.steps] == ["installed", "installed", "taken_back"]
    assert state.steps[-1].why == "the first one is wanted for the audit"
    seen = read_seen(used)
    assert (seen.pack, seen.day, seen.released) == (2, date(2026, 11, 30), date(2026, 11, 22))
    use_shipped(used, NOW)
    assert evidence_in_use(used) is None


Spoil = Callable[[bytes, Maker], bytes]


def without(part: str, data: bytes, _: Maker) -> bytes:
    members = read_pack(data)
    return write_pack({name: body for name, body in members.items() if part not in name})


def mixed(data: bytes, made: Maker) -> bytes:
    ours, others = read_pack(data), read_pack(made.pack(3, made.second))
    evidence = {name: body for name, body in others.items() if name.startswith("targets/")}
    return write_pack({**{name: body for name, body in ours.items() if not name.startswith("targets/")}, **evidence})


def exchanged(data: bytes, made: Maker) -> bytes:
    """Put the evidence of another release under the name that was signed."""
    ours, others = read_pack(data), read_pack(made.pack(2, made.first))
    other = next(body for name, body in others.items() if name.startswith("targets/"))
    return write_pack({name: other if name.startswith("targets/") else body for name, body in ours.items()})


def with_member(name: str, data: bytes, _: Maker) -> bytes:
    made = io.BytesIO(data)
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr(name, b"x")
    return made.getvalue()


def bomb(_: bytes, __: Maker) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("metadata/timestamp.json", bytes(40 << 20))
    return made.getvalue()


def foreign(_: bytes, made: Maker) -> bytes:
    keys = made.keys.parent / "foreign"
    if not keys.exists():
        make_keys(keys, NOW)
    return made.pack(2, keys=keys)


def one_reader(_: bytes, made: Maker) -> bytes:
    keys = made.keys.parent / "one-reader"
    shutil.copytree(made.keys, keys, dirs_exist_ok=True)
    (keys / "clinical.pem").unlink()
    return made.pack(2, keys=keys)


SPOILED: dict[str, tuple[Spoil, str]] = {
    "older": (lambda _, made: made.pack(1), "older than one that was installed"),
    "foreign": (foreign, "not signed by those this program trusts"),
    "one reader": (one_reader, "not signed by those this program trusts"),
    "mixed": (mixed, "put together from several packs"),
    "exchanged": (exchanged, "not the one that was signed"),
    "without a part": (partial(without, "snapshot"), "snapshot.json is missing"),
    "without evidence": (partial(without, "targets/"), "0 releases instead of one"),
    "cut": (lambda data, _: data[:-200], "damaged"),
    "cut in half": (lambda data, _: data[: len(data) // 2], "no evidence pack"),
    "no pack": (lambda _, __: b"%PDF-1.7 something else", "no evidence pack"),
    "bomb": (bomb, "would unpack to more than 32 MB"),
    "out of its folder": (partial(with_member, "../../evil.yaml"), "no part of a pack"),
    "absolute": (partial(with_member, "/etc/passwd"), "no part of a pack"),
    "a name of Windows": (partial(with_member, "C:\\evil.yaml"), "no part of a pack"),
    "a further file": (partial(with_member, "metadata/9.targets.json"), "damaged"),
    "large": (lambda data, _: data + bytes(33 << 20), "larger than 32 MB"),
}


@pytest.mark.parametrize("name", SPOILED)
def test_every_other_pack_is_refused_with_its_reason(name: str, made: Maker, used: Path, second: bytes) -> None:
    spoil, reason = SPOILED[name]
    if name == "older":
        install(used, check_pack(second, made.root, remembered(used), NOW), NOW)
    before = read_installed(used)
    assert reason in refusal(spoil(second, made), made, used)
    assert read_installed(used) == before


def test_no_changed_bit_is_accepted(made: Maker, second: bytes) -> None:
    chosen = random.Random(20261130)  # reason: which bits are changed is no secret
    taken = []
    for _ in range(FLIPS):
        place, bit = chosen.randrange(len(second)), chosen.randrange(8)
        changed = bytearray(second)
        changed[place] ^= 1 << bit
        if not refusal(bytes(changed), made):
            taken.append((place, bit))
    assert taken == []


def test_a_pack_past_its_date_is_installed_with_a_reason_only(made: Maker, second: bytes) -> None:
    with pytest.raises(PackError, match="past its date"):
        check_pack(second, made.root, {}, LATER)
    assert check_pack(second, made.root, {}, LATER, although_expired=True).expired
    assert not check_pack(second, made.root, {}, NOW, although_expired=True).expired


def test_an_exchanged_key_is_followed_and_the_one_before_no_longer_trusted(made: Maker, tmp_path: Path) -> None:
    keys, stolen = tmp_path / "keys", tmp_path / "stolen"
    shutil.copytree(made.keys, keys)
    shutil.copytree(made.keys, stolen)
    for name in ("root-2", "clinical"):
        replace_key(keys, name, NOW)
    followed = check_pack(made.pack(5, keys=keys), made.root, {}, NOW)
    with pytest.raises(PackError, match="not signed by those this program trusts"):
        check_pack(made.pack(6, keys=stolen), made.root, followed.trusted, NOW)


def test_the_second_reader_signs_with_his_own_key_alone(made: Maker, tmp_path: Path) -> None:
    draft = one_reader(b"", made)
    assert signed_by(draft) == {"clinical": False, "technical": True}
    (tmp_path / "clinical.pem").write_bytes((made.keys / "clinical.pem").read_bytes())
    signed = add_signature(draft, tmp_path)
    assert signed_by(signed) == {"clinical": True, "technical": True}
    assert refusal(signed, made) == ""


def test_the_detached_signature_is_plain_ed25519(made: Maker, second: bytes) -> None:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    public = load_pem_public_key(detached_public(made.keys))
    assert isinstance(public, Ed25519PublicKey)
    signature = detached_signature(made.keys, second)
    public.verify(signature, second)
    with pytest.raises(InvalidSignature):
        public.verify(signature, second + b"x")


def test_a_crash_while_installing_leaves_the_release_before_in_use(
    made: Maker, used: Path, second: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = check_pack(second, made.root, remembered(used), NOW)
    before = evidence_in_use(used)

    def fails(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("her2board.packs.installed.write_atomically", fails)
    with pytest.raises(OSError, match="No space left"):
        install(used, pack, NOW)
    assert evidence_in_use(used) == before
    assert files.texts(before or used) == files.texts(made.first)
    monkeypatch.undo()
    install(used, pack, NOW)
    assert files.texts(evidence_in_use(used) or used) == files.texts(made.second)


def test_installed_evidence_that_was_changed_is_not_read(
    made: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "packs_dir", lambda: tmp_path)
    assert folder_in_use() == paths.evidence_dir()
    install(tmp_path, check_pack(made.pack(30), made.root, {}, NOW), NOW)  # released after the shipped evidence
    folder = folder_in_use()
    assert folder == evidence_in_use(tmp_path)
    trial = next((folder / "trials").glob("*.yaml"))
    trial.write_text(trial.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    with pytest.raises(CommandError, match="not as it was installed"):
        folder_in_use()
    use_shipped(tmp_path, NOW)
    assert folder_in_use() == paths.evidence_dir()


def test_older_evidence_than_the_program_came_with_is_not_read(
    made: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "packs_dir", lambda: tmp_path)
    install(tmp_path, check_pack(made.pack(1), made.root, {}, NOW), NOW)
    assert folder_in_use() == paths.evidence_dir()


def test_cases_that_read_otherwise_are_named_with_the_record(made: Maker) -> None:
    old, new = load_release(made.first), load_release(made.second)
    changed = changed_files(files.texts(made.first), files.texts(made.second))
    (trial,) = {name for name in changed if name != files.RELEASE}
    cases = [(path.stem, load(path), date(2026, 11, 26)) for path in sorted(paths.examples_dir().glob("*.her2case"))]
    found = list(reread(cases, old, new, changed))
    assert [one.case for one in found] == [name for name, *_ in cases]
    differing = [one for reading in found for one in reading.differs]
    assert differing
    assert {one.records for one in differing if one.what == "cohort"} == {(trial,)}
    assert not [one for reading in reread(cases, old, old, {}) for one in reading.differs]


def test_the_evidence_of_a_pack_takes_no_other_names() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("trials/../../evil.yaml", b"x")
    with pytest.raises(PackError, match="no part of a pack"):
        read_evidence(made.getvalue())


def test_a_stick_is_checked_and_installed_from_the_command_line(
    made: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(paths, "packs_dir", lambda: tmp_path / "state")
    stick, root = tmp_path / "stick", tmp_path / "root.json"
    stick.mkdir()
    (stick / "evidence.her2pack").write_bytes(made.pack(32, made.second))
    root.write_bytes(made.root)
    run = runner(capsys, monkeypatch, "packs")
    assert "without a root of trust" in run("verify", stick).err
    assert "without a root of trust" in run("install", stick).err
    assert run("verify", stick, "--root", root).out.startswith("genuine: pack 32")
    digits = fingerprint(made.root)
    assert run("trust", root, "--fingerprint", digits, "--reason", "a test").status == 0
    done = run("install", stick)
    assert (done.status, done.err) == (0, "")
    assert "in use: evidence 2026.32" in done.out
    assert "2026.32" in run("list").out
    assert "the evidence the program came with" in run("back").out
    assert "evidence 2026.32" in run("back").out
    assert "the evidence the program came with" in run("shipped").out
    broken = run("install", root)
    assert (broken.status, broken.err.strip()) == (1, "her2board: " + refusal(root.read_bytes(), made))
    (stick / "evidence.her2pack").write_bytes(made.pack(33, released=date(2026, 11, 1)))
    for action in ("verify", "install"):
        assert "older than that of 29 Nov 2026, with which this program came" in run(action, stick).err
    monkeypatch.setattr(paths, "evidence_dir", lambda: newer(tmp_path))  # the program was updated meanwhile
    assert run("back").status == 0
    assert "; it is newer than the pack" in run("list").out
    assert "yes" not in run("list").out


def newer(folder: Path) -> Path:
    """Return the shipped release as one of a later day."""
    made = folder / "newer"
    if not made.exists():
        shutil.copytree(FROZEN, made)
        head = made / files.RELEASE
        head.write_text(head.read_text(encoding="utf-8").replace("as_of: '2026-11-20'", "as_of: '2027-05-01'"))
    return made
