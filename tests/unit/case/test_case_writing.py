"""Files keep their nature: what is written takes the place of a regular file alone, and that file's character stays."""

import errno
import os
import stat
from itertools import count
from pathlib import Path

import pytest
from support.strategies import case_of

from her2board.case.file_names import name_beside
from her2board.case.storage import dump, load, save
from her2board.case.writing import (
    LinkedError,
    RefusedError,
    backup_of,
    left_staged,
    reason,
    staged_for,
    write_atomically,
)

POSIX = pytest.mark.skipif(os.name != "posix", reason="modes, owners and links as here are those of POSIX systems")
ROOT = pytest.mark.skipif(getattr(os, "geteuid", lambda: 1)() != 0, reason="only root may give files to other users")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.her2case"
    save(case_of({"patient.age": 50}), path)
    return path


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def save_again(path: Path) -> None:
    save(case_of({"patient.age": 51}), path)
    assert load(path).patient.age == 51


def refused(path: Path) -> str:
    """Return the words with which saving is refused; the file and its folder are as they were."""
    before = {entry.name: entry.lstat().st_ino for entry in path.parent.iterdir()}
    with pytest.raises(OSError) as error:  # noqa: PT011  # reason: the words are what the tests look at
        save(case_of({"patient.age": 51}), path)
    assert {entry.name: entry.lstat().st_ino for entry in path.parent.iterdir()} == before
    return reason(error.value, path)


@POSIX
def test_a_new_case_is_its_owners_alone_and_an_export_is_as_the_umask_says(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        save(case_of(), tmp_path / "a.her2case")
        write_atomically(tmp_path / "page.pdf", b"page")
        write_atomically(tmp_path / "settings.toml", b"", private=True)
    finally:
        os.umask(old)
    assert [mode(tmp_path / name) for name in ("a.her2case", "page.pdf", "settings.toml")] == [0o600, 0o640, 0o600]


@POSIX
@pytest.mark.parametrize("kept", [0o600, 0o640, 0o664, 0o660, 0o644, 0o700])
def test_mode_of_a_saved_case_and_of_its_backup_is_that_of_the_file_before(path: Path, kept: int) -> None:
    path.chmod(kept)
    save_again(path)
    assert (mode(path), mode(path.with_name("a.her2case.bak"))) == (kept, kept)


@POSIX
@ROOT
def test_the_owner_of_a_file_stays_its_owner(path: Path) -> None:
    os.chown(path, 1234, 4321)
    path.chmod(0o660)
    save_again(path)
    found = path.stat()
    assert (found.st_uid, found.st_gid, mode(path)) == (1234, 4321, 0o660)


@POSIX
@ROOT
def test_where_the_group_cannot_be_kept_another_group_gets_no_access(path: Path, monkeypatch) -> None:
    os.chown(path, 1234, 4321)
    path.chmod(0o664)

    def forbidden(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "chown", forbidden)
    save_again(path)
    assert mode(path) == 0o604


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="Python sets extended attributes on Linux only")
def test_extended_attributes_stay(path: Path) -> None:
    try:
        os.setxattr(path, "user.label", b"tumour board")
    except OSError:
        pytest.skip("the file system here keeps no extended attributes")
    save_again(path)
    assert os.getxattr(path, "user.label") == b"tumour board"


@POSIX
def test_a_symbolic_link_is_followed_and_stays_a_link(path: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link.her2case"
    link.symlink_to(Path("..") / path.name)
    save_again(link)
    assert link.is_symlink()
    assert load(path).patient.age == 51
    assert load(path.with_name("a.her2case.bak")).patient.age == 50
    assert [entry.name for entry in link.parent.iterdir()] == ["link.her2case"]


@POSIX
def test_a_link_that_leads_nowhere_yet_gets_its_file(tmp_path: Path) -> None:
    link = tmp_path / "link.her2case"
    link.symlink_to("new.her2case")
    save(case_of(), link)
    assert link.is_symlink()
    assert (tmp_path / "new.her2case").is_file()


@POSIX
def test_a_chain_of_links_is_followed_to_its_end_and_a_circle_is_refused(path: Path, tmp_path: Path) -> None:
    (tmp_path / "one").symlink_to("two")
    (tmp_path / "two").symlink_to(path.name)
    save_again(tmp_path / "one")
    (tmp_path / "round").symlink_to("about")
    (tmp_path / "about").symlink_to("round")
    assert "leads back to itself" in refused(tmp_path / "round")


def test_a_read_only_file_is_refused_with_a_way_out(path: Path) -> None:
    path.chmod(0o444)
    assert refused(path) == "it is read-only; allow writing to it, or choose another name"
    path.chmod(0o644)


@POSIX
def test_a_hard_link_is_not_broken_in_silence(path: Path, tmp_path: Path) -> None:
    for name in ("second", "third"):
        (tmp_path / name).hardlink_to(path)
    assert "the file has 2 other names on this disk (hard links)" in refused(path)
    with pytest.raises(LinkedError):
        write_atomically(path, b"")
    save(case_of({"patient.age": 51}), path, separate=True)
    assert load(path).patient.age == 51
    assert load(tmp_path / "second").patient.age == 50
    save_again(path)  # it has no other name any more


@POSIX
@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, lambda path: os.mknod(path, stat.S_IFCHR | 0o666, 0x103)])
def test_pipe_folder_and_device_are_refused_and_stay(make, tmp_path: Path) -> None:
    target = tmp_path / "target"
    try:
        make(target)
    except PermissionError:
        pytest.skip("only root may make a device")
    kind = stat.S_IFMT(target.stat().st_mode)
    assert "only a file is written; choose another name" in refused(target)
    assert stat.S_IFMT(target.stat().st_mode) == kind


@POSIX
def test_the_null_device_and_the_output_of_the_command_itself_are_refused(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    try:
        for name in ("/dev/null", f"/dev/fd/{writing}"):
            with pytest.raises(RefusedError, match="only a file is written"):
                write_atomically(Path(name), b"data")
    finally:
        os.close(reading)
        os.close(writing)


@POSIX
def test_an_input_is_never_written_over_by_whatever_name(path: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(path.name)
    for name in (path, tmp_path / "link", tmp_path / "." / "a.her2case"):
        with pytest.raises(RefusedError, match="it is the file that is being read"):
            write_atomically(name, b"%PDF", inputs=[tmp_path / "none", path])
    assert load(path).patient.age == 50


@pytest.mark.parametrize("name", ["n" * 255, "n" * 246 + ".her2case", "名" * 82 + ".her2case", "é" * 127])
def test_a_name_as_long_as_the_file_system_takes_can_be_saved_with_its_backup(name: str, tmp_path: Path) -> None:
    target = tmp_path / name
    save(case_of({"patient.age": 50}), target)
    save_again(target)
    other = target.with_name(name[:-1] + "m") if name.endswith("n") else target
    if other != target:
        save(case_of({"patient.age": 60}), other)
        save(case_of({"patient.age": 61}), other)
    backup = name_beside(target, "", ".bak")
    assert load(backup).patient.age == 50
    assert len(os.fsencode(backup.name)) <= 255
    assert len(list(tmp_path.iterdir())) == (2 if other == target else 4)


def test_a_name_that_is_too_long_is_reported_with_a_way_out(tmp_path: Path) -> None:
    assert "choose a shorter name" in refused(tmp_path / ("n" * 256))


def test_a_missing_folder_is_reported_by_name(tmp_path: Path) -> None:
    target = tmp_path / "none" / "a.her2case"
    with pytest.raises(FileNotFoundError) as error:
        save(case_of(), target)
    assert f"there is no folder {tmp_path / 'none'}; make it or choose another" in reason(error.value, target)


@POSIX
def test_a_backup_that_cannot_be_replaced_is_named_and_the_case_is_as_it_was(path: Path) -> None:
    path.with_name("a.her2case.bak").mkdir()
    assert refused(path).startswith("its backup a.her2case.bak cannot be replaced: it is a folder")
    assert load(path).patient.age == 50


@POSIX
def test_a_link_in_the_backups_place_is_replaced_and_not_followed(path: Path, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    path.with_name("a.her2case.bak").symlink_to(victim)
    save_again(path)
    assert victim.read_text() == "mine"
    assert not path.with_name("a.her2case.bak").is_symlink()


@POSIX
def test_file_and_folder_are_brought_to_the_disk_in_this_order(path: Path, monkeypatch) -> None:
    done: list[str] = []
    real_sync, real_replace = os.fsync, Path.replace

    def sync(handle: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        real_sync(handle)

    def replace(self: Path, target: Path) -> Path:
        done.append(target.name)
        return real_replace(self, target)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(Path, "replace", replace)
    save_again(path)
    assert done == ["file", "file", "a.her2case.bak", "folder", "a.her2case", "folder"]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "make room or choose another disk"),
        (errno.EACCES, "takes no new file from you; allow it or choose another"),
        (errno.EROFS, "the disk is read-only; choose another"),
        (errno.ENOENT, "there is no folder"),
        (errno.EIO, "the disk has a fault"),
    ],
)
def test_what_the_system_refuses_is_reported_with_a_way_out(number: int, words: str, tmp_path: Path) -> None:
    folder = tmp_path / "missing" if number == errno.ENOENT else tmp_path
    said = reason(OSError(number, os.strerror(number)), folder / "a.her2case")
    assert said.startswith(os.strerror(number))
    assert words in said


def test_a_folder_that_is_there_is_not_called_missing(tmp_path: Path) -> None:
    said = reason(OSError(errno.ENOENT, os.strerror(errno.ENOENT)), tmp_path / "a.her2case")
    assert "there is no folder" not in said
    assert f"the folder {tmp_path} takes no new file from you" in said


def test_what_has_no_way_out_is_reported_as_the_system_says_it(tmp_path: Path) -> None:
    assert reason(OSError(errno.EBUSY, "Device or resource busy"), tmp_path / "a") == "Device or resource busy"


def test_saving_writes_what_is_shown_and_the_backup_what_was_there(path: Path) -> None:
    before = path.read_text(encoding="utf-8")
    save_again(path)
    assert path.read_text(encoding="utf-8") == dump(load(path))
    assert path.with_name("a.her2case.bak").read_text(encoding="utf-8") == before


@POSIX
def test_a_save_that_is_cut_off_at_any_step_leaves_a_whole_case_and_only_names_of_its_own(tmp_path: Path) -> None:
    """A process of its own saves and ends at one step after the other, until it comes to the end."""
    for step in range(60):
        path = tmp_path / str(step) / "a.her2case"
        path.parent.mkdir()
        save(case_of({"patient.age": 49}), path)
        save(case_of({"patient.age": 50}), path)
        child = os.fork()
        if child == 0:
            end_at(step)
            save(case_of({"patient.age": 51}), path)
            os._exit(9)
        _, status = os.waitpid(child, 0)
        assert load(path).patient.age in (50, 51)
        assert load(path.with_name("a.her2case.bak")).patient.age in (49, 50)
        left = set(left_staged(path.parent))
        assert {entry.name for entry in set(path.parent.iterdir()) - left} == {"a.her2case", "a.her2case.bak"}
        assert len(left) <= 2
        assert all(staged_for(found, path) or staged_for(found, backup_of(path)) for found in left)
        if os.waitstatus_to_exitcode(status) == 9:
            assert left == set()
            assert load(path).patient.age == 51
            assert step > 10
            return
    pytest.fail("saving takes more steps than were tried")


def end_at(step: int) -> None:
    """Let this process end before its ``step``-th call that changes a file."""
    steps = count()

    def ending(call):
        def instead(*given, **named):
            if next(steps) == step:
                os._exit(1)
            return call(*given, **named)

        return instead

    for name in ("open", "fsync", "fdopen", "replace", "unlink", "close", "chmod", "chown"):
        setattr(os, name, ending(getattr(os, name)))
