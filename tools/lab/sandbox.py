# SPDX-License-Identifier: MIT
"""Run one command in a place of its own: no network, nothing to write but a small /tmp, no rights.

bubblewrap makes the place, or podman where that cannot. What a process inside may use has limits of
its own, and all of them together are watched from outside: a sandbox that takes too much memory or
has too many processes is ended, with all that it started.
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
MOST_PROCESSES = PROCESSES * 3 // 2  # more than is watched for: a fork bomb is seen as one
USER_PROCESSES = 4096
FILE_BYTES = 256 << 20
FILES = 1024              # that a process has open
OUTPUT_BYTES = 4 << 20
CPU_SECONDS = 900         # of all processes together
CLOCK_SECONDS = 3600      # protects this machine, and is no verdict
LOOK_SECONDS = 0.1
NOBODY = 65534
FIRST = "first"           # in the folder of a run: the sandbox's first process, if podman made it
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "HOME": "/tmp", "TMPDIR": "/tmp",
               "PYTHONDONTWRITEBYTECODE": "1"}


class NoSandbox(Exception):
    """There is no sandbox on this machine: what to do."""


class Stopped(Exception):
    """The command took more than it may: what."""


class TooSlow(Exception):
    """The clock ran out."""


def system_links():
    """{name: target}: /bin and its like, where they are links into /usr."""
    names = ("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
    return {name: os.readlink(name) for name in names if os.path.islink(name)}


def system_folders():
    """Programs and libraries, as this machine has them, to be read only."""
    names = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/etc/alternatives",
             "/etc/ld.so.cache")
    return [name for name in names if os.path.exists(name) and not os.path.islink(name)]


# What makes a command line of a command. readable: the files and folders that it may read. place: a
# folder for this run, which the command does not see.

def bubblewrap(command, readable, _place):
    """As root, it is not root that makes the sandbox."""
    words = (["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
             if os.geteuid() == 0 else [])
    words += ["bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--uid", str(NOBODY),
              "--gid", str(NOBODY), "--proc", "/proc", "--dev", "/dev", "--size", str(DISK_BYTES),
              "--tmpfs", "/tmp", "--clearenv", "--chdir", "/tmp"]
    for name, target in system_links().items():
        words += ["--symlink", target, name]
    for path in (*system_folders(), *readable):
        words += ["--ro-bind", path, path]
    for name, value in ENVIRONMENT.items():
        words += ["--setenv", name, value]
    # Counted in the sandbox alone.
    return [*words, "--", "prlimit", f"--nproc={MOST_PROCESSES}:{MOST_PROCESSES}", *command]


def podman(command, readable, place):
    """No image is needed: the root is an empty folder. Its first process is not a child of podman,
    so podman writes down which it is, and ends it when nobody else does."""
    root = os.path.join(place, "root")
    os.mkdir(root, 0o755)
    for name, target in system_links().items():
        os.symlink(target, root + name)
    words = ["podman", "run", "--rm", "--network", "none", "--no-hosts", "--cap-drop", "all",
             "--security-opt", "no-new-privileges", "--user", f"{NOBODY}:{NOBODY}",
             "--read-only", "--read-only-tmpfs=false", "--shm-size", "1m",
             "--tmpfs", f"/tmp:rw,mode=1777,size={DISK_BYTES}", "--workdir", "/tmp",
             # What it prints is read here. A log would be a second copy, without an end.
             "--log-driver", "none",
             # nproc is of a user, all sandboxes together; podman's own is more than it may give.
             "--pids-limit", str(MOST_PROCESSES), "--ulimit", f"nproc={USER_PROCESSES}",
             "--ulimit", f"fsize={FILE_BYTES}", "--ulimit", "core=0", "--ulimit", f"nofile={FILES}",
             "--timeout", str(CLOCK_SECONDS + 60), "--pidfile", os.path.join(place, FIRST)]
    for path in (*system_folders(), *readable):
        words += ["--volume", f"{path}:{path}:ro"]
    for name, value in ENVIRONMENT.items():
        words += ["--env", f"{name}={value}"]
    return [*words, "--rootfs", root, *command]


def as_it_is(command, _readable, _place):
    """UNSAFE=1: no sandbox. The limits stay."""
    return command


# What makes a sandbox, its program and Debian's package. The first that works is taken.
KINDS = ((bubblewrap, "bwrap", "bubblewrap"), (podman, "podman", "podman"))


def complaint(make_command, program, package, folder):
    """Why this kind makes no sandbox here in which a folder can be read; "" when it does."""
    if not shutil.which(program):
        return f"{package} is not installed"
    status, output = run(make_command, ["/usr/bin/test", "-r", folder], [folder])
    if not status:
        return ""
    return f"{package} cannot make one here: " + (
        output.decode(errors="replace").strip() or f"{folder} cannot be read without rights")


def probe(folder=ROOT):
    """Returns what makes a command line, or raises NoSandbox. It must be able to show a folder."""
    if os.environ.get("UNSAFE") == "1":
        return as_it_is
    reasons = []
    for kind in KINDS:
        reasons.append(complaint(*kind, folder))
        if not reasons[-1]:
            return kind[0]
    raise NoSandbox(f"there is no sandbox on this machine: {'; '.join(reasons)}. UNSAFE=1 grades"
                    " without one: the submissions' code then does what you may do")


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


def first_process(place):
    """The first process of a sandbox that is not a child of ours; None when there is none."""
    try:
        with open(os.path.join(place, FIRST), encoding="ascii") as file:
            return int(file.read())
    except (FileNotFoundError, ValueError):
        return None


def watch(child, place):
    """Until the child ends. Raises Stopped or TooSlow."""
    deadline = time.monotonic() + CLOCK_SECONDS
    while child.poll() is None:
        count, seconds, memory = family(first_process(place) or child.pid)
        if memory > MEMORY_BYTES:
            raise Stopped(f"it used more than {MEMORY_BYTES >> 20} MiB of memory")
        if count > PROCESSES:
            raise Stopped(f"it had more than {PROCESSES} processes")
        if seconds > CPU_SECONDS:
            raise Stopped(f"it used more than {CPU_SECONDS} s of processor time")
        if time.monotonic() > deadline:
            raise TooSlow(f"it took more than {CLOCK_SECONDS} s on this machine")
        time.sleep(LOOK_SECONDS)


def end(child, place):
    """Ends the command and all below it, whatever session they are in: with the first process of a
    sandbox, the kernel ends all others in it."""
    for kill, pid in ((os.kill, first_process(place)), (os.killpg, child.pid)):
        try:
            if pid and child.poll() is None:
                kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
    child.wait()


def run(make_command, command, readable):
    """Returns (exit status, what it printed: bytes). readable: files and folders that it sees."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryDirectory() as place:
        with subprocess.Popen(make_command(command, readable, place), stdin=subprocess.DEVNULL,
                              stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
                              preexec_fn=limit) as child:
            try:
                watch(child, place)
            finally:
                end(child, place)
        output.seek(0)
        return child.returncode, output.read(OUTPUT_BYTES)
