# SPDX-License-Identifier: MIT
"""The house rules of the design, checked over the tree itself."""

import os
import re
import subprocess
import sys

import pytest

import tree
from qemu import ROOT

# From the ground up. arch/*/*.c stands beside mm and kernel: it implements what they declare.
FLOORS = [
    (r"kernel/lib/", 0),
    (r"kernel/base/", 0),
    (r"kernel/uapi/", 0),  # numbers of the system-call interface, nothing else
    (r"arch/([^/]+/)?include/asm/", 0),
    (r"mm/", 1),
    (r"arch/", 2),
    (r"kernel/", 2),
    (r"drivers/", 3),
    (r"boot/", 4),
]

# Files of one architecture that the other has no use for, with the reason.
UNPAIRED = {
    "arch/arm/sections.c": "only short descriptors have sections worth a path of their own",
    "arch/arm/create_mapping.c": "only there a section fills half an entry; arm64: mmu.c",
    "arch/arm/copy_up.S": "only a zImage moves itself",
    "arch/arm/private_calls.c": "only 32-bit programs need the kernel for their thread pointer",
    "arch/arm/sections.h": "what sections.c offers to ioremap.c",
}

# Rings of calls that cannot be broken, with the reason: {(object, object, ...): reason}.
ALLOWED_CALL_CYCLES = {}

# The files that step from one table to the next themselves. All others ask mm/pagewalk.h.
STEPS = re.compile(r"\b(p[gum]d|pte)_offset\w*\(|\bpmd_off_k\(|\bpgd_offset_k\("
                   r"|\bswapper_pg_dir *[\[+]|->pgd *[\[+]|\) *swapper_pg_dir\b")
TABLE_CODE = {
    "mm/pagewalk.c": "the walk itself",
    "mm/pgalloc.h": "makes a table where it is missing, then steps into it",
    "mm/vmap_range.c": "maps and unmaps, written out",
    "mm/user_pages.c": "maps a program's pages",
    "mm/address_space.h": "the steps by name",
    "mm/highmem.c": "maps the slots of the window",
    "arch/arm/context.c": "copies the kernel's part of the first table",
    "arch/arm/sections.c": "maps and unmaps, written out",
    "arch/arm64/ioremap.c": "maps and unmaps, written out",
    "arch/arm/create_mapping.c": "boot's tables",
    "arch/arm/early_map.c": "boot's tables",
    "arch/arm64/early_map.c": "boot's tables",
    "arch/arm/fixmap.c": "boot's tables, and the slots",
    "arch/arm64/fixmap.c": "boot's tables, and the slots",
    "arch/arm/mmu.c": "boot's tables",
    "arch/arm64/mmu.c": "boot's tables",
    "arch/arm/smp.c": "maps the image where another processor turns its MMU on",
    "arch/arm/trap_init.c": "maps the vectors page",
    # An oracle shares no code with what it judges; other tests spoil an entry on purpose.
    "arch/arm/tests/walker_test.c": "the oracle: raw descriptors, by the manual",
    "arch/arm64/tests/walker_test.c": "the oracle: raw descriptors, by the manual",
    "arch/arm/tests/fixmap_hosttest.c": "compares raw descriptors",
    "arch/arm64/tests/fixmap_hosttest.c": "compares raw descriptors",
    "arch/arm/tests/sections_hosttest.c": "compares raw descriptors",
    "arch/arm/tests/mmu_hosttest.c": "stores an entry that must go",
    "arch/arm64/tests/blocks_hosttest.c": "looks for a first-level entry that was never used",
    "mm/tests/pagewalk_test.c": "spoils one half of a pair",
}

LIMITS = {"Makefile": 200, "boot/main.c": 160, "arch/arm/head.S": 150, "arch/arm64/head.S": 150}


def floor(path):
    return next(level for pattern, level in FLOORS if re.match(pattern, path))


def test_a_file_includes_only_its_floor_and_below(arch):
    wrong = [f"{path} (floor {floor(path)}) includes {name} (floor {floor(name)})"
             for path in tree.kernel_sources(arch) for name in tree.includes(path, arch)
             if not name.startswith("tools/") and floor(name) > floor(path)
             and not path.endswith("_hosttest.c")]  # a program of its own, with stubs above it
    assert not wrong, "\n".join(wrong)


def test_lib_knows_no_architecture():
    wrong = [f"{path} includes {name}" for path in tree.files(".c", ".h", under=("kernel/lib",))
             if "/tests/" not in path
             for name in tree.INCLUDE.findall(tree.read(path))
             if name.startswith("asm/") or name.startswith("kernel/base/")]
    assert not wrong, "\n".join(wrong)


def test_no_include_circles(arch):
    graph = {path: set(tree.includes(path, arch)) for path in tree.kernel_sources(arch)}
    assert tree.cycles(graph) == []


def test_no_call_circles(arch):
    found = [ring for ring in tree.cycles(tree.call_graph(arch))
             if tuple(ring) not in ALLOWED_CALL_CYCLES]
    assert not found, "files that call each other in a ring:\n" + "\n".join(map(str, found))


def test_a_lower_floor_calls_no_upper_one(arch):
    """The same rule as for includes, seen by the linker: a private prototype does not help."""
    wrong = [f"{caller} calls {callee}" for caller, callees in tree.call_graph(arch).items()
             for callee in callees
             if not callee.startswith(("tools/", "arch/")) and not caller.startswith("tools/")
             and floor(callee) > floor(caller)]
    assert not wrong, "\n".join(wrong)


def asked_of(arch):
    """Symbols of arch/<arch>/ that generic code uses, tests apart."""
    wanted = set().union(*(wanted for path, (_, wanted) in tree.symbols(arch).items()
                           if not path.startswith("arch/") and "/tests/" not in path))
    return wanted & {symbol for path, (defined, _) in tree.symbols(arch).items()
                     if path.startswith("arch/") for symbol in defined}


def test_the_contract_lists_what_is_asked_of_an_architecture():
    """What only one architecture has comes out of a header of its own, as a macro or a constant."""
    lists = re.findall(r"/\*((?:(?!\*/).)*)\*/\n#include", tree.read("boot/arch.h"), re.S)
    listed = {name for text in lists for name in re.findall(r"\w+", text.split(":")[0])}
    assert listed == set.intersection(*map(asked_of, tree.ARCHS))


def test_the_contract_lists_the_headers_of_an_architecture():
    text = tree.read("boot/arch.h")
    names = {path.rsplit("/", 1)[1] for path in tree.files(under=("arch",))
             if "include/asm/" in path}
    assert set(re.findall(r"\b(\w+\.(?:h|def))\b", text.split("#include")[0])) == names


def test_architectures_have_the_same_files():
    names = {arch: {path.removeprefix(f"arch/{arch}/")
                    for path in tree.files(under=(f"arch/{arch}",))} for arch in tree.ARCHS}
    single = [f"arch/{arch}/{name}" for arch in tree.ARCHS
              for other in tree.ARCHS for name in names[arch] - names[other]]
    wrong = [path for path in sorted(single) if path not in UNPAIRED and "/tests/" not in path]
    assert not wrong, "no twin: " + ", ".join(wrong)


def test_only_the_walk_and_mapping_code_read_page_tables():
    """A reader of its own would be one more place that must know every format and folded level."""
    readers = {path for path in tree.files(".c", ".h") if "include/asm/" not in path
               and not path.startswith(("tools/", "docs/")) and STEPS.search(tree.read(path))}
    assert not readers - TABLE_CODE.keys(), "walk_page_range() is there for these: " + ", ".join(
        sorted(readers - TABLE_CODE.keys()))
    assert not TABLE_CODE.keys() - readers, "no longer true of " + ", ".join(
        sorted(TABLE_CODE.keys() - readers))


def test_the_reason_stands_beside_each_dangerous_line():
    """A barrier, a flush or a register write that says nothing is the first that a change loses."""
    done = subprocess.run([os.path.join(ROOT, "tools", "why.py")], capture_output=True, text=True,
                          check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_files_are_short():
    long = []
    for path in ["Makefile", *tree.files(".c", ".h", ".S", ".py", ".sh")]:
        lines = tree.read(path).count("\n")
        if lines > LIMITS.get(path, 400):
            long.append(f"{path}: {lines} lines, at most {LIMITS.get(path, 400)}")
    assert not long, "\n".join(long)


def test_functions_are_short():
    found = tree.functions()
    assert len(found) > 100, "ctags found next to nothing"
    long = [f"{path}: {name}() has {lines} lines" for path, name, lines in found if lines > 60]
    assert not long, "\n".join(long)


def test_most_functions_are_under_20_lines():
    """A long function is an exception. When this was written, one in nine was."""
    sizes = [lines for _, _, lines in tree.functions()]
    long = sum(size >= 20 for size in sizes)
    assert long / len(sizes) <= 0.12, f"{long} of {len(sizes)} functions have 20 lines and more"


def test_every_function_has_a_caller():
    """Or stands in tools/uncalled.txt with a reason. A call by a test does not count."""
    done = subprocess.run(
        [sys.executable, "tools/uncalled.py", *(f"build/{arch}" for arch in tree.ARCHS)],
        cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_start_kernel_fits_on_a_page():
    size = {name: lines for path, name, lines in tree.functions() if path == "boot/main.c"}
    assert size["start_kernel"] < 80


def lines_matching(pattern, paths):
    regex = re.compile(pattern)
    return [f"{path}:{number}: {line.strip()}" for path in paths
            for number, line in enumerate(tree.read(path).splitlines(), 1) if regex.search(line)]


def test_generic_code_has_no_architecture_ifdef():
    generic = [path for path in tree.kernel_sources() if not path.startswith("arch/")]
    found = lines_matching(r"#\s*(el)?if.*(__arm|__aarch64|__ARM|CONFIG_ARM|defined.*arm)", generic)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name, pattern", [
    ("unfinished", r"\b(TO" r"DO|FIX" r"ME|X" r"XX|HA" r"CK)\b|\bfor no" r"w\b"),
    ("trailing blanks", r"[ \t]+$"),
    ("carriage return", r"\r"),
])
def test_no_line_has(name, pattern):
    suffixes = (".c", ".h", ".S", ".py", ".sh", ".mk", ".lds", ".md")
    found = lines_matching(pattern, tree.files(*suffixes))
    assert not found, f"{name}:\n" + "\n".join(found)


def test_comments_are_c_comments():
    found = lines_matching(r"//", tree.files(".c", ".h", ".S"))
    wrong = [line for line in found if "//" in re.sub(r'"[^"]*"|\w+://', "", line)]
    assert not wrong, "\n".join(wrong)


def test_lines_fit_100_columns():
    long = [f"{path}:{number}" for path in tree.files(".c", ".h", ".S", ".py", ".sh")
            for number, line in enumerate(tree.read(path).splitlines(), 1)
            if len(line.expandtabs(8)) > 100]
    assert not long, "\n".join(long)


def test_every_file_names_its_licence():
    """In the first line, or in the second where the first names an interpreter."""
    paths = tree.files(".c", ".h", ".S", ".lds", ".py", ".sh", ".mk")
    missing = [path for path in paths
               if "SPDX-License-Identifier: MIT" not in "".join(tree.read(path).splitlines()[:2])]
    assert not missing, "\n".join(missing)


def test_every_c_file_opens_with_its_story():
    """A comment follows the licence: what the file is and why it exists."""
    missing = [path for path in tree.files(".c", ".h", ".S")
               if not tree.read(path).split("\n", 2)[1].startswith("/*")]
    assert not missing, "\n".join(missing)


def test_no_symbolic_links():
    links = [path for path in tree.files() if os.path.islink(os.path.join(ROOT, path))]
    assert not links
