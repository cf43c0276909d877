#!/usr/bin/env bash
# Shows that what is in dist/ installs, runs, checks itself and uninstalls: prove.sh [STEP...], as root on Debian 12.
# Make what it looks at first (`make packages`), or say `make prove`, which does both.
# Needs debootstrap, dpkg-dev, xvfb, xauth, xdotool, strace, nsis; writes below build/prove, reports in report.txt there.
# The network is used only to fetch the empty Debian and the packages that the program declares, before the steps.
set -euo pipefail
cd "$(dirname "$0")/.."
top=$PWD
work=$top/build/prove
report=$work/report.txt
version=$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
deb=$(echo dist/her2board_"$version"_*.deb)
archive=$(echo dist/her2board-"$version"-linux-*.tar.gz)
wheel=dist/her2board-$version-py3-none-any.whl
bundle=$top/dist/bundle/her2board
manifest=$bundle/_internal/manifest.json
example=examples/$(sed -n 's/.*"example": "\(.*\)".*/\1/p' "$manifest").her2case
as_of=$(sed -n 's/.*"as_of": "\(.*\)".*/\1/p' "$manifest")
recorded=$(sed -n '/"page"/,$ s/.*"sha256": "\(.*\)".*/\1/p' "$manifest")
steps=(again installed portable wheel sizes starts silent corrupted)

say() { echo "$*" | tee -a "$report"; }
fail() {
    say "FAILED: $*"
    exit 1
}

# Builds everything a second time, from a copy of this commit at another place, and compares.
again() {
    rm -rf "$work/again"
    git clone -q --no-hardlinks . "$work/again"
    ln -s "$top/.venv" "$work/again/.venv"
    (cd "$work/again" && PYTHONHASHSEED=1 TZ=Asia/Tokyo .venv/bin/python packaging/bundle.py >"$work/again.log" 2>&1)
    for one in "$wheel" "dist/her2board-$version.tar.gz"; do
        cmp "$one" "$work/again/$one" || fail "$one differs when built again"
    done
    say "again: wheel and source archive have the same bytes"
    (cd "$bundle" && find . -type f -print0 | sort -z | xargs -0 sha256sum) >"$work/once"
    (cd "$work/again/dist/bundle/her2board" && find . -type f -print0 | sort -z | xargs -0 sha256sum) >"$work/twice"
    diff "$work/once" "$work/twice" | sed -n 's/^[<>] [0-9a-f]*  //p' | sort -u >"$work/differ"
    say "again: $(wc -l <"$work/once") files in the bundle, $(wc -l <"$work/differ") differ"
    diff <(grep -v '^#' packaging/differs.txt) "$work/differ" ||
        fail "bundles differ in other files than packaging/differs.txt lists"
}

# An empty Debian 12 and a folder of packages; the only part that uses the network.
fetched() {
    [ -e "$work/root/clean.done" ] && return
    mkdir -p "$work"
    rm -rf "$work/root"
    debootstrap --variant=minbase bookworm "$work/root" >"$work/debootstrap.log"
    touch "$work/root/clean.done"
}

packages() {
    local lists=(-o "Dir::State::status=$work/root/var/lib/dpkg/status" -o "Dir::Cache::archives=$work/packages")
    mkdir -p "$work/packages/partial"
    rm -f "$work"/packages/her2board_*
    apt-get "${lists[@]}" -qq install -y --no-install-recommends --download-only \
        "$top/$deb" xvfb xauth xdotool x11-utils >"$work/apt.log" 2>&1 || { tail "$work/apt.log"; exit 1; }
    cp "$deb" "$work/packages/"
    (cd "$work/packages" && dpkg-scanpackages -m . >Packages 2>/dev/null)
}

inside() { unshare --net chroot "$fresh" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 "$@"; }
as_clinic() { inside setpriv --reuid=1000 --regid=1000 --clear-groups env HOME=/home/clinic "$@"; }

# A copy of the empty root without a network, with a user, a case of hers, and the folder as its only source.
fresh_root() {
    fetched
    packages
    fresh=$work/fresh
    mountpoint -q "$fresh/stick" && umount "$fresh/stick"
    rm -rf "$fresh"
    cp -a "$work/root" "$fresh"
    cp -a "$work/packages" "$fresh/packages"
    rm -f "$fresh"/etc/apt/sources.list.d/*
    echo 'deb [trusted=yes] file:/packages ./' >"$fresh/etc/apt/sources.list"
    inside useradd --create-home --uid 1000 clinic
    cp "resources/$example" "$fresh/home/clinic/mine.her2case"
    chown -R 1000:1000 "$fresh/home/clinic"
    inside apt-get update -qq
    mkdir -p "$fresh/dev/shm" "$fresh/tmp/.X11-unix"
    chmod 1777 "$fresh/dev/shm" "$fresh/tmp" "$fresh/tmp/.X11-unix"
    [ -e "$fresh/dev/urandom" ] || mknod -m 666 "$fresh/dev/urandom" c 1 9
}

# The page by the command line, then the window on a virtual screen, closed by its key. $1: folder of the programs.
shown() {
    as_clinic "$1/her2board-cli" --self-check | tee -a "$report" || fail "self-check of $1"
    as_clinic "$1/her2board-cli" brief /home/clinic/mine.her2case --as-of "$as_of" -o /home/clinic/page.pdf
    echo "$recorded  $fresh/home/clinic/page.pdf" | sha256sum --check --quiet || fail "page differs from the recorded"
    say "page: $recorded, as recorded when built"
    for kind in pptx docx; do
        as_clinic "$1/her2board-cli" packet /home/clinic/mine.her2case --as-of "$as_of" -o "/home/clinic/page.$kind" \
            2>"$work/packet.log" || fail "packet as $kind: $(tail -1 "$work/packet.log")"
    done
    cat >"$fresh/window.sh" <<-END
		Xvfb :9 -screen 0 1280x800x24 -nolisten tcp -noreset & screen=\$!
		export DISPLAY=:9
		until xdpyinfo >/dev/null 2>&1; do sleep 0.2; done
		"$1/her2board" $2 /home/clinic/mine.her2case & program=\$!
		until found=\$(xdotool search --name CR18 2>/dev/null); do sleep 0.5; kill -0 \$program || break; done
		for window in \$found; do echo "window: \$(xdotool getwindowname \$window)"; break; done
		xdotool windowfocus \$window key --window \$window ctrl+q
		wait \$program; echo "window closed with status \$?"
		kill \$screen; wait
	END
    (as_clinic timeout 120 bash /window.sh 2>&1 | grep -v '_XSERVTransmkdir' || true) | tee -a "$report"
    grep -q 'window closed with status 0' <(tail -1 "$report") || fail "the window of $1"
    as_clinic cmp /home/clinic/mine.her2case "/home/clinic/mine.her2case"
}

case_untouched() { cmp "$fresh/home/clinic/mine.her2case" "resources/$example" || fail "the case was touched"; }

# The Debian package in an empty Debian 12 without a network.
installed() {
    fresh_root
    inside apt-get install -qq -y --no-install-recommends xvfb xauth xdotool x11-utils >"$work/tools.log" 2>&1
    inside apt-get install -y --no-install-recommends her2board >"$work/install.log" 2>&1 || fail "$(tail "$work/install.log")"
    say "installed from a local folder, no network: $(grep 'newly installed' "$work/install.log")"
    shown /usr/bin ""
    inside apt-get purge -y her2board >"$work/purge.log" 2>&1
    [ ! -e "$fresh/usr/lib/her2board" ] || fail "/usr/lib/her2board stayed"
    [ ! -e "$fresh/usr/bin/her2board" ] || fail "/usr/bin/her2board stayed"
    case_untouched
    say "removed: nothing left in /usr, the case as it was"
}

# The portable archive in the same root, from a folder that nobody can write to.
portable() {
    [ -n "${fresh:-}" ] || { fresh_root && inside apt-get install -qq -y --no-install-recommends her2board xvfb xauth \
        xdotool x11-utils >"$work/tools.log" 2>&1 && inside apt-get purge -qq -y her2board >/dev/null; }
    rm -rf "$work/stick"
    mkdir -p "$work/stick" "$fresh/stick"
    tar -xzf "$archive" -C "$work/stick"
    mount --bind "$work/stick" "$fresh/stick"
    mount -o remount,bind,ro "$fresh/stick"
    say "portable, from a read-only folder, as uid 1000:"
    shown "/stick/$(ls "$work/stick")" --portable
    umount "$fresh/stick"
    case_untouched
    rm -rf "$work/stick"
    say "portable: folder removed, the case as it was"
}

# The wheel in a fresh environment with the locked versions, and an empty home.
wheel() {
    rm -rf "${work:?}/venv" "${work:?}/home"
    mkdir -p "$work/home"
    python3 -m venv --without-pip "$work/venv"
    python3 packaging/locked.py --python "$work/venv/bin/python" requirements.lock >"$work/locked.log"
    python3 -m pip --python "$work/venv/bin/python" -q install --root-user-action=ignore --no-deps --no-index "$wheel"
    (cd "$work/home" && env -i PATH=/usr/bin:/bin HOME="$work/home" "$work/venv/bin/her2board-cli" --self-check) |
        tee -a "$report" || fail "self-check of the wheel"
    HER2BOARD_UNDER_TEST=$work/venv/bin/her2board-cli .venv/bin/python -m pytest tests/smoke | tee -a "$report"
    HER2BOARD_UNDER_TEST=$bundle/her2board-cli .venv/bin/python -m pytest tests/smoke | tee -a "$report"
}

sizes() {
    local bare=$work/bare
    rm -rf "$bare"
    mkdir -p "$bare"
    cat >"$bare/bare.py" <<-END
		from PySide6.QtWidgets import QApplication, QMainWindow
		application = QApplication([])
		window = QMainWindow()
		window.show()
		application.exec()
	END
    (cd "$bare" && "$top/build/bundle-env/bin/python" -m PyInstaller --log-level ERROR bare.py)
    local ours theirs
    ours=$(du -sb "$bundle" | cut -f1)
    theirs=$(du -sb "$bare/dist/bare" | cut -f1)
    say "sizes: bundle $((ours / 1000000)) MB, bare PySide6 bundle as PyInstaller makes it $((theirs / 1000000)) MB," \
        "ratio $(awk "BEGIN { printf \"%.2f\", $ours / $theirs }")"
    say "sizes: $(du -b --apparent-size "$deb" "$archive" "$wheel" | awk '{ printf "%s %.1f MB; ", $2, $1 / 1e6 }')"
    [ "$(stat -c %s "$deb")" -le 70000000 ] || fail "the Debian package is larger than 70 MB"
}

starts() {
    xvfb-run -a .venv/bin/python packaging/starts.py "$bundle/her2board" -- .venv/bin/python -m her2board |
        tee -a "$report"
}

# Which sockets are made over installing, starting, making a page and quitting.
silent() {
    fresh_root
    inside apt-get install -qq -y --no-install-recommends her2board xvfb xauth xdotool x11-utils >"$work/tools.log" 2>&1
    inside dpkg --purge her2board >/dev/null
    cp /usr/bin/strace "$fresh/usr/bin/strace" 2>/dev/null
    strace -f -qq -e trace=%network -o "$work/install.trace" unshare --net chroot "$fresh" \
        env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin dpkg -i "/packages/$(basename "$deb")" >/dev/null
    strace -f -qq -e trace=%network -o "$work/page.trace" unshare --net chroot "$fresh" \
        env -i PATH=/usr/bin:/bin HOME=/tmp her2board-cli brief /home/clinic/mine.her2case -o /tmp/page.pdf
    cat >"$fresh/window.sh" <<-END
		Xvfb :9 -screen 0 1280x800x24 -nolisten tcp -noreset >/dev/null 2>&1 & screen=\$!
		export DISPLAY=:9
		until xdpyinfo >/dev/null 2>&1; do sleep 0.2; done
		strace -f -qq -e trace=%network -o /window.trace her2board /home/clinic/mine.her2case & program=\$!
		until xdotool search --name 'CR18' >/dev/null 2>&1; do sleep 0.5; kill -0 \$program || break; done
		sleep 5
		window=\$(xdotool search --name CR18 | head -1)
		xdotool windowfocus \$window key --window \$window ctrl+q
		wait \$program; kill \$screen; wait
	END
    local libraries
    libraries=$(ldd /usr/bin/strace | sed -n 's/.*=> \(\/[^ ]*\).*/\1/p')
    for one in $libraries; do [ -e "$fresh$one" ] || cp "$one" "$fresh$one"; done
    inside timeout 120 bash /window.sh
    cp "$fresh/window.trace" "$work/window.trace"
    for one in install page window; do
        say "silent: $one: $(sed -n 's/.*socket(\(AF_[A-Z0-9]*\),.*/\1/p' "$work/$one.trace" | sort | uniq -c |
            awk '{ printf "%s %s; ", $1, $2 }' | grep . || echo "no socket at all")"
        sed -n 's/.*connect(.*sun_path=\([^}]*\)}.*/  connects to \1/p' "$work/$one.trace" | sort | uniq -c | tee -a "$report"
        ! grep -E 'AF_INET|AF_NETLINK|AF_PACKET' "$work/$one.trace" || fail "a network socket"
    done
}

# One file of every folder of evidence, and every font, altered and removed, in a copy of the bundle.
corrupted() {
    local copy=$work/corrupted files file kind
    rm -rf "$copy"
    cp -a "$bundle" "$copy"
    mapfile -t files < <(cd "$copy/_internal" && { find resources/fonts -type f
        find evidence -type f | sort | awk -F/ '{ folder = $0; sub("/[^/]*$", "", folder) } !seen[folder]++'; })
    for file in "${files[@]}"; do
        for kind in altered removed; do
            if [ $kind = altered ]; then echo >>"$copy/_internal/$file"; else rm "$copy/_internal/$file"; fi
            ! QT_QPA_PLATFORM=offscreen "$copy/her2board-cli" --self-check >"$work/corrupted.txt" 2>&1 || fail "$file $kind: passes"
            grep -q "$file" "$work/corrupted.txt" || fail "$file $kind: not named"
            ! "$copy/her2board-cli" assess "$bundle/_internal/resources/$example" >"$work/corrupted.txt" 2>&1 ||
                fail "$file $kind: assessed"
            grep -q "$file" "$work/corrupted.txt" || fail "$file $kind: not named when assessing"
            cp -a "$bundle/_internal/$file" "$copy/_internal/$file"
        done
    done
    "$copy/her2board-cli" --self-check >/dev/null || fail "the restored copy fails its self-check"
    say "corrupted: ${#files[@]} files altered and removed, each time named, never assessed"
}

mkdir -p "$work"
[ $# -gt 0 ] || : >"$report"
[ $# -gt 0 ] || set -- "${steps[@]}"
for step; do
    say "== $step"
    $step
done
