#!/usr/bin/env bash
# Readies a checkout: Qt's system libraries, .venv with the locked packages, bytecode. Quick when nothing changed.
# setup.sh run   what the program needs, and the program itself as .venv/bin/her2board
# setup.sh dev   the tools that check and test it besides
set -euo pipefail
cd "$(dirname "$0")/.."
unset PYTHONDONTWRITEBYTECODE PYTHONHOME PYTHONPATH # the first would double every start of the program

case "${1:-run}" in
run) lock=requirements.lock ;;
dev) lock=requirements-dev.lock ;;
*)
    echo "usage: setup.sh [run|dev]" >&2
    exit 2
    ;;
esac
python=.venv/bin/python
debian_pip_lock=tests/packaging/debian-pip.lock
log=build/setup.log

# Debian package and the library it brings, as the loader names it.
offscreen=(
    libgl1:libGL.so.1
    libegl1:libEGL.so.1
    libxkbcommon0:libxkbcommon.so.0
    libglib2.0-0:libglib-2.0.so.0
    libfontconfig1:libfontconfig.so.1
    libdbus-1-3:libdbus-1.so.3
)
window=(
    libxcb-cursor0:libxcb-cursor.so.0
    libxcb-icccm4:libxcb-icccm.so.4
    libxcb-keysyms1:libxcb-keysyms.so.1
    libxcb-shape0:libxcb-shape.so.0
    libxcb-xkb1:libxcb-xkb.so.1
    libxkbcommon-x11-0:libxkbcommon-x11.so.0
)

fail() {
    echo "setup: $*" >&2
    exit 1
}

# Runs a command; what it said is shown only if it fails.
quietly() {
    "$@" >>"$log" 2>&1 || {
        tail -n 20 "$log" >&2
        fail "this failed: $* (full log: $log)"
    }
}

venv_runs() { $python -c '' 2>/dev/null; }

# Prints the stamp of a lock: it names what was installed, so that another lock or another set-up installs again.
stamp_of() {
    local made_of=("$1" packaging/build.lock "$debian_pip_lock" pyproject.toml packaging/setup.sh packaging/locked.py)
    echo "build/.setup-$1-$(cat "${made_of[@]}" | cksum | tr ' ' '-')"
}

# A stamp must be newer than .venv: one of an environment since removed or made anew does not count.
# The development lock holds all of the run-time lock (a test says so), so it serves for both.
set_up_before() {
    local one
    for one in "$lock" requirements-dev.lock; do
        ! [ "$(stamp_of "$one")" -nt .venv/pyvenv.cfg ] || ! venv_runs || return 0
    done
    return 1
}

pip() { quietly python3 -m pip --python $python --disable-pip-version-check --no-input "$@"; }
locked() { quietly python3 packaging/locked.py "$@"; }
locked_folder() { rm -rf "$1" && locked --target "$1" "$2"; }

# hatchling is needed to install the program and never to run it, so it stays out of .venv.
install_program() {
    local backend=build/backend
    locked_folder $backend packaging/build.lock
    PYTHONPATH=$PWD/$backend pip install --root-user-action=ignore --no-deps --no-build-isolation --editable .
}

# Prints those of the given entries whose library the loader does not find.
missing() {
    local known entry
    known=$(PATH=$PATH:/usr/sbin:/sbin ldconfig -p) # /sbin is not on a Debian user's PATH
    for entry in "$@"; do
        [[ $known == *$'\t'"${entry#*:} "* ]] || echo "$entry"
    done
}

install_by_apt() {
    echo "setup: installing from the system's packages: $*"
    apt-get update >>"$log" 2>&1 || true # one broken source must not stop the others
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >>"$log" 2>&1
}

qt_libraries() {
    [ "$(uname -s)" = Linux ] || return 0 # elsewhere Qt's wheels bring all they need
    local needed=("${offscreen[@]}") wanted lacking
    [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || needed+=("${window[@]}")
    wanted=("${needed[@]}")
    # Root gets the window's libraries too, once, but can do without them where there is no display.
    [ "$(id -u)" != 0 ] || set_up_before || wanted=("${offscreen[@]}" "${window[@]}")

    mapfile -t lacking < <(missing "${wanted[@]}")
    [ ${#lacking[@]} -gt 0 ] || return 0
    command -v apt-get >/dev/null || fail "Qt needs these libraries of your distribution: ${lacking[*]#*:}"
    [ "$(id -u)" = 0 ] || fail "Qt needs system libraries. Run as root:" \
        "apt-get update && apt-get install -y --no-install-recommends ${lacking[*]%:*}"
    install_by_apt "${lacking[@]%:*}" || true
    mapfile -t lacking < <(missing "${needed[@]}")
    [ ${#lacking[@]} -eq 0 ] || {
        tail -n 5 "$log" >&2
        fail "apt-get could not install ${lacking[*]%:*} (full log: $log)"
    }
}

# The tests of a casebook on a server start one of their own from Debian's package; no cluster of the system is made.
database_server() {
    if [ "$1" != dev ] || [ "$(uname -s)" != Linux ] || command -v initdb >/dev/null ||
        compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; then
        return 0
    fi
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        echo "setup: no PostgreSQL server here; the tests that need one are skipped. Run as root:" \
            "apt-get install -y --no-install-recommends postgresql"
        return 0
    fi
    local own=/etc/postgresql-common/createcluster.conf
    mkdir -p "${own%/*}"
    [ -e $own ] || echo "create_main_cluster = false" >$own
    install_by_apt postgresql || echo "setup: apt-get could not install postgresql (full log: $log)"
}

python_packages() {
    ! set_up_before || return 0
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || fail "python3 must be 3.11 or newer"
    python3 -m pip --version >>"$log" 2>&1 || fail "pip is missing. Run as root: apt-get install -y python3-pip"
    echo "setup: installing the locked packages into .venv (about a minute, once)"
    # --without-pip: plain venv needs Debian's python3-venv; the pip outside can install into it.
    venv_runs || quietly python3 -m venv --clear --without-pip .venv
    locked --python $python $lock
    install_program
    pip check # that the locks hold what pyproject.toml asks for
    [ $lock = requirements.lock ] || locked_folder build/debian-pip $debian_pip_lock # for a test of the locks
    rm -f build/.setup-"$lock"-*
    touch "$(stamp_of "$lock")"
}

mkdir -p build
: >"$log"
qt_libraries
database_server "${1:-run}"
python_packages
$python -m compileall -q her2board
# The form of the evidence that opens at once; without it the program reads the YAML, only slower.
compiled=evidence/release.bin
if [ ! -e $compiled ] ||
    [ -n "$(find her2board evidence -newer $compiled \( -name '*.py' -o -name '*.yaml' \) -print -quit)" ]; then
    $python -m her2board evidence compile >>"$log" 2>&1 || true # 'make test' reports broken evidence
fi
