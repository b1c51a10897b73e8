# SPDX-License-Identifier: MIT
"""Run one command in a place of its own: no network, nothing to write but a small /tmp, no rights.

bubblewrap makes the place. What a process inside may use has limits of its own, and all of them
together are watched from outside: a sandbox that takes too much memory or has too many processes is
ended, with all that it started.
"""

import os
import resource
import shutil
import signal
import subprocess
import tempfile
import time

from manifest import ROOT

MEMORY_BYTES = 2 << 30    # of all processes together
DISK_BYTES = 512 << 20    # of /tmp, which is memory
PROCESSES = 100 + 4 * (os.cpu_count() or 1)  # compilers run on all processors
FILE_BYTES = 256 << 20
OUTPUT_BYTES = 4 << 20
CPU_SECONDS = 900         # of all processes together
CLOCK_SECONDS = 3600      # protects this machine, and is no verdict
LOOK_SECONDS = 0.1
NOBODY = 65534


class NoSandbox(Exception):
    """There is no sandbox on this machine: what to do."""


class Stopped(Exception):
    """The command took more than it may: what."""


class TooSlow(Exception):
    """The clock ran out."""


def system_folders():
    """Programs and libraries, as this machine has them, to be read only."""
    words = []
    for name in ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"):
        if os.path.islink(name):
            words += ["--symlink", os.readlink(name), name]
        elif os.path.isdir(name):
            words += ["--ro-bind", name, name]
    for name in ("/etc/alternatives", "/etc/ld.so.cache"):
        if os.path.exists(name):
            words += ["--ro-bind", name, name]
    return words


def bubblewrap(command, readable):
    """The command line. As root, it is not root that makes the place."""
    user = (["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
            if os.geteuid() == 0 else [])
    words = [*user, "bwrap", "--unshare-all", "--die-with-parent", "--new-session",
             "--uid", str(NOBODY), "--gid", str(NOBODY), *system_folders(), "--proc", "/proc",
             "--dev", "/dev", "--size", str(DISK_BYTES), "--tmpfs", "/tmp", "--clearenv",
             "--setenv", "PATH", "/usr/bin:/bin", "--setenv", "HOME", "/tmp", "--setenv",
             "TMPDIR", "/tmp", "--setenv", "PYTHONDONTWRITEBYTECODE", "1"]
    for path in readable:
        words += ["--ro-bind", path, path]
    # Counted in the sandbox alone. More than is watched for, so that a fork bomb is seen as one.
    most = PROCESSES * 3 // 2
    return [*words, "--chdir", "/tmp", "--", "prlimit", f"--nproc={most}:{most}", *command]


def as_it_is(command, _readable):
    """UNSAFE=1: no sandbox. The limits stay."""
    return command


def probe(folder=ROOT):
    """Returns what makes a command line, or raises NoSandbox. It must be able to show a folder."""
    if os.environ.get("UNSAFE") == "1":
        return as_it_is
    if not shutil.which("bwrap"):
        reason = "bubblewrap is not installed (package bubblewrap)"
    else:
        tried = subprocess.run(bubblewrap(["/usr/bin/test", "-r", folder], [folder]), text=True,
                               capture_output=True, stdin=subprocess.DEVNULL, check=False)
        if tried.returncode == 0:
            return bubblewrap
        reason = "bubblewrap cannot make one here: " + (
            tried.stderr.strip() or f"{folder} cannot be read without rights")
    raise NoSandbox(f"there is no sandbox on this machine: {reason}. UNSAFE=1 grades without one:"
                    " the submissions' code then does what you may do")


def limit():
    """Before the command starts, in the child."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def processes():
    """{pid: (parent, ticks, pages)} of this machine."""
    found = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat", encoding="ascii", errors="replace") as file:
                    words = file.read().rpartition(")")[2].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            ticks = sum(map(int, words[11:15]))  # with children that have ended
            found[int(name)] = int(words[1]), ticks, int(words[21])
    return found


def family(pid):
    """(how many, seconds of processors, bytes of memory) of a process and all below it."""
    known, members = processes(), {pid}
    children = {}
    for one, (parent, _, _) in known.items():
        children.setdefault(parent, []).append(one)
    line = [pid]
    while line:
        line = [child for one in line for child in children.get(one, ()) if child not in members]
        members.update(line)
    rows = [known[one] for one in members if one in known]
    return (len(rows), sum(ticks for _, ticks, _ in rows) / os.sysconf("SC_CLK_TCK"),
            sum(pages for _, _, pages in rows) * resource.getpagesize())


def watch(child):
    """Until the child ends. Raises Stopped or TooSlow."""
    deadline = time.monotonic() + CLOCK_SECONDS
    while child.poll() is None:
        count, seconds, memory = family(child.pid)
        if memory > MEMORY_BYTES:
            raise Stopped(f"it used more than {MEMORY_BYTES >> 20} MiB of memory")
        if count > PROCESSES:
            raise Stopped(f"it had more than {PROCESSES} processes")
        if seconds > CPU_SECONDS:
            raise Stopped(f"it used more than {CPU_SECONDS} s of processor time")
        if time.monotonic() > deadline:
            raise TooSlow(f"it took more than {CLOCK_SECONDS} s on this machine")
        time.sleep(LOOK_SECONDS)


def end(child):
    """Ends the command and all below it, whatever session they are in."""
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    child.wait()


def run(make_command, command, readable):
    """Returns (exit status, what it printed: bytes). readable: files and folders that it sees."""
    with tempfile.TemporaryFile() as output:
        with subprocess.Popen(make_command(command, readable), stdin=subprocess.DEVNULL,
                              stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
                              preexec_fn=limit) as child:
            try:
                watch(child)
            finally:
                end(child)
        output.seek(0)
        return child.returncode, output.read(OUTPUT_BYTES)
