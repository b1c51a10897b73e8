# SPDX-License-Identifier: MIT
"""The shell at a terminal: line editing, history, and how it leaves the terminal to commands."""

import os
import time

import pexpect
import pytest

from emulated import Terminal

# What is typed, and what then runs. The keys' names are those of the editor's table.
UP, DOWN, RIGHT, LEFT = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"
HOME, END, DELETE = "\x1b[H", "\x1b[F", "\x1b[3~"
KEYS = {
    "plain": ("echo one", "one"),
    "backspace": ("echo onx\x7fe", "one"),
    "backspace at the start": ("\x7f\x7fecho one", "one"),
    "Ctrl-H": ("echo onx\x08e", "one"),
    "Ctrl-U": ("garbage\x15echo one", "one"),
    "Ctrl-W": ("echo one two  \x17three", "one three"),
    "Ctrl-K": ("echo one two\x1b[D\x1b[D\x1b[D\x1b[D\x0b", "one"),
    "Ctrl-A, Ctrl-E": ("cho on\x01e\x05e", "one"),
    "home, end": (f"cho on{HOME}e{END}e", "one"),
    "home, end of tmux": ("cho on\x1b[1~e\x1b[4~e", "one"),
    "home, end of rxvt": ("cho on\x1b[7~e\x1b[8~e", "one"),
    "home, end of a keypad": ("cho on\x1bOHe\x1bOFe", "one"),
    "left with Ctrl": ("echo oe\x1b[1;5Dn", "one"),
    "delete with Ctrl": (f"echo oxne{LEFT * 3}\x1b[3;5~", "one"),
    "F1 of the Linux console": ("echo \x1b[[Aone", "one"),
    "Ctrl-C in a sequence": ("echo lost\x1b[Cx\x1b[1\x03echo one", "one"),
    "Ctrl-C behind an escape": ("echo lost\x1b\x03echo one", "one"),
    "an arrow behind an escape": (f"echo oe\x1b{LEFT}n", "one"),
    "Enter behind an escape": ("echo one\x1b", "one"),
    "Enter in a sequence": ("echo one\x1b[3", "one"),
    "a pasted prompt": ("/ # echo one", "one"),
    "pasted twice": ("/ # / # echo one", "one"),
    "left, right": (f"echo oe{LEFT}n{RIGHT} two", "one two"),
    "insert in the middle": (f"echo one four{LEFT * 4}two three ", "one two three four"),
    "delete": (f"echo oxne{LEFT * 3}{DELETE}", "one"),
    "unknown escape": ("echo \x1b[5~o\x1bOPne", "one"),
    "Ctrl-C": ("echo lost\x03echo one", "one"),
    "backspace over two bytes": ("echo oné\x7fe", "one"),
    "delete before three bytes": (f"echo o€ne{LEFT * 3}{DELETE}", "one"),
    "left over two bytes": (f"echo é€e{LEFT * 3}on{DELETE * 2}", "one"),
    "insert of two bytes": (f"echo ac{LEFT}é", "aéc"),
    "Tab in a command": ("unam\t", "Linux"),
    "Tab in a path": ("echo /pro\tversi\t", "/proc/version"),
    "Tab after a pipe": ("echo one two | gre\ttwo", "one two"),
    "Tab where nothing fits": ("echo nonesuch\t", "nonesuch"),
}


@pytest.mark.parametrize("case", KEYS)
def test_editing(user, case):
    keys, expected = KEYS[case]
    child = user.terminal()
    child.send(keys + "\r")
    child.expect_exact(f"\r\n{expected}\r\n{user.prompt}")
    child.close()


@pytest.mark.parametrize("keys", [
    b"echo lost\xc3\x03echo one\r",  # half a letter: a multiplexer's prefix key ate the rest
    b"echo lost\xe2\x82\x03echo one\r", b"echo lost\xf0\x9f\x03echo one\r",
    b"echo one\xc3\x7f\r", b"echo on\xe2\x1b[De\x1b[3~\r",
])
def test_half_a_character(user, keys):
    """The byte that does not continue it acts at once, as the key that it is."""
    child = user.terminal()
    os.write(child.child_fd, keys)
    child.expect_exact(f"\r\none\r\n{user.prompt}")
    child.close()


def test_a_terminal_in_latin_1(user):
    """Enter after a letter with an accent is Enter."""
    child = user.terminal()
    os.write(child.child_fd, b"echo \xe9\r")
    child.expect_exact(user.prompt)
    os.write(child.child_fd, b"echo one\r")
    child.expect_exact(f"\r\none\r\n{user.prompt}")
    child.close()


def test_searching_the_history(user):
    """What is typed after Ctrl-R, and what then runs."""
    child = user.terminal()
    for word in ("apple", "banana", "cherry", "apricot"):
        child.send(f"echo {word}\r")
        child.expect_exact(f"\r\n{word}\r\n{user.prompt}")
    for keys, word in (("\x12an", "banana"), ("\x12ap\x12", "apple"), ("\x12ap", "apple"),
                       ("\x12che" + HOME + END + "!", "cherry!"), ("\x12zz\x7f\x7fban", "banana"),
                       ("echo new\x12app\x07er", "newer"), ("\x12zz\x03echo one", "one")):
        child.send(keys + "\r")
        child.expect_exact(f"\r\n{word}\r\n{user.prompt}")
    child.close()


def test_history_outlives_the_shell(user):
    """In $HOME, for the shell that comes next; a line only once, and no more than it keeps."""
    home = user.work / "home"
    home.mkdir()
    env = {**user.env, "HOME": str(home)}
    for session in range(2):
        child = user.terminal(env)
        child.send(UP + "\r" if session else "echo kept\r")
        child.expect_exact(f"\r\nkept\r\n{user.prompt}")
        child.send("\x04")
        child.expect(pexpect.EOF)
        child.close()
    kept = home / ".sh_history"
    assert kept.read_text() == "echo kept\n"
    kept.write_text("".join(f"echo {i}\n" for i in range(100)) + "echo " + "x" * 5000 + "\n")
    child = user.terminal(env)
    child.send(UP * 2 + "\r")
    child.expect_exact(f"\r\n99\r\n{user.prompt}")
    child.send("history\r")
    child.expect_exact(f"  102  echo 99\r\n  103  history\r\n{user.prompt}")
    child.close()
    assert kept.read_text().count("\n") == 64 + 2


def test_history(user):
    child = user.terminal()
    for word in ("first", "second", "third", "third"):
        child.send(f"echo {word}\r")
        child.expect_exact(f"\r\n{word}\r\n{user.prompt}")
    for keys, word in ((UP * 2, "second"), (UP * 2 + DOWN, "second"), (UP * 9, "first"),
                       (UP * 2 + DOWN * 5 + "echo new", "new"),
                       ("echo dra" + UP + DOWN + "ft", "draft"), (UP + "ed", "drafted")):
        child.send(keys + "\r")
        child.expect_exact(f"\r\n{word}\r\n{user.prompt}")
    child.close()


@pytest.mark.parametrize("keys, shown", [
    (f"echo one two{LEFT * 3}x\x17{HOME}{DELETE}y{END}z gone\x17", "ycho one twoz"),
    (f"aé€b{LEFT * 2}ü{HOME}{DELETE}{END}\x7f", "éü€"),
])
def test_screen_after_editing(user, keys, shown):
    """Replays what the terminal got on a line of cells: the screen shows the line as it is."""
    child = user.terminal()
    child.send(keys)
    child.expect(pexpect.TIMEOUT, timeout=1)
    cells, at = [], 0
    for c in child.before:
        if c == "\b":
            at -= 1
        else:
            cells[at:at + 1] = [c]
            at += 1
    assert "".join(cells).rstrip() == shown
    child.close()


def test_tab_lists_what_is_possible(user):
    child = user.terminal()
    child.send("vma\t\t")
    child.expect_exact("vmalloc\r\nvmalloc      vmallocinfo\r\n" + user.prompt + "vmalloc")
    child.send("info -h\r")
    child.expect_exact("vmallocinfo: ")
    child.close()


def test_tab_lists_in_columns(user):
    """Sorted, as `ls` shows them."""
    folder = user.work / "many"
    folder.mkdir()
    for name in "cab":
        (folder / (name * 30)).touch()
        (folder / name).touch()
    child = user.terminal()
    child.send("echo many/\t")
    width = 32
    child.expect_exact("\r\n" + "".join(
        left.ljust(width) + right + "\r\n" for left, right in
        (("a", "b" * 30), ("a" * 30, "c"), ("b", "c" * 30))) + user.prompt + "echo many/")
    child.close()


def test_clearing_the_screen_keeps_the_line(user):
    child = user.terminal()
    child.send("echo oe\x1b[D\x0c")
    child.expect_exact("\x1b[H\x1b[2J" + user.prompt + "echo oe\b")
    child.send("n\r")
    child.expect_exact(f"\r\none\r\n{user.prompt}")
    child.close()


def test_prompt_follows_the_directory(user):
    child = user.terminal()
    child.send("cd /\r")
    child.expect_exact("\r\n/ # ")
    child.close()


def test_prompt_of_a_deep_directory(user):
    child = user.terminal()
    deep = "/".join(["d" * 100] * 5)
    (user.work / deep).mkdir(parents=True, exist_ok=True)
    child.send(f"cd {deep}\r")
    child.expect_exact(f"\r\n{user.work}/{deep} # ")
    child.send("pwd\r")
    child.expect_exact(f"\r\n{user.work}/{deep}\r\n")
    child.close()


def test_end_of_input_leaves_the_shell(user):
    child = user.terminal()
    child.send("false\r")
    child.expect_exact(user.prompt)
    child.send("\x04")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 1


def test_a_terminal_that_is_gone_ends_the_session(user):
    """With a word: settings that could not be read are not written back either."""
    messages = user.work / "messages"
    line = f"trap '' HUP; {' '.join(user.shell)} 2> {messages}"
    child = Terminal(["/bin/sh", "-c", line], cwd=user.work, env=user.env, timeout=10)
    child.expect_exact(user.prompt)
    child.send("sleep 1; echo over > over\r")
    child.expect_exact("over\r\n")
    os.close(child.child_fd)
    deadline = time.monotonic() + 20
    while "standard input" not in messages.read_text() and time.monotonic() < deadline:
        time.sleep(0.2)
    assert messages.read_text() == "sh: standard input: Input/output error\n"
    assert child.process.wait(20) is not None


def test_commands_get_a_cooked_terminal(user):
    child = user.terminal()
    child.send("cat\r")
    child.expect_exact("cat\r\n")
    child.send("typed\n")
    child.expect_exact("typed\r\ntyped\r\n")
    child.send("\x04")
    child.expect_exact(user.prompt)
    child.close()


def test_syntax_error_does_not_end_a_session(user):
    child = user.terminal()
    child.send("echo |\r")
    child.expect_exact("sh: syntax error: unexpected end of the line\r\n" + user.prompt)
    child.send("echo $?\r")
    child.expect_exact("\r\n2\r\n" + user.prompt)
    child.close()
