# SPDX-License-Identifier: MIT
"""The kernel's gunzip() beside zlib: random data of many kinds, and the same with damage.

kernel/lib/tests/gunzip_cases.c unpacks a file of cases with the kernel's code.
"""

import gzip
import os
import random
import struct
import subprocess
import zlib

import pytest

from host32 import CHOICE, ask
from qemu import ROOT, make

MAKEFILE = "tools/testing/host/Makefile"
STRATEGIES = (zlib.Z_DEFAULT_STRATEGY, zlib.Z_FILTERED, zlib.Z_HUFFMAN_ONLY, zlib.Z_RLE,
              zlib.Z_FIXED)
BAD = 0xffffffff


@pytest.fixture(scope="module", params=["64", "32"])
def program(request):
    path = f"build/host/{request.param}/gunzip_cases"
    done = make("-f", MAKEFILE, *CHOICE, path)
    assert done.returncode == 0, done.stderr
    emulator = ask()["RUN32"].split() if request.param == "32" else []
    return [*emulator, os.path.join(ROOT, path)]


def unpack(program, cases):
    """[(data, consumed)] of each case, None of one that is refused."""
    text = b"".join(struct.pack("<I", len(case)) + case for case in cases)
    done = subprocess.run(program, input=text, capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr.decode(errors="replace")[-4000:]
    found, at = [], 0
    while at < len(done.stdout):
        size, consumed = struct.unpack_from("<II", done.stdout, at)
        at += 8
        found.append(None if size == BAD else (done.stdout[at:at + size], consumed))
        at += 0 if size == BAD else size
    assert len(found) == len(cases)
    return found


def zlib_unpacks(case):
    """What zlib makes of it, in the same form."""
    reader = zlib.decompressobj(31)
    try:
        data = reader.decompress(case)
    except zlib.error:
        return None
    return (data, len(case) - len(reader.unused_data)) if reader.eof else None


def random_data(rng):
    """Noise, few letters, words that come again, and long runs; also empty."""
    size = rng.choice((0, 1, 2, 300, 3000, 70000))
    kind = rng.randrange(4)
    if kind == 0:
        return rng.randbytes(size)
    if kind == 1:
        return bytes(rng.choices(b"abcdefgh ", [2 ** i for i in range(9)], k=size))
    if kind == 2:
        words = [rng.randbytes(rng.randrange(1, 40)) for _ in range(50)]
        return b"".join(rng.choices(words, k=size // 20))
    return b"".join(bytes([rng.randrange(3)]) * rng.randrange(1, 700)
                    for _ in range(size // 300))


def pack(rng, data):
    packer = zlib.compressobj(rng.randrange(10), zlib.DEFLATED, 16 + rng.randrange(9, 16),
                              rng.randrange(1, 10), rng.choice(STRATEGIES))
    middle = rng.randrange(len(data) + 1)
    return (packer.compress(data[:middle]) + packer.flush(rng.choice((0, 2, 3)))
            + packer.compress(data[middle:]) + packer.flush())


def test_unpacks_as_zlib_does(program):
    rng = random.Random(1)
    data = [random_data(rng) for _ in range(150)]
    cases = [pack(rng, part) for part in data]
    behind = [case + rng.randbytes(rng.randrange(5)) for case in cases]
    expected = [(part, len(case)) for part, case in zip(data, cases)]
    assert unpack(program, behind) == expected


def damaged(rng, case):
    case = bytearray(case)
    for _ in range(rng.randrange(1, 4)):
        place = rng.randrange(len(case))
        if rng.randrange(4):
            case[place] ^= 1 << rng.randrange(8)
        else:
            case[place] = rng.randrange(256)
    return bytes(case[:rng.randrange(len(case))] if rng.randrange(8) == 0 else case)


def with_true_sums(case):
    """Damage that only the sum would show is shown to both: with the sum of what is there now."""
    reader = zlib.decompressobj(-15)
    try:
        data = reader.decompress(case[10:])
    except zlib.error:
        return case
    if not reader.eof:
        return case
    end = len(case) - len(reader.unused_data)
    return case[:end] + struct.pack("<II", zlib.crc32(data), len(data)) + case[end + 8:]


def test_refuses_what_zlib_refuses(program):
    rng = random.Random(2)
    sources = [pack(rng, random_data(rng)[:2000]) for _ in range(100)]
    cases = [with_true_sums(damaged(rng, rng.choice(sources))) for _ in range(4000)]
    found = unpack(program, cases)
    expected = [zlib_unpacks(case) for case in cases]
    assert found == expected
    accepted = sum(case is not None for case in expected)
    assert 400 < accepted < 3600, accepted  # else one of the two answers is not tested


def test_reads_a_header_with_all_parts(program, tmp_path):
    name = tmp_path / "a name"
    name.write_bytes(b"data")
    with gzip.open(tmp_path / "a name.gz", "wb") as file:  # it notes the name
        file.write(b"data")
    case = (tmp_path / "a name.gz").read_bytes()
    assert b"a name\0" in case
    assert unpack(program, [case]) == [(b"data", len(case))]
