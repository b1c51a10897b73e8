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
    """Noise, few letters, words that come again, long runs, and a far copy; also empty."""
    size = rng.choice((0, 1, 2, 300, 3000, 70000))
    kind = rng.randrange(5)
    if kind == 0:
        return rng.randbytes(size)
    if kind == 1:
        return bytes(rng.choices(b"abcdefgh ", [2 ** i for i in range(9)], k=size))
    if kind == 2:
        words = [rng.randbytes(rng.randrange(1, 40)) for _ in range(50)]
        return b"".join(rng.choices(words, k=size // 20))
    if kind == 3:
        return 2 * rng.randbytes(min(size, 32000))
    return b"".join(bytes([rng.randrange(3)]) * rng.randrange(1, 700)
                    for _ in range(size // 300))


def pack(rng, data):
    packer = zlib.compressobj(rng.randrange(10), zlib.DEFLATED, 16 + rng.randrange(9, 16),
                              rng.randrange(1, 10), rng.choice(STRATEGIES))
    middle = rng.randrange(len(data) + 1)
    return (packer.compress(data[:middle]) + packer.flush(rng.choice((0, 2, 3)))
            + packer.compress(data[middle:]) + packer.flush())


def assert_same(program, cases, expected):
    """One case that differs is told in a line; all of them would fill pages."""
    for number, (case, ours, theirs) in enumerate(zip(cases, unpack(program, cases), expected)):
        assert ours == theirs, (
            f"case {number}, {case[:40].hex()}...: gunzip() {in_words(ours)}, "
            f"and should: {in_words(theirs)}")


def in_words(answer):
    if answer is None:
        return "refuses it"
    data, consumed = answer
    return (f"takes {consumed} bytes for {len(data)} bytes with the sum {zlib.crc32(data):#010x}, "
            f"{data[:20]!r}...")


def assert_as_zlib(program, cases):
    """And that zlib takes some and refuses some, or one of the two answers is not tested."""
    expected = [zlib_unpacks(case) for case in cases]
    assert_same(program, cases, expected)
    accepted = sum(case is not None for case in expected)
    assert len(cases) / 10 < accepted < len(cases) * 9 / 10, accepted


def test_unpacks_as_zlib_does(program):
    rng = random.Random(1)
    data = [random_data(rng) for _ in range(150)]
    cases = [pack(rng, part) for part in data]
    behind = [case + rng.randbytes(rng.randrange(5)) for case in cases]
    assert_same(program, behind, [(part, len(case)) for part, case in zip(data, cases)])


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
    assert_as_zlib(program, [with_true_sums(damaged(rng, rng.choice(sources)))
                             for _ in range(4000)])


def test_refuses_other_sums_and_sizes(program):
    """Each bit of the trailer, which the test above makes true again."""
    case = gzip.compress(b"data")
    cases = [case[:-8] + struct.pack("<Q", struct.unpack("<Q", case[-8:])[0] ^ 1 << bit)
             for bit in range(64)]
    assert_same(program, cases, [None] * 64)


class Bits:
    """A stream that is written by bits, as RFC 1951 packs them."""

    def __init__(self):
        self.number = self.size = 0

    def put(self, value, count):
        self.number |= value << self.size
        self.size += count

    def put_word(self, words, symbol):
        """A word of a Huffman code, its highest bit first; one that is not in the code is 0."""
        length, word = words.get(symbol, (1, 0))
        self.put(int(f"{word:0{length}b}"[::-1], 2), length)

    def bytes(self):
        return self.number.to_bytes((self.size + 7) // 8, "little")


def words_of(lengths):
    """{symbol: (length, word)} of a code that its lengths describe."""
    words, word, last = {}, 0, 0
    for length, symbol in sorted((n, symbol) for symbol, n in enumerate(lengths) if n):
        word <<= length - last
        words[symbol], last = (length, word & (1 << length) - 1), length
        word += 1
    return words


def random_lengths(rng, size, must=()):
    """Of a whole code for some of so many symbols. One time in four a length is then another."""
    chosen = {*must, *rng.sample(range(size), rng.randrange(min(size, 30)))} or {0}
    leaves = [0] if len(chosen) > 1 else [1]
    while len(leaves) < len(chosen):
        leaf = leaves.pop(rng.choice([i for i, n in enumerate(leaves) if n < 15]))
        leaves += [leaf + 1, leaf + 1]
    lengths = [0] * size
    for symbol, length in zip(rng.sample(sorted(chosen), len(chosen)), leaves):
        lengths[symbol] = length
    if rng.randrange(4) == 0:
        lengths[rng.randrange(size)] = rng.randrange(16)
    return lengths


def random_block(rng):
    """A block with a code of its own, whose parts each may be what none may be."""
    symbols, distances = (rng.randrange(*((257, 287) if rng.randrange(16) else (287, 289))),
                          rng.randrange(*((1, 31) if rng.randrange(16) else (31, 33))))
    lengths = random_lengths(rng, symbols, {256} if rng.randrange(8) else ())
    own_words = words_of(lengths)
    lengths += random_lengths(rng, distances)
    order = [4] * 13 + [5] * 6  # a whole code for the lengths themselves
    if rng.randrange(8) == 0:
        order[rng.randrange(19)] = rng.randrange(8)
    bits = Bits()
    for value, count in ((1, 1), (2, 2), (symbols - 257, 5), (distances - 1, 5), (15, 4)):
        bits.put(value, count)
    for place in (16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15):
        bits.put(order[place], 3)
    put_lengths(rng, bits, lengths, words_of(order))
    for _ in range(rng.randrange(20)):
        bits.put_word(own_words, rng.choice([n for n in own_words if n < 256] or [256]))
    if rng.randrange(2):
        bits.put(rng.getrandbits(40), 40)  # whatever that is
    bits.put_word(own_words, 256)
    return bits.bytes()


def put_lengths(rng, bits, lengths, words):
    """Zeros in runs, the same length again in runs; seldom one more than there are."""
    at = 0
    while at < len(lengths):
        run = next((n for n, other in enumerate(lengths[at:]) if other != lengths[at]),
                   len(lengths) - at)
        run = min(run, rng.choice((2, 10, 138)))
        if rng.randrange(200) == 0:
            run += 1
        first = at == 0 and rng.randrange(50) == 0
        if (at and lengths[at] == lengths[at - 1] or first) and 3 <= run:
            run = min(run, 6)
            bits.put_word(words, 16)
            bits.put(run - 3, 2)
        elif lengths[at] == 0 and run >= 3:
            symbol, base, count = (17, 3, 3) if run <= 10 else (18, 11, 7)
            bits.put_word(words, symbol)
            bits.put(run - base, count)
        else:
            run = 1
            bits.put_word(words, lengths[at])
        at += run


def test_takes_the_codes_that_zlib_takes(program):
    """Codes that no packer makes: incomplete, with too many words, without an end, of one word."""
    rng = random.Random(3)
    header = gzip.compress(b"")[:10]
    assert_as_zlib(program, [with_true_sums(header + random_block(rng) + bytes(8))
                             for _ in range(4000)])


def test_passes_over_all_parts_of_a_header(program):
    """Each alone and together, cut short, and with the header's own sum right and wrong."""
    rng = random.Random(4)
    plain, cases = gzip.compress(b"data"), []
    for flags in range(32):
        header = plain[:3] + bytes([flags]) + plain[4:10]
        header += b"\5\0extra" if flags & 4 else b""
        header += b"a name\0" if flags & 8 else b""
        header += b"a comment\0" if flags & 16 else b""
        if flags & 2:
            header += struct.pack("<H", zlib.crc32(header) & 0xffff)
        cases.append(header + plain[10:])
        cases.append(header[:rng.randrange(10, len(header) + 1)])
        if flags & 2:
            cases.append(header[:-1] + bytes([header[-1] ^ 1]) + plain[10:])
    assert zlib_unpacks(cases[-3]) == (b"data", len(cases[-3]))
    assert_as_zlib(program, cases)
