#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""fetch.py ARCHITECTURE PACKAGE FILE: download a package of Debian to FILE, without installing it.

apt does it, and checks the signatures, with the sources and keys of this machine; but its lists,
cache and settings are in FILE's folder. So it needs no root, changes nothing on this machine, and
any architecture that the mirror has will do. A kernel's package by its general name is resolved to
the one that holds the kernel. Prints what takes time; or one line, and ends with 1, when there is
no apt, no network, or no such package.
"""

import fcntl
import os
import re
import shutil
import subprocess
import sys
import time

# Lists as old as this, in seconds, are taken for new.
FRESH = 3600

# What this machine wants to have done after an update would change this machine.
CONFIGURATION = """\
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear APT::Architectures;
APT::Architecture "{architecture}";
APT::Architectures {{ "{architecture}"; }};
APT::Sandbox::User "root";
Dir::State "{folder}/state";
Dir::State::status "{folder}/state/status";
Dir::Cache "{folder}/cache";
Dir::Log "{folder}";
Acquire::Languages "none";
Acquire::Retries "1";
Acquire::http::Timeout "20";
"""


# How apt-get says so. It goes on, and succeeds, with the lists that it has.
FAILED = re.compile("^(Err:|[EW]: Failed to fetch)", re.M)


class Refused(Exception):
    """What is wrong, in one line."""


class Progress:
    """One line on the console: what is done, and how far it is."""

    def __init__(self, text):
        self.shown = -1
        self.terminal = sys.stdout.isatty()
        print(f"  APT     {text} ...", end="", flush=True)

    def percent(self, percent):
        step = int(percent) if self.terminal else int(percent) // 25 * 25
        if step > self.shown and step:
            print(f"{step:4}%" + "\b" * 5 if self.terminal else f" {step}%", end="", flush=True)
            self.shown = step

    def end(self):
        print("", flush=True)


class Apt:
    """apt with a folder of its own."""

    def __init__(self, architecture, folder):
        self.architecture = architecture
        self.folder = os.path.abspath(folder)
        self.lists = os.path.join(self.folder, "state/lists")
        for name in ("state/lists/partial", "cache/archives/partial"):
            os.makedirs(os.path.join(self.folder, name), exist_ok=True)
        self._write("state/status", "")  # nothing is installed
        self.configuration = self._write("apt.conf", CONFIGURATION.format(
            architecture=architecture, folder=self.folder))

    def _write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def query(self, *words):
        """What apt-cache prints, in English."""
        return subprocess.run(["apt-cache", "-c", self.configuration, *words], capture_output=True,
                              text=True, env={**os.environ, "LC_ALL": "C"}).stdout

    def get(self, text, *words):
        """Runs apt-get, and shows how far it is. Returns whether it succeeded, and what it said."""
        progress = Progress(text)
        status, writer = os.pipe()
        with subprocess.Popen(["apt-get", "-c", self.configuration, "-q", "-o",
                               f"APT::Status-Fd={writer}", *words],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              cwd=self.folder, pass_fds=[writer], stdin=subprocess.DEVNULL,
                              env={**os.environ, "LC_ALL": "C"}) as child:
            os.close(writer)
            with open(status, encoding="utf-8") as lines:
                for line in lines:  # until apt-get ends
                    kind, _, percent, *_ = f"{line}:::".split(":")
                    if kind == "dlstatus":
                        progress.percent(float(percent or 0))
            said = child.communicate()[0]
        progress.end()
        return child.returncode == 0, said

    def has_lists(self):
        """Whether a mirror has packages for this architecture."""
        mark = f"_binary-{self.architecture}_Packages"
        return any(mark in name for name in os.listdir(self.lists))

    def update(self):
        """Gets the lists. What is wrong is said when a package is looked for and not found."""
        lock = os.path.join(self.lists, "lock")
        if (self.has_lists() and os.path.exists(lock)
                and time.time() - os.path.getmtime(lock) < FRESH):
            return ""
        said = self.get(f"lists of Debian's packages for {self.architecture}", "update")[1]
        if self.has_lists() and FAILED.search(said):
            print(f"  APT     goes on without some of them: {reason(said)}")
        return said


def reason(said):
    """The first thing that went wrong, in apt's words."""
    found = re.search(r"^Err:.*\n +(.+)", said, re.M) or re.search(r"^[EW]: (.+)", said, re.M)
    return found[1].strip() if found else "apt-get does not say why"


def holder(apt, package):
    """(name, version) of the package that holds what is wanted; None: there is no such package."""
    shown = apt.query("show", "--no-all-versions", package)
    version = re.search(r"^Version: (.+)$", shown, re.M)
    real = re.search(r"^Depends: (?:.*, )?(linux-image-\d[^ ,]*)", shown, re.M)
    if real and real[1] != package:
        return holder(apt, real[1])
    return (package, version[1]) if version else None


def download(apt, package, path):
    said = apt.update()
    found = holder(apt, package)
    if not found and FAILED.search(said):
        raise Refused(f"{package} for {apt.architecture} is not here yet, and there is no network "
                      f"to a mirror of Debian: {reason(said)}")
    if not found:
        missing = package if apt.has_lists() else "packages"
        raise Refused(f"the mirror in this machine's /etc/apt has no {missing} for "
                      f"{apt.architecture}: another mirror has them")
    name, version = found
    done, said = apt.get(f"{name} {version} for {apt.architecture}", "download", name)
    files = [file for file in os.listdir(apt.folder) if file.startswith(f"{name}_")]
    if not done or len(files) != 1:
        raise Refused(f"{name} could not be downloaded: {reason(said)}")
    os.replace(os.path.join(apt.folder, files[0]), path)


def main(architecture, package, path):
    folder = os.path.dirname(path)
    try:
        if not shutil.which("apt-get"):
            raise Refused(f"{package} comes by apt-get, which this machine does not have: put a "
                          f"package of Debian for {architecture} at {path}")
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "lock"), "w", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # another make may fetch at the same time
            if not os.path.exists(path):
                download(Apt(architecture, folder), package, path)
    except Refused as refused:
        sys.exit(str(refused))


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
