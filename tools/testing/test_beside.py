# SPDX-License-Identifier: MIT
"""Debian's packages: how they are fetched, and busybox in the initramfs.

What apt answers is recorded here in small, so that most of this needs no network. The last tests
want the package itself, and skip where no mirror has it.
"""

import os
import struct
import subprocess
import sys

import pytest

from beside import package, read_archives
from qemu import ROOT, Machine, make, qemu_command

FETCH = os.path.join(ROOT, "tools/beside/fetch.py")
BUSYBOX = os.path.join(ROOT, "tools/beside/busybox.py")

# apt-get and apt-cache as they answer, in the words of a folder: what `update` leaves and says,
# what `show` prints for a package, and what `download` does.
APT_GET = """#!/bin/sh
echo "$@" >>"$ANSWERS/calls"
for word; do
	case $word in
	update)
		cat "$ANSWERS/update"
		[ ! -e "$ANSWERS/lists" ] || : >"state/lists/x_dists_y_main_binary-arm64_Packages"
		exit ;;
	download)
		for name; do :; done
		[ -e "$ANSWERS/show.$name" ] || exit 100
		if [ -e "$ANSWERS/download" ]; then cat "$ANSWERS/download"; exit 100; fi
		echo "the package" >"${name}_1%3a2.0-1_arm64.deb"
		exit ;;
	esac
done
"""
APT_CACHE = """#!/bin/sh
for name; do :; done
cat "$ANSWERS/show.$name" 2>/dev/null || { echo "N: Unable to locate package $name" >&2; exit 100; }
"""
NO_NETWORK = """Ign:1 http://mirror/debian stable InRelease
Err:1 http://mirror/debian stable InRelease
  Temporary failure resolving 'mirror'
W: Failed to fetch http://mirror/debian/dists/stable/InRelease  Temporary failure resolving
"""
TOOL = "Package: tool\nVersion: 1:2.0-1\nDepends: libc6 (>= 2.36)\n"


@pytest.fixture
def apt(tmp_path):
    """A function: runs fetch.py for a package, with apt's answers by name. Returns what it did."""
    answers, programs, out = (tmp_path / name for name in ("answers", "bin", "out"))
    for folder in (answers, programs):
        folder.mkdir()
    for name, text in (("apt-get", APT_GET), ("apt-cache", APT_CACHE)):
        (programs / name).write_text(text)
        (programs / name).chmod(0o755)

    def run(name, **files):
        for file, text in {"update": "", **files}.items():
            (answers / file.replace("__", ".").replace("_", "-")).write_text(text)
        done = subprocess.run([sys.executable, FETCH, "arm64", name, f"{out}/{name}.deb"],
                              capture_output=True, text=True,
                              env={**os.environ, "ANSWERS": str(answers),
                                   "PATH": f"{programs}:{os.environ['PATH']}"})
        calls = answers / "calls"
        done.calls = calls.read_text().splitlines() if calls.exists() else []
        done.file = out / f"{name}.deb"
        return done
    return run


def refused(done):
    """The one line that it ended with."""
    assert done.returncode == 1 and not done.file.exists()
    (line,) = done.stderr.splitlines()
    return line


def test_a_package_is_fetched_once(apt):
    done = apt("tool", lists="", show__tool=TOOL)
    assert done.returncode == 0, done.stderr
    assert done.file.read_text() == "the package\n"
    assert "tool 1:2.0-1 for arm64" in done.stdout
    assert [call.split()[-1] for call in done.calls] == ["update", "tool"]
    again = apt("tool", lists="", show__tool=TOOL)
    assert again.returncode == 0 and again.calls == done.calls and not again.stdout


def test_apt_keeps_to_the_folder(apt, tmp_path):
    """Its lists, its cache, and nothing to be run after an update."""
    done = apt("tool", lists="", show__tool=TOOL)
    (tmp_path / "host.conf").write_text(
        'APT::Update::Post-Invoke { "a command"; }; APT::Architectures { "amd64"; };')
    values = subprocess.run(["/usr/bin/apt-config", "-c", done.file.parent / "apt.conf", "dump"],
                            capture_output=True, text=True, check=True,
                            env={**os.environ, "APT_CONFIG": str(tmp_path / "host.conf")}).stdout
    assert all(f"-c {done.file.parent}/apt.conf" in call for call in done.calls)
    assert f'Dir::State "{done.file.parent}/state";' in values
    assert f'Dir::State::status "{done.file.parent}/state/status";' in values
    assert f'Dir::Cache "{done.file.parent}/cache";' in values
    assert 'APT::Architectures:: "arm64";' in values and values.count("APT::Architectures:: ") == 1
    assert "a command" not in values


def test_a_kernel_has_the_name_of_its_version(apt):
    done = apt("linux-image-arm64", lists="", **{
        "show__linux-image-arm64":
            "Version: 6.1.9-1\nDepends: linux-image-6.1.0-9-arm64 (= 6.1.9-1)",
        "show__linux-image-6.1.0-9-arm64": "Version: 6.1.9-1\nDepends: kmod, linux-base (>= 4.3)"})
    assert done.returncode == 0, done.stderr
    assert done.calls[-1].endswith("download linux-image-6.1.0-9-arm64")


@pytest.mark.parametrize("files, line", [
    ({"update": NO_NETWORK},
     "tool for arm64 is not here yet, and there is no network to a mirror of Debian: "
     "Temporary failure resolving 'mirror'"),
    ({},
     "the mirror in this machine's /etc/apt has no packages for arm64: another mirror has them"),
    ({"lists": ""},
     "the mirror in this machine's /etc/apt has no tool for arm64: another mirror has them"),
    ({"lists": "", "show__tool": TOOL, "download": "E: Failed to fetch it  404  Not Found\n"},
     "tool could not be downloaded: Failed to fetch it  404  Not Found"),
])
def test_what_is_missing_is_said_in_one_line(apt, files, line):
    assert refused(apt("tool", **files)) == line


def test_with_some_lists_it_goes_on(apt):
    done = apt("tool", update=NO_NETWORK, lists="", show__tool=TOOL)
    assert done.returncode == 0 and done.file.exists()
    assert "goes on without some of them: Temporary failure resolving 'mirror'" in done.stdout


def test_without_apt_it_says_where_to_put_the_file(tmp_path):
    done = subprocess.run([sys.executable, FETCH, "arm64", "tool", tmp_path / "a/tool.deb"],
                          capture_output=True, text=True, env={"PATH": str(tmp_path)})
    assert done.returncode == 1
    assert done.stderr.endswith(f"put a package of Debian for arm64 at {tmp_path}/a/tool.deb\n")


# --- busybox in an archive ---

FAKE = b"\x7fELF code\0of the program [\0[[\0awk\0busybox\0poweroff\0sh\0\0more text\0"


def build_package(folder, path, data):
    (folder / "root/DEBIAN").mkdir(parents=True)
    (folder / "root/DEBIAN/control").write_text(
        "Package: x\nVersion: 1\nArchitecture: all\nMaintainer: x <x@x>\nDescription: x\n")
    file = folder / "root" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    subprocess.run(["dpkg-deb", "-b", folder / "root", folder / "x.deb"], check=True,
                   capture_output=True)
    return folder / "x.deb"


def run_busybox(folder, deb):
    (folder / "extra").write_bytes(b"#!/bin/sh\n")
    return subprocess.run([sys.executable, BUSYBOX, deb, folder / "out", f"{folder}/extra=init"],
                          capture_output=True, text=True)


@pytest.mark.parametrize("path", ["bin/busybox", "usr/bin/busybox"])
def test_busybox_and_its_commands(tmp_path, path):
    done = run_busybox(tmp_path, build_package(tmp_path, path, FAKE))
    assert done.returncode == 0, done.stderr
    files = read_archives((tmp_path / "out").read_bytes())
    assert files["bin/busybox"] == (0o100755, FAKE)
    assert files["init"] == (0o100755, b"#!/bin/sh\n")
    links = {name for name, file in files.items() if file == (0o120777, b"busybox")}
    assert links == {"bin/[", "bin/[[", "bin/awk", "bin/sh"}  # not poweroff: it is left to ours


@pytest.mark.parametrize("path, data, message", [
    ("bin/other", FAKE, "holds no /bin/busybox"),
    ("bin/busybox", b"\x7fELF nothing in it", "no list of commands"),
])
def test_another_package_is_refused(tmp_path, path, data, message):
    done = run_busybox(tmp_path, build_package(tmp_path, path, data))
    assert done.returncode == 1 and message in done.stderr and done.stderr.count("\n") == 1


def test_without_dpkg_it_says_what_to_install(tmp_path):
    done = subprocess.run([sys.executable, BUSYBOX, "x.deb", tmp_path / "out"], text=True,
                          capture_output=True, env={"PATH": str(tmp_path)})
    assert done.returncode == 1 and done.stderr.endswith("install dpkg\n")


def test_a_damaged_package_is_refused(tmp_path):
    (tmp_path / "bad.deb").write_bytes(b"half of a package")
    done = run_busybox(tmp_path, tmp_path / "bad.deb")
    assert done.returncode == 1
    assert "is not a package of Debian: remove it, and it is fetched again" in done.stderr


# --- the package itself ---

MACHINES = {"arm64": 183, "arm": 40}  # as an ELF file names them


def test_make_puts_it_behind_our_own(arch):
    package(arch, "busybox-static")
    done = make(f"ARCH={arch}", "BUSYBOX=1", "all")
    assert done.returncode == 0, done.stderr
    command = qemu_command(arch, BUSYBOX=1)
    path = command[command.index("-initrd") + 1]
    with open(path, "rb") as file:
        whole = file.read()
    with open(os.path.join(ROOT, "build", arch, "initramfs.cpio"), "rb") as file:
        assert whole.startswith(file.read())
    files = read_archives(whole)
    binary = files["bin/busybox"][1]
    assert struct.unpack_from("<H", binary, 18) == (MACHINES[arch],)
    assert files["bin/sh"] == (0o120777, b"busybox")
    assert files["init"][0] == 0o100755 and files["bin/poweroff"][0] == 0o100755  # ours


def test_its_shell_is_at_the_prompt(arch):
    package(arch, "busybox-static")
    assert make(f"ARCH={arch}", "BUSYBOX=1", "all").returncode == 0
    with Machine(arch, log="busybox", edit=lambda _: qemu_command(arch, BUSYBOX=1)) as machine:
        machine.expect_prompt()
        assert machine.type("readlink /proc/self/exe; echo a b | awk '{ print $2 }'") == (
            "/bin/busybox\nb\n")
        assert " vmalloc" in machine.type("vmallocinfo | tail -n 1")  # a program of ours
        assert machine.poweroff() == 0


def test_commands_are_those_that_it_lists_itself(arch, tmp_path):
    """The program is asked, under an emulator: it knows best."""
    out = tmp_path / "out"
    subprocess.run([sys.executable, BUSYBOX, package(arch, "busybox-static"), out], check=True)
    files = read_archives(out.read_bytes())
    program = tmp_path / "busybox"
    program.write_bytes(files["bin/busybox"][1])
    program.chmod(0o755)
    emulator = {"arm64": "qemu-aarch64", "arm": "qemu-arm"}[arch]
    listed = subprocess.run([emulator, program, "--list"], capture_output=True, text=True,
                            check=True).stdout.split()
    links = {name.removeprefix("bin/") for name, (mode, _) in files.items() if mode == 0o120777}
    assert len(links) > 200 and links < set(listed)
    assert set(listed) - links <= {"busybox", "halt", "init", "linuxrc", "poweroff", "reboot"}
