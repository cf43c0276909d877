"""What kind of place a casebook is in: a disk of this machine, a network share, a folder that a program copies away."""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from her2board.wording import tr

_SHARES = (
    {"nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "ncpfs", "afs", "9p", "ceph", "glusterfs", "gfs2", "ocfs2"}
    | {"lustre", "beegfs", "davfs", "afpfs", "webdav", "vboxsf", "prl_fs", "vmhgfs", "fuse.vmhgfs-fuse", "fuse.sshfs"}
    | {"fuse.davfs", "fuse.davfs2", "fuse.rclone", "fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.smbnetfs", "fuse.s3fs"}
    | {"fuse.google-drive-ocamlfuse", "fuse.onedriver", "fuse.ceph", "fuse.curlftpfs"}
)
"""File systems of other machines, as Linux and macOS name them: locks and shared memory cannot be relied on there."""
_MARKERS = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".stfolder": "Syncthing",
    ".owncloudsync.log": "ownCloud",
    ".nextcloudsync.log": "Nextcloud",
    ".seafile-data": "Seafile",
    ".tmp.drivedownload": "Google Drive",
    ".tmp.driveupload": "Google Drive",
    ".SynologyWorkingDirectory": "Synology Drive",
    ".849C9593-D756-4E56-8D6E-42412F2A707B": "OneDrive",
}
"""What programs that copy folders elsewhere leave in them."""
_DATABASES = re.compile(r"\._?sync_[0-9a-f]{6,}\.db", re.IGNORECASE)
"""Kept by ownCloud and Nextcloud in a folder they copy."""
_NAMES = (
    (re.compile(r"dropbox( \(.*\))?", re.IGNORECASE), "Dropbox"),
    (re.compile(r"onedrive( - .*)?", re.IGNORECASE), "OneDrive"),
    (re.compile(r"nextcloud\d*|owncloud\d*", re.IGNORECASE), "Nextcloud"),
    (re.compile(r"google ?drive.*|googledrive-.*", re.IGNORECASE), "Google Drive"),
    (re.compile(r"mobile documents|icloud ?drive", re.IGNORECASE), "iCloud"),
    (re.compile(r"cloudstorage", re.IGNORECASE), "a cloud service"),
    (re.compile(r"box( sync)?|pclouddrive|tresorit|megasync|synologydrive|seafile", re.IGNORECASE), "a cloud service"),
)
_REMOTE_DRIVE = 4
"""Of Windows' GetDriveType."""


class Place(Struct, frozen=True):
    """Where a casebook lies."""

    share: str = ""
    """File system of the network share it is on; empty on a disk of this machine."""
    copied_by: str = ""
    """Program that copies its folder to other machines; empty where none was noticed."""

    @property
    def local(self) -> bool:
        """Return whether the quick journal may be used: one machine, nobody copies the files while they are open."""
        return not (self.share or self.copied_by)

    def words(self) -> str:
        """Return what to know of this place, with a way out; empty for a local disk."""
        if self.copied_by:
            words = tr(
                "This folder is copied by {program}, which pairs files of different moments and can lose cases. The "
                "casebook works here more slowly, in one file at a time. Move it to a folder of this machine alone, "
                "and let {program} copy its backups instead."
            )
            return words.format(program=self.copied_by)
        if self.share:
            words = tr(
                "The casebook is on a network share ({kind}). It works there more slowly, with a journal that needs no "
                "shared memory. Two people may use it at once only if the share keeps locks; a server (PostgreSQL) "
                "is safer for a department."
            )
            return words.format(kind=self.share)
        return ""


def place_of(path: Path, mounts: str | None = None) -> Place:
    """Return the kind of place ``path`` is in; ``mounts`` is what the system lists as mounted."""
    folder = Path(os.path.realpath(path)).parent
    listed = mounts if mounts is not None else _listed()
    return Place(_windows_share(path) or _share(folder, listed), next(_copied_by(folder), ""))


def _listed() -> str:
    with suppress(OSError):
        return Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace")
    return _asked() if sys.platform == "darwin" else ""


def _asked() -> str:
    """Return the mounts of macOS in the form of Linux."""
    import subprocess  # on macOS only

    with suppress(OSError, subprocess.SubprocessError):
        said = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=5, check=True).stdout
        found = re.findall(r"^.* on (/.*) \((\w+)", said, re.MULTILINE)
        return "\n".join(f"0 0 0:0 / {place.replace(' ', chr(92) + '040')} rw - {kind} - -" for place, kind in found)
    return ""


def _share(folder: Path, mounts: str) -> str:
    best, kind = "", ""
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        parts, about = before.split(" "), after.split(" ")
        if len(parts) < 5:
            continue
        point = re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), parts[4])
        if len(point) >= len(best) and folder.is_relative_to(point):
            best, kind = point, about[0]
    return kind if kind in _SHARES else ""


def _windows_share(path: Path) -> str:
    if sys.platform != "win32":
        return ""
    import ctypes  # on Windows only

    drive = Path(path).absolute().drive
    if drive.startswith("\\\\"):
        return "SMB"
    return "SMB" if ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\") == _REMOTE_DRIVE else ""


def _copied_by(folder: Path) -> Iterator[str]:
    for place in (folder, *folder.parents):
        yield from (program for marker, program in _MARKERS.items() if (place / marker).exists())
        yield from (program for name, program in _NAMES if name.fullmatch(place.name))
        with suppress(OSError):
            if place != Path(place.anchor) and any(_DATABASES.fullmatch(file.name) for file in place.iterdir()):
                yield "Nextcloud"
