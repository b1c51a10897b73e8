# SPDX-License-Identifier: MIT
"""`print` in GDB: the kernel's types say what they mean, and `print/r` shows them plainly."""

import re

import pytest

from gdb_session import Session


@pytest.fixture(scope="module")
def session(arch):
    with Session(arch, log="test_gdb_printers") as opened:
        yield opened


@pytest.fixture
def gdb(session):
    """GDB at a machine that stands still, so that all answers are of one moment."""
    session.attach()
    yield session.gdb
    session.detach()


def shown(gdb, expression):
    text = gdb.run(f"print {expression}")
    match = re.fullmatch(r"\$\d+ = (.*)\n", text, re.S)
    assert match, text
    return match[1]


def test_entries_of_each_level(gdb, arch):
    """As `mc walk` words them, and where they lead."""
    steps = gdb.mc("walk start_kernel + 0")["steps"]
    first = steps[0]
    index = first["index"]
    entry = {"arm64": f"init_mm.pgd[{index}]",
             "arm": f"init_mm.pgd[{index // 2}].pmd[{index % 2}]"}[arch]
    said = shown(gdb, entry)
    digits = {"arm64": 16, "arm": 8}[arch]
    assert said == (f"0x{first['entry']:0{digits}x} {' '.join(first['words'])}"
                    f" -> 0x{steps[1]['table']:x}")
    # A last-level entry, at its place in the linear map.
    steps = gdb.mc("walk &vmap_area_root")["steps"]
    at = f"((pte_t *)(0x{steps[-1]['table']:x} - 0x40000000 + " + {
        "arm64": "0xffff000000000000))", "arm": "0xc0000000))"}[arch] + f"[{steps[-1]['index']}]"
    said = shown(gdb, at)
    assert re.fullmatch(r"0x[0-9a-f]+ RW NX SHD .* -> 0x40[0-9a-f]+", said), said
    assert shown(gdb, f"/r {at}") == f"{{pte = {steps[-1]['entry']}}}"


def test_areas_as_list_and_tree(gdb):
    """Both have the same records in the same order; vmallocinfo leaves out the sentinels."""
    rows = gdb.mc("vmallocinfo")
    listed, tree = shown(gdb, "vmap_area_list"), shown(gdb, "vmap_area_root")
    assert listed == tree
    count, records = re.fullmatch(r"(\d+) of struct vm_struct = {(.*)}", listed).groups()
    records = records.split(", ")
    assert int(count) == len(records)
    pointers = [word.split()[0] for word in records
                if not word.endswith(("<bottom>", "<frontier>", "<top>"))]
    assert len(pointers) == len(rows)
    said = shown(gdb, f"*(struct vm_struct *){pointers[0]}")
    first = rows[0]
    assert said.startswith(f"0x{first['start']:x}-0x{first['end']:x} {first['size']} bytes,"
                           f" {first['caller']} = {{area = 0x{first['start']:x}-0x")
    assert f"va_start = 0x{first['start']:x}" in said and "nr_pages = " in said


def test_memory(gdb):
    data = gdb.mc("memblock memory")["memory"]
    said = shown(gdb, "memblock.memory")
    base, size = data[0]["base"], data[0]["size"]
    assert said.startswith(f"memory: {len(data)} of 128 regions, {size >> 10} KiB = {{[0] ="
                           f" 0x{base:x}-0x{base + size - 1:x}, {size >> 10} KiB = {{base = ")
    assert "[1]" not in said  # the array has room for more, of which nothing is shown
    assert shown(gdb, "memblock.memory.regions[0].base") == f"0x{base:x}"  # phys_addr_t
    rows = gdb.run("mc iomem").splitlines()
    assert shown(gdb, "*iomem_resource.child").startswith(f"{rows[0]} = {{start = 0x")


def test_nodes_and_tasks(gdb):
    said = shown(gdb, "*of_root->child")
    name = re.match(r"/(\S+) = {full_name = 0x[0-9a-f]+ \"([^\"]+)\"", said)
    assert name and name[1] == name[2] and shown(gdb, "*of_root").startswith("/ = {")
    prop = shown(gdb, "*of_root->properties")
    assert re.match(r"[\w#,-]+ = (<0x|\")", prop), prop
    assert re.match(r"pid 0, swapper, stack at 0x[0-9a-f]+ = {thread = ", shown(gdb, "init_task"))


def test_a_link_inside_a_record_is_not_taken_for_a_list(gdb):
    assert re.fullmatch(r"{next = 0x\w+( <.*>)?, prev = 0x\w+( <.*>)?}",
                        shown(gdb, "init_task.sibling"))


def test_a_wild_pointer_is_said_once(gdb):
    """The fields are printed all the same."""
    gdb.run("set variable $name = iomem_resource.name")
    gdb.run("set variable iomem_resource.name = (char *)0x10")
    said = shown(gdb, "iomem_resource")
    gdb.run("set variable iomem_resource.name = $name")
    assert said.startswith("<Cannot access memory at address 0x10> = {start = 0x0, ")
    assert shown(gdb, "iomem_resource").startswith("0000")


def test_names_may_be_any_bytes(gdb):
    """As in the memory of a kernel that died."""
    gdb.run("set variable init_task.comm[0] = 0xff")
    said, listed = shown(gdb, "init_task"), gdb.run("mc ps")
    gdb.run("set variable init_task.comm[0] = 's'")
    assert said.startswith("pid 0, \ufffdwapper, ") and " \ufffdwapper\n" in listed


# A value that the compiler keeps nowhere, as GDB hands it to a printer.
GONE = """python
from mercator.printers import Entry, Hexadecimal
class Gone:
    is_optimized_out = True
    def __getitem__(self, _):
        return self
print(Entry(Gone(), "pte").to_string(), Hexadecimal(Gone()).to_string(), sep="\\n")
end"""


def test_an_entry_that_is_optimized_out(gdb):
    """Which one is, in a backtrace, the compiler decides in each build."""
    said = gdb.run(GONE).lstrip(">")  # the prompts of its lines
    assert said == "<optimized out>\n" * 2


def test_entries_in_a_backtrace(session):
    """As arguments of the helper that stores them."""
    _, (said, value) = session.at("set_pte", "ioremap 0x9030000 0x1000", "backtrace 1", "info args")
    assert re.search(r"\bpte=(<optimized out>|0x\w+ RW .* -> 0x\w+)[,)]", said), said
    assert re.search(r"^pte = (<optimized out>|0x\w+ RW .* -> 0x\w+)$", value, re.M), value
