"""Nobody's keys are shipped: they are made in a ceremony, and a clinic trusts their root on purpose, once."""

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from support.command_line import Result, Run, runner
from support.packs import FROZEN, NOW, Maker, make_keys, maker, replace_key
from tuf.api.metadata import Metadata, Root

from her2board import paths
from her2board.cli import manifest, roots
from her2board.cli.errors import CommandError
from her2board.evidence.problems import BrokenReleaseError
from her2board.packs import keys, root_trust
from her2board.packs.errors import PackError
from her2board.packs.fingerprint import confirms, fingerprint, first_half
from her2board.packs.installed import read_installed
from her2board.packs.root import follows, newest, read_root

SECRETS = [f"five words of holder {n}" for n in range(1, 7)]
NAMES = ("root-1", "root-2", "root-3", "clinical", "technical", "release")
WHY = "letter of 12 Nov 2026"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Maker:
    return maker(tmp_path_factory.mktemp("packs"))


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(paths, "packs_dir", lambda: tmp_path / "state")
    monkeypatch.setattr(paths, "packs_root", lambda: tmp_path / "shipped.json")
    monkeypatch.setattr(paths, "evidence_dir", lambda: FROZEN)
    return tmp_path / "state"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, state: Path) -> Run:
    return runner(capsys, monkeypatch, "packs")


def typed(lines: Sequence[str]) -> int:
    """Return a descriptor from which these lines are read."""
    there, here = os.pipe()
    os.write(here, "\n".join(lines).encode())
    os.close(here)
    return there


def with_secrets(run: Run, *words: object, secrets: Sequence[str]) -> Result:
    return run(*words, "--passphrases-fd", typed(secrets))


def with_secret(run: Run, *words: object, secret: str) -> Result:
    return run(*words, "--passphrase-fd", typed([secret]))


def ceremony(run: Run, at: Path, secrets: Sequence[str] = SECRETS, **other: Path) -> Result:
    """Make keys, each on a stick of its own below ``at`` unless it is named."""
    places = {name: other.get(name.replace("-", "_"), at / name) for name in NAMES}
    words = [word for name, folder in places.items() for word in (f"--{name}", folder)]
    return with_secrets(run, "keys", *words, secrets=secrets)


def test_from_the_ceremony_to_installed_evidence_and_past_an_exchanged_key(
    run: Run, tmp_path: Path, state: Path
) -> None:
    (tmp_path / "sticks" / "root-1" / "lost+found").mkdir(parents=True)  # a stick comes with that
    done = ceremony(run, tmp_path / "sticks")
    assert done.status == 0, done.err
    at = {name: tmp_path / "sticks" / name for name in NAMES}
    root = at["release"] / "1.root.json"
    digits = fingerprint(root.read_bytes())
    assert f"Fingerprint of the root, for letters and calls: {digits}" in done.out
    assert hashlib.sha256(root.read_bytes()).hexdigest().startswith(digits.replace(" ", ""))
    assert "same disk" in done.err
    for name in NAMES[:5]:
        assert sorted(path.name for path in at[name].glob("*.*")) == ["1.root.json", f"{name}.pem"]
        assert b"ENCRYPTED" in (at[name] / f"{name}.pem").read_bytes()
    assert keys.held(at["release"]) == ["snapshot", "timestamp", "detached"]

    def signed(number: int) -> Path:
        """Return a stick with a pack that each holder signed with the own stick alone."""
        stick = tmp_path / f"stick-{number}"
        stick.mkdir()
        pack, draft = stick / "evidence.her2pack", tmp_path / f"draft-{number}.her2pack"
        words = ("--release", FROZEN, "--number", number, "--valid-until", "2999-01-01", "-o", draft)
        assert "clinical, technical" in with_secret(run, "make", *words, "--keys", at["release"], secret=SECRETS[5]).out
        one = tmp_path / f"one-{number}.her2pack"
        assert with_secret(run, "sign", draft, "--keys", at["clinical"], "-o", one, secret=SECRETS[3]).status == 0
        both = tmp_path / f"both-{number}.her2pack"
        assert with_secret(run, "sign", one, "--keys", at["technical"], "-o", both, secret=SECRETS[4]).status == 0
        done = with_secret(run, "sign", both, "--keys", at["release"], "-o", pack, secret=SECRETS[5])
        assert "clinical, technical" in done.out
        checked = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", tmp_path / "her2board-packs.pem", "-rawin"]
        subprocess.run([*checked, "-in", pack, "-sigfile", f"{pack}.sig"], check=True, capture_output=True)
        return stick

    stick = signed(900)
    assert "nobody trusted one here" in run("list").out
    assert "without a root of trust" in run("install", stick).err
    asked = run("trust", root)
    assert asked.status == 1
    assert first_half(root.read_bytes()) in asked.out
    assert digits[20:] not in asked.out
    assert run("trust", root, "--fingerprint", digits[20:].upper(), "--reason", WHY).status == 0
    assert "in use: evidence" in run("install", stick).out
    listed = run("list").out
    assert f"the root {digits} is trusted here since" in listed
    assert f"({WHY})" in listed
    lost = with_secrets(
        run, "exchange", "clinical", "--to", tmp_path / "sticks" / "new",
        "--signers", at["root-1"], at["root-3"], at["release"], at["technical"],
        secrets=[SECRETS[0], SECRETS[2], SECRETS[5], SECRETS[4], "six words of a new reader"],
    )  # fmt: skip
    assert lost.status == 0, lost.err
    at["clinical"], SECRETS[3] = tmp_path / "sticks" / "new", "six words of a new reader"
    assert "in use: evidence" in run("install", signed(901)).out
    trust = root_trust.read_trust(state)
    assert [step.action for step in trust.steps] == ["trusted", "exchanged"]
    assert trust.data == (at["release"] / "2.root.json").read_bytes()
    assert fingerprint(trust.data) in run("list").out
    renewed = with_secrets(run, "exchange", "--signers", at["root-1"], at["root-2"], secrets=SECRETS[:2])
    assert f"{at['root-1'] / '3.root.json'}" in renewed.out
    assert sorted(keys.roots(at["root-2"])) == ["1.root.json", "2.root.json", "3.root.json"]


def test_keys_go_only_where_they_are_safe(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    (tmp_path / "program").mkdir()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "root-1.pem").write_bytes(b"another key")
    (tmp_path / "link").symlink_to(tmp_path / "repository")
    monkeypatch.setattr(paths, "program_dir", lambda: tmp_path / "program")
    sticks = tmp_path / "sticks"
    refused: dict[str, Callable[[], Result]] = {
        "is in a repository": lambda: ceremony(run, sticks, release=tmp_path / "repository" / "keys"),
        f"root-1: {tmp_path / 'repository' / 'a'} is in": lambda: ceremony(run, sticks, root_1=tmp_path / "link" / "a"),
        "folder of this program": lambda: ceremony(run, sticks, clinical=tmp_path / "program" / "keys"),
        "root-1, root-2, root-3: each goes": lambda: ceremony(run, sticks, root_2=sticks / "root-1"),
        "clinical, technical: each goes": lambda: ceremony(run, sticks, technical=sticks / "x/../clinical"),
        "passphrase is too short": lambda: ceremony(run, sticks, ["short", *SECRETS[1:]]),
        "never written over others": lambda: ceremony(run, sticks, root_1=tmp_path / "full"),
    }
    for words, attempt in refused.items():
        done = attempt()
        assert done.status == 1, words
        assert words in done.err
        assert not list(tmp_path.rglob("*.root.json")), words


def test_a_root_is_trusted_only_with_the_digits_of_another_source(
    made: Maker, run: Run, tmp_path: Path, state: Path
) -> None:
    file = tmp_path / "1.root.json"
    file.write_bytes(made.root)
    digits, half = fingerprint(made.root), first_half(made.root)
    for words, given in {
        "not the digits of this file": ("--fingerprint", half, "--reason", WHY),
        f"begins with {half}. Nothing": ("--fingerprint", digits[20:-1] + "g", "--reason", WHY),
        "say where the fingerprint was read": ("--fingerprint", digits),
    }.items():
        done = run("trust", file, *given)
        assert done.status == 1
        assert words in done.err
        assert digits[20:] not in done.err
        assert root_trust.read_trust(state).root == ""
    assert confirms(digits.replace(" ", "-").upper(), made.root)
    assert run("trust", file, "--fingerprint", digits, "--reason", WHY).status == 0
    other = tmp_path / "other"
    theirs = make_keys(other, NOW)
    again = run("trust", other, "--fingerprint", fingerprint(theirs), "--reason", WHY)
    assert f"a root is trusted here already ({digits})" in again.err
    (tmp_path / "stick.her2pack").write_bytes(made.pack(900, keys=other))
    assert "not signed by those this program trusts" in run("install", tmp_path / "stick.her2pack").err
    assert "--reason" in run("forget").err
    assert "say why" in run("forget", "--reason", " ").err
    assert "nobody trusted one here" in run("forget", "--reason", "another institution makes the packs now").out
    assert "no root is trusted here" in run("forget", "--reason", "once more").err
    assert run("trust", other, "--fingerprint", fingerprint(theirs), "--reason", WHY).status == 0
    assert [step.action for step in root_trust.read_trust(state).steps] == ["trusted", "forgotten", "trusted"]


def test_what_was_installed_with_a_root_goes_out_of_use_with_it(
    made: Maker, run: Run, tmp_path: Path, state: Path
) -> None:
    (tmp_path / "1.root.json").write_bytes(made.root)
    (tmp_path / "a.her2pack").write_bytes(made.pack(900))
    run("trust", tmp_path / "1.root.json", "--fingerprint", fingerprint(made.root), "--reason", WHY)
    assert run("install", tmp_path / "a.her2pack").status == 0
    run("forget", "--reason", "the letter was not theirs")
    assert read_installed(state).folder == ""
    assert "no release to go back to" in run("back").err
    assert read_installed(state).steps[-1].why == "the letter was not theirs"


def altered(root: bytes, change: Callable[[Root], object], folder: Path) -> bytes:
    """Return a root that was changed and signed again by those who made it."""
    made = Metadata[Root].from_bytes(root)
    change(made.signed)
    for name in keys.ROOT_KEYS:
        made.sign(keys.signer_of(folder, name), append=name != "root-1")
    return made.to_bytes()


def test_what_is_no_root_is_not_offered_to_be_trusted(made: Maker, tmp_path: Path) -> None:
    def alone(root: Root) -> None:
        root.roles["targets"].threshold = 1

    def under_two_names(root: Root) -> None:
        first, second = root.roles["targets"].keyids
        root.keys[second].keyval = root.keys[first].keyval

    pack = made.pack(3)
    unsigned = Metadata[Root].from_bytes(made.root)
    unsigned.signatures.clear()
    for words, data in {
        "damaged": made.root.replace(b'"version":1}', b'"version":2}'),
        "or it is damaged": unsigned.to_bytes(),
        "is no root of": pack,
        "this is no root of": b"",
        "secret key": (made.keys / "root-1.pem").read_bytes(),
        "one person alone": altered(made.root, alone, made.keys),
        "lets one person alone": altered(made.root, under_two_names, made.keys),
        "too large": made.root + b" " * 600_000,
    }.items():
        with pytest.raises(PackError) as refused:
            read_root(data)
        assert words in str(refused.value)
    (tmp_path / "t.json").write_bytes(b"[" * 100_000)
    with pytest.raises(CommandError, match="no root of evidence packs"):
        roots.root_of(tmp_path / "t.json")


def test_a_root_past_its_date_is_not_trusted(made: Maker, state: Path) -> None:
    root = read_root(made.root)
    late = NOW + timedelta(days=4 * 365)
    with pytest.raises(CommandError, match="past its date"):
        roots.trust_root(root, fingerprint(made.root), WHY, late)
    assert root_trust.read_trust(state).root == ""


def test_a_root_that_was_exchanged_beside_the_program_is_noticed(made: Maker, run: Run, state: Path) -> None:
    roots.trust_root(read_root(made.root), fingerprint(made.root), WHY, NOW)
    path = state / root_trust.STATE
    kept = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**kept, "root": kept["root"].replace("2029", "2039")}), encoding="utf-8")
    assert "was changed beside the program" in run("list").out
    (state / "a.her2pack").write_bytes(made.pack(900))
    assert "was changed beside the program" in run("verify", state).err
    assert "nobody trusted one here" in run("forget", "--reason", "damaged").out
    path.write_text("{", encoding="utf-8")
    assert "puts it aside" in run("verify", state).err


def test_the_root_the_program_came_with_counts_before_any_other(
    made: Maker, run: Run, tmp_path: Path, state: Path
) -> None:
    theirs = make_keys(tmp_path / "other", NOW)
    roots.trust_root(read_root(theirs), fingerprint(theirs), WHY, NOW)
    (tmp_path / "shipped.json").write_bytes(made.root)
    (tmp_path / "theirs.her2pack").write_bytes(made.pack(900, keys=tmp_path / "other"))
    (tmp_path / "ours.her2pack").write_bytes(made.pack(901))
    assert "not signed by those this program trusts" in run("install", tmp_path / "theirs.her2pack").err
    assert run("install", tmp_path / "ours.her2pack").status == 0
    said = run("list").out
    assert f"came with the root {fingerprint(made.root)}" in said
    assert f"The root {fingerprint(theirs)}, which was trusted here before, is another and is not used" in said
    refused = run("trust", tmp_path / "other", "--fingerprint", fingerprint(theirs), "--reason", WHY)
    assert "counts before any other" in refused.err
    assert f"came with the root {fingerprint(made.root)}, whose keys hold until 29 Nov 2029." in said
    assert "takes no other" in run("verify", tmp_path / "ours.her2pack", "--root", tmp_path / "shipped.json").err
    run("forget", "--reason", "the program has its own now")
    assert "which was trusted here before" not in run("list").out
    assert read_installed(state).folder  # the pack was checked with the root of the program


def test_evidence_of_a_root_that_is_used_no_longer_goes_out_of_use_when_that_is_forgotten(
    made: Maker, run: Run, tmp_path: Path, state: Path
) -> None:
    theirs = make_keys(tmp_path / "other", NOW)
    roots.trust_root(read_root(theirs), fingerprint(theirs), WHY, NOW)
    (tmp_path / "theirs.her2pack").write_bytes(made.pack(900, keys=tmp_path / "other"))
    (tmp_path / "ours.her2pack").write_bytes(made.pack(901))
    assert run("install", tmp_path / "theirs.her2pack").status == 0
    (tmp_path / "shipped.json").write_bytes(made.root)  # the program was updated
    assert "what was installed with it goes out of use" in run("list").out
    assert run("install", tmp_path / "ours.her2pack").status == 0
    run("forget", "--reason", "the program has its own now")  # theirs is one step back
    assert read_installed(state).folder.startswith("901-")
    assert "no release to go back to" in run("back").err


def test_a_root_of_the_same_line_is_no_other(made: Maker, tmp_path: Path, state: Path) -> None:
    folder = tmp_path / "keys"
    shutil.copytree(made.keys, folder)
    second = replace_key(folder, "root-2", NOW)
    third = replace_key(folder, "technical", NOW)
    assert newest(made.root, {2: second, 3: third, 7: third}) == third
    assert not follows(made.root, second)
    roots.trust_root(read_root(made.root), fingerprint(made.root), WHY, NOW)
    (tmp_path / "shipped.json").write_bytes(second)
    assert roots.root_in_use().unused == ""


def test_a_root_put_into_the_folder_of_a_program_is_refused(
    made: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = tmp_path / "program"
    (base / "resources" / "packs").mkdir(parents=True)
    (base / "evidence").mkdir()
    monkeypatch.setattr(paths, "base", lambda: base)
    page = manifest.PageRecord(example="x", as_of="2026-01-01", sha256="", made_with={})
    kept = manifest.Manifest(version="0", evidence="", files={}, page=page)
    (base / "manifest.json").write_text(kept.model_dump_json(), encoding="utf-8")
    assert roots.shipped_root() == b""
    paths.packs_root().write_bytes(made.root)
    with pytest.raises(BrokenReleaseError, match="does not belong to this release"):
        roots.shipped_root()
    listed = kept.model_copy(update={"files": {manifest.ROOT: manifest.digest(made.root)}})
    (base / "manifest.json").write_text(listed.model_dump_json(), encoding="utf-8")
    assert roots.shipped_root() == made.root
    paths.packs_root().write_bytes(made.root + b"\n")
    with pytest.raises(BrokenReleaseError, match="not the file that was shipped"):
        roots.shipped_root()
