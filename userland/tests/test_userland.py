# SPDX-License-Identifier: MIT
"""The shell's language, the tools and init: what they print and the status that they end with."""

import os
import pathlib
import re
import subprocess
import sys
import time

import pytest

from emulated import ROOT, Terminal, rootfs

BUILTINS = {"cd", "exit", "history", "kill", "pwd", "set", "unset"}


def test_library(user):
    assert user.test_program("libtest") == ("", 0)


def test_calls_get_the_answers_that_linux_gives(user):
    """What they expect is what Linux does; test_system.py puts our kernel to the same test."""
    for program in ("calltest", "sigtest"):
        assert user.test_program(program) == ("", 0)


# What a program may include of the kernel: the system-call interface.
INTERFACE = re.compile(r"kernel/uapi/\w+\.(h|def)|kernel/lib/errno\.h|asm/unistd\.h")
# What the C library gives to the kernel's code that it shares.
OWN_PART = (str(ROOT / "userland/lib/pointer.c"), "kernel/lib/format.h")


def includes(folder):
    for path in sorted((ROOT / folder).rglob("*")):
        if path.suffix in (".c", ".h", ".def"):
            for name in re.findall(r'#\s*include\s+[<"]([^>"]+)', path.read_text("ascii")):
                yield path, name


@pytest.mark.parametrize("name", ["mmaptest", "sharetest"])
def test_what_is_expected_of_memory_is_linux_s(tmp_path, name):
    """The host's own: under emulation, the emulator answers in Linux's place. It is built with the
    host's C library."""
    program = tmp_path / name
    sources = [ROOT / "userland" / "tests" / source for source in (f"{name}.c", "hostcall.c")]
    subprocess.run(["gcc", "-D_GNU_SOURCE", "-O1", "-o", program, *sources], check=True)
    result = subprocess.run([program], cwd=tmp_path, capture_output=True, text=True, timeout=60,
                            check=False)
    assert (result.stdout, result.returncode) == ("", 0)


def test_programs_share_only_the_interface_with_the_kernel():
    wrong = [f"{path} includes {name}" for path, name in includes("userland")
             if name.startswith(("kernel/", "asm/", "mm/", "drivers/", "boot/"))
             and not INTERFACE.fullmatch(name) and (str(path), name) != OWN_PART]
    assert not wrong
    assert not list(includes("kernel/uapi")), "the interface stands alone"


def defined_in(folder):
    """Names of the functions that the C files of a folder, as built, offer to others."""
    objects = [ROOT / "build/arm64" / folder / f"{path.stem}.o"
               for path in (ROOT / folder).glob("*.c")]
    output = subprocess.run(["aarch64-linux-gnu-nm", *objects], capture_output=True, text=True,
                            check=True).stdout
    return set(re.findall(r" [TW] (\w+)", output))


def test_the_library_has_no_second_copy_of_what_the_kernel_has():
    """Strings and formats are compiled from kernel/lib. What %p prints is the library's own."""
    again = defined_in("userland/lib") & defined_in("kernel/lib")
    assert again == {"put_pointer"}


# Commands whose standard output is known; they succeed and print no message.
OUTPUT = {
    "words": ("echo  one   two", "one two\n"),
    "no newline": ("echo -n one", "one"),
    "sequence": ("echo 1; echo 2", "1\n2\n"),
    "lines": ("echo 1\n\necho 2\n", "1\n2\n"),
    "continued line": ("echo o\\\nne \\\n two", "one two\n"),
    "comment": ("echo a # b\n# c\necho d#e", "a\nd#e\n"),
    "single quotes": ("echo 'a  \"b\" $FRUIT \\'", 'a  "b" $FRUIT \\\n'),
    "double quotes": ('echo "a  \'b\' \\" \\$ \\x $FRUIT"', "a  'b' \" $ \\x apple  pear\n"),
    "backslash": ("echo a\\ \\ b \\; \\'", "a  b ; '\n"),
    "quotes inside a word": ("echo a'b c'\"d e\"f", "ab cd ef\n"),
    "empty words": ("echo '' \"\" | wc", "      1       0       2\n"),
    "operators in quotes": ("echo '|' \">\" '&&'", "| > &&\n"),
    "splitting": ("echo $FRUIT", "apple pear\n"),
    "no word from an unset variable": ("echo a $UNSET b", "a b\n"),
    "assignment": ("X=1; Y='a  b'; Z=$X$Y; echo \"$Z\" ${X}2 $X2", "1a  b 12\n"),
    "assignment for one command": ("X=1; X=2 sh -c 'echo $X'; echo $X", "2\n1\n"),
    "unset": ("X=1; unset X; echo [$X]", "[]\n"),
    "set": ("X=17; set | grep X=", "X=17\n"),
    "lone dollar": ("echo $ a$ $.", "$ a$ $.\n"),
    "status": ("false; echo $?; true; echo $?", "1\n0\n"),
    "process number": ("X=$$; echo $$ | grep -c $X", "1\n"),
    "status in quotes": ('false; echo "s=$?"', "s=1\n"),
    "and": ("true && echo yes; false && echo no; echo $?", "yes\n1\n"),
    "or": ("false || echo yes; true || echo no; echo $?", "yes\n0\n"),
    "and then or": ("false && echo a || echo b", "b\n"),
    "or then and": ("true || echo a && echo b", "b\n"),
    "pipe": ("echo one | cat", "one\n"),
    "pipe without blanks": ("echo one|cat|cat|wc", "      1       1       4\n"),
    "long pipe": ("echo x | cat | cat | cat | cat | cat | cat", "x\n"),
    "status of a pipe": ("true | false; echo $?; false | true; echo $?", "1\n0\n"),
    "builtin in a pipe": ("cd / | cat; cd /; pwd | cat", "/\n"),
    "output to a file": ("echo a > f; echo b > f; cat f", "b\n"),
    "appending": ("echo a>g; echo b >>g; cat g", "a\nb\n"),
    "input from a file": ("echo in > h; cat < h", "in\n"),
    "redirection first": ("> i echo a; <i cat", "a\n"),
    "redirected builtin": ("cd /; pwd > /dev/null; pwd", "/\n"),
    "redirected messages": ("cat /none 2> /dev/null; echo $?", "1\n"),
    "copied descriptor": ("cat /none 2>&1 | wc", "      1       7      38\n"),
    "descriptor copied onto itself": ("echo a >&1", "a\n"),
    "redirection alone": ("> empty; cat empty; echo $?", "0\n"),
    "target from a variable": ("F=named; echo a > $F; cat named", "a\n"),
    "a number is no descriptor": ("echo a 12> number; cat number", "a 12\n"),
    "a background command and Ctrl-C": ("sh -c 'kill -2 $$; echo lives' & sleep 0.5", "lives\n"),
    "background": ("echo a > bg & sleep 0.5; cat bg", "a\n"),
    "arguments": ("sh -c 'echo $0 $1 $2 $#' zero one", "zero one 1\n"),
    "input left to the command": ("echo 'cat\nrest' | sh", "rest\n"),
    "grep": ("echo 'a b\nb\nc' | grep b", "a b\nb\n"),
    "grep -v": ("echo 'a\nb' | grep -v a", "b\n"),
    "grep -c": ("echo 'a\nb\nab' | grep -c a", "2\n"),
    "grep -cv": ("echo 'a\nb\nab' | grep -cv a", "1\n"),
    "grep -c -v": ("echo 'a\nb\nab' | grep -c -v a", "1\n"),
    "grep for a dash": ("echo 'a\n-c' | grep -- -c", "-c\n"),
    "grep finds nothing": ("echo a | grep b; echo $?", "1\n"),
    "grep in files": ("echo x > j; echo x > k; grep x j k", "j:x\nk:x\n"),
    "head": ("echo '1\n2\n3' | head -n 2", "1\n2\n"),
    "head -n2": ("echo '1\n2\n3' | head -n2", "1\n2\n"),
    "head -2": ("echo '1\n2\n3' | head -2", "1\n2\n"),
    "wc -l": ("echo '1\n2' | wc -l; echo a > wc; wc -l wc", "2\n1 wc\n"),
    "files": ("mkdir d; echo a > d/f; ls d; rm d/f; ls d; rm -d d", "f\n"),
    "ls -l": ("mkdir m; echo abc > m/f; ls -l m | grep -c '         4 f'; rm m/f; rm -d m", "1\n"),
    "ls -a": ("mkdir o; > o/.c; ls o; ls -a o", ".\n..\n.c\n"),
    "names with a dash": ("mkdir -- -d; ls -- -d; rm -d -- -d", ""),
    "echo takes all but -n as words": ("echo -- -x --help", "-- -x --help\n"),
    "false whatever follows": ("false -x y || true -x y", ""),
    "an empty file into itself": ("> own; cat own >> own; cat own > own", ""),
    "sorted ls": ("mkdir s; > s/c; > s/a; > s/b; ls s", "a\nb\nc\n"),
    "uname": ("uname", "Linux\n"),
}


@pytest.mark.parametrize("case", OUTPUT)
def test_output(user, case):
    commands, expected = OUTPUT[case]
    output, messages, _ = user.sh(commands)
    assert (output, messages) == (expected, "")


NOT_FOUND = "not found; `help` lists the commands\n"
OWN_OUTPUT = "input file is output file\n"
HEAD = "usage: head [-n LINES | -LINES] [FILE]...\n"

# Commands with the status that the shell ends with, and the message it prints.
STATUS = {
    "of the last command": ("true; false", 1, ""),
    "exit": ("exit 7; echo not reached", 7, ""),
    "exit as it was": ("false; exit", 1, ""),
    "unknown command": ("nonesuch -x", 127, f"sh: nonesuch: {NOT_FOUND}"),
    "unknown path": ("/no/such", 127, "sh: /no/such: not found\n"),
    "unknown command in a pipe": ("nonesuch | true", 0, f"sh: nonesuch: {NOT_FOUND}"),
    "a directory": ("/", 126, "sh: /: Permission denied\n"),
    "killed": ("sh -c 'kill -9 $$'; exit $?", 137, "sh: process N: Killed\n"),
    "terminated": ("sh -c 'kill $$'; exit $?", 143, "sh: process N: Terminated\n"),
    "killed by Ctrl-C": ("sh -c 'kill -2 $$'; echo not reached", 130, ""),
    "writes into nothing": ("sh -c 'kill -13 $$'; exit $?", 141, ""),
    "a signal that continues": ("kill -18 $$", 0, ""),
    "no such process": ("kill 2147483647", 1, "sh: kill 2147483647: No such process\n"),
    "kill of nothing": ("kill -9", 2, "sh: too few arguments; usage: kill [-NUMBER] PID...\n"),
    "kill of a word": ("kill one", 2, "sh: one is not a number; usage: kill [-NUMBER] PID...\n"),
    "no such input": ("cat < none", 1, "sh: none: No such file or directory\n"),
    "no such directory": ("cd /none", 1, "sh: cd: /none: No such file or directory\n"),
    "bad descriptor": ("echo a >&9", 1, "sh: 9: not an open descriptor\n"),
    "no such file": ("cat none", 1, "cat: none: No such file or directory\n"),
    "too few": ("sleep", 2, "sleep: too few arguments; usage: sleep SECONDS\n"),
    "too many": ("date now", 2, "date: too many arguments; usage: date\n"),
    "bad number": ("sleep 1x", 2, "sleep: 1x is not a number of seconds; usage: sleep SECONDS\n"),
    "no value": ("head -n", 2, f"head: -n wants a value; {HEAD}"),
    "bad value": ("head -n x", 2, f"head: x is not a number of lines; {HEAD}"),
    "bad value behind a dash": ("head -1x", 2, f"head: 1x is not a number of lines; {HEAD}"),
    "a process number cut short": ("kill -0 18446744073709551616", 2,
                                   "sh: 18446744073709551616 is not a number; "
                                   "usage: kill [-NUMBER] PID...\n"),
    "builtin with too many": ("cd a b", 2, "sh: too many arguments; usage: cd [DIRECTORY]\n"),
    "builtin with too few": ("unset", 2, "sh: too few arguments; usage: unset NAME...\n"),
    "exit with a word": ("exit one; exit 3", 3, "sh: exit: one is not a number\n"),
    "a file into itself": ("echo a > own; cat own >> own", 1, f"cat: own: {OWN_OUTPUT}"),
    "input into itself": ("echo a > own; cat < own >> own", 1,
                          f"cat: standard input: {OWN_OUTPUT}"),
    "matches into their file": ("echo a > own; grep a own >> own", 2, f"grep: own: {OWN_OUTPUT}"),
    "output that does not fit": ("echo a > /dev/full", 1,
                                 "echo: write: No space left on device\n"),
    "absent kernel file": ("peek 0", 1, "peek: /proc/iolab: No such file or directory\n"),
    "unknown help": ("help me", 1, "help: no command is called me; `help` lists them all\n"),
    "pipe to nothing": ("echo a |", 2, "sh: syntax error: unexpected end of the line\n"),
    "pipe from nothing": ("| cat", 2, "sh: syntax error: unexpected `|'\n"),
    "double semicolon": ("echo a;; echo b", 2, "sh: syntax error: unexpected `;'\n"),
    "leading semicolon": ("; echo", 2, "sh: syntax error: unexpected `;'\n"),
    "and nothing": ("true &&", 2, "sh: syntax error: unexpected end of the line\n"),
    "or or": ("true || || true", 2, "sh: syntax error: unexpected `||'\n"),
    "no target": ("echo >", 2, "sh: syntax error: unexpected end of the line\n"),
    "operator as target": ("echo > | cat", 2, "sh: syntax error: unexpected `|'\n"),
    "open quote": ("echo 'a", 2, "sh: syntax error: a quote is not closed\n"),
    "open double quote": ('echo "a\\"', 2, "sh: syntax error: a quote is not closed\n"),
    "group": ("(echo a)", 2, "sh: syntax error: unexpected `('\n"),
    "error before anything runs": ("echo a; echo |", 2,
                                   "sh: syntax error: unexpected end of the line\n"),
}


@pytest.mark.parametrize("case", STATUS)
def test_status(user, case):
    commands, status, message = STATUS[case]
    output, messages, ended = user.sh(commands)
    assert (output, re.sub(r"process \d+", "process N", messages), ended) == ("", message, status)


def test_script_file(user):
    (user.work / "script").write_text("echo $1\nfalse ||\necho not reached\n")
    result = user.run("script", "word")
    assert (result.stdout, result.returncode) == ("word\n", 2)


def test_absent_script(user):
    result = user.run("absent")
    assert (result.stderr, result.returncode) == ("sh: absent: No such file or directory\n", 127)


def test_script_with_a_long_line(user):
    (user.work / "long").write_text(f"echo {'x' * 5000}\n")
    assert user.run("long").stdout == "x" * 5000 + "\n"


@pytest.mark.parametrize("path, message", [("/", "Is a directory"), ("sh", "Exec format error")])
def test_what_is_no_script(user, path, message):
    """Neither a directory nor a program is taken for an empty script, or for words."""
    path = str(user.built / path)
    result = user.run(path)
    assert (result.stdout, result.returncode) == ("", 126)
    assert result.stderr == f"sh: {path}: {message}\n"


def test_a_pipe_that_cannot_be_made(user):
    """The command is given up; what comes after it still has its output."""
    shell = " ".join(user.shell) + " -c 'pwd | pwd; pwd'"
    result = subprocess.run(["/bin/sh", "-c", f"ulimit -n 4; exec {shell}"], cwd=user.work,
                            env=user.env, capture_output=True, text=True, timeout=30, check=False)
    assert (result.stdout, result.stderr) == (f"{user.work}\n", "sh: pipe: Too many open files\n")


def test_commands_from_a_pipe_get_no_prompt(user):
    assert user.run(stdin="echo a\nfalse\n").stdout == "a\n"
    assert user.run(stdin="true; false").returncode == 1


def test_many_words_and_long_lines(user):
    words = " ".join(f"word{i}" for i in range(500))
    assert user.sh(f"echo {words}")[0] == words + "\n"
    assert user.sh(f"echo '{'x' * 50000}' | wc")[0] == "      1       1   50001\n"


def test_no_descriptor_leaks_into_commands(user):
    output, _, _ = user.sh("echo a > f; true | cat; cd / > /dev/null; ls /proc/self/fd | wc")
    # 0, 1, 2, the directory itself; the wrapper scripts leave none open.
    assert int(output.split()[0]) <= 5


def test_the_shell_keeps_no_descriptor_open(user):
    output, _, _ = user.sh("ls /proc/$$/fd > n; wc < n; cd / | cat | cat; cd . > /dev/null; "
                           "cat < /dev/null; ls /proc/$$/fd > n; wc < n")
    before, after = output.splitlines()
    assert before == after


def test_date(user):
    output, _, _ = user.sh("date")
    expected = subprocess.run(["date", "-u", "+%a %b %e %H:%M"], capture_output=True, text=True,
                              check=True, env={"LC_ALL": "C", "PATH": os.environ["PATH"]})
    assert re.fullmatch(r"\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d UTC \d{4}\n", output)
    assert output.startswith(expected.stdout.strip()[:10])


def test_uptime(user):
    assert re.fullmatch(r"\d\d:\d\d:\d\d up (\d+ days, )?\d+:\d\d:\d\d\n", user.sh("uptime")[0])


def test_ps_lists_itself(user):
    lines = user.sh("ps")[0].splitlines()
    assert lines[0].split() == ["PID", "PPID", "STATE", "COMMAND"]
    # QEMU makes up the line of the program that it emulates, with 0 for the state.
    assert all(re.match(r" *\d+ +\d+ [A-Z0] +\S", line) for line in lines[1:])
    assert str(os.getpid()) in [line.split()[0] for line in lines]


def test_sleep_has_fractions(user):
    start = time.monotonic()
    assert user.sh("sleep 0.7; sleep .5; sleep 0") == ("", "", 0)
    assert time.monotonic() - start >= 1.2


def test_help_covers_the_initramfs(user):
    """Every program in /bin is in the table that `help` prints, and nothing else is."""
    listed = set(re.findall(r"^  (\w+) +\w", user.sh("help")[0], re.MULTILINE))
    assert listed == set(rootfs()) | BUILTINS


def test_help_fits_the_screen(user):
    assert [line for line in user.sh("help")[0].splitlines() if len(line) > 80] == []


def test_help_explains_a_command(user):
    assert user.sh("help ioremap")[0].splitlines() == [
        "ioremap: map a device, print the virtual address (-v: and tell how)",
        "usage:   ioremap [-v] PHYS SIZE [nocache|wc|wt|cache]",
        "example: ioremap 0x09010000 0x1000",
    ]


def test_file_of_proc_under_its_own_name(user):
    assert user.sh("iomem")[0] == pathlib.Path("/proc/iomem").read_text(encoding="ascii") != ""


def test_iolab_sends_its_command_and_prints_the_answer(user):
    """A plain file stands in for /proc/iolab: what follows the command in it is the answer."""
    bench = user.work / "bench"
    program = user.bin.parent / "iolab"
    binary = (user.built / "iolab").read_bytes()
    program.write_bytes(binary.replace(b"/proc/iolab", b"bench".ljust(len("/proc/iolab"), b"\0")))
    program.chmod(0o755)

    def iolab(command, answer, message=""):
        bench.write_text("?" * len(command) + answer)
        name, *arguments = command.split()
        result = subprocess.run([user.qemu, "-0", name, program, *arguments], cwd=user.work,
                                capture_output=True, text=True, timeout=30, check=False)
        assert bench.read_text() == command + answer
        assert (result.stdout, result.stderr) == (answer, message)
        return result.returncode

    assert iolab("peek 0x1000 8\n", "0xff\n") == 0
    assert iolab("ioremap\n", "failed: usage\n") == 1
    assert iolab("vmalloc 1\n", "not failed: really\n") == 0
    assert iolab("vmalloc 1\n", "failed") == 0
    assert iolab("vmalloc 1\n", "failures: none\n") == 0
    assert iolab("walk 0\n", "long\n" * 1000) == 0

    # VADDR... is a command for each, behind the answer of the one before.
    bench.write_text("?" * len("walk -v 0x0\n") + "failed: the first\n")
    result = subprocess.run([user.qemu, "-0", "walk", program, "-v", "0x0", "4096", "10000"],
                            cwd=user.work, capture_output=True, text=True, timeout=30, check=False)
    assert bench.read_text() == "walk -v 0x0\nfailed: the first\nwalk -v 4096\nwalk -v 10000\n"
    assert (result.returncode, result.stdout) == (1, "failed: the first\n")
    assert "walk: decimal 10000 is 0x2710" in result.stderr and result.stderr.count("\n") == 1

    # A hexadecimal number that lacks its 0x is taken as C takes it, with a warning.
    def meant(name, word, value):
        return f"{name}: decimal {word} is {value}; if 0x{word} is meant, write the 0x\n"

    assert iolab("ioremap 9030000 0x1000\n", "0x1\n", meant("ioremap", 9030000, "0x89c970")) == 0
    assert iolab("explain 0x9030000 1000 wc\n", "0x1\n", meant("explain", 1000, "0x3e8")) == 0
    assert iolab("vmalloc 10000\n", "0x1\n", meant("vmalloc", 10000, "0x2710")) == 0
    for command in ("vmstress 255 1000 1000", "ioremap 4096 8192", "vmalloc 65536", "vmalloc 100",
                    "poke 0x1000 1000", "ioremap 09030000 0x1000", "ioremap x000 1000x"):
        assert iolab(command + "\n", "0x1\n") == 0


# Becomes a program whose descendants' orphans are its children, as those of process 1 are.
ADOPT_ORPHANS = """
import ctypes, os, sys
PR_SET_CHILD_SUBREAPER = 36
ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
os.execv(sys.argv[1], sys.argv[1:])
"""


def test_init_greets_and_restarts_the_shell(user):
    """The host's own /bin/sh stands in for ours."""
    child = Terminal([sys.executable, "-c", ADOPT_ORPHANS, user.qemu, user.built / "init"],
                     timeout=10)
    for word in ("vmallocinfo", "help", "poweroff", "Ctrl-A x"):
        child.expect_exact(word)
    child.sendline("(sleep 0.2 &); sleep 0.5; exit 3")
    child.expect("init: the shell [^;]*; starting another\r\n")
    assert "ended with status 3" in child.after
    child.sendline("echo al''ive")
    child.expect_exact("alive")
    child.sendline("kill -9 $$")
    child.expect_exact("init: the shell was killed by signal 9; starting another\r\n")
    child.close()
