/* SPDX-License-Identifier: MIT */
/*
 * Unpacks deflate, the compression of gzip.
 *
 * A stream is a row of blocks. A block is stored bytes, or a row of symbols in Huffman code. A
 * symbol is a byte, the end of the block, or a length, which a distance follows: "copy so many
 * bytes from so far back".
 *
 * A code is known by the lengths of its words alone. Words of one length are consecutive numbers,
 * in the order of their symbols, and follow those that are shorter. So two lists decode it: how
 * many words have each length, and all symbols by their words.
 *
 * A symbol is decoded one bit a turn. Tables that look at several bits at once are faster, and need
 * room and a page of code: an initramfs is unpacked once.
 *
 * Source: RFC 1951. Linux counterpart: lib/zlib_inflate
 */
#include <kernel/lib/errno.h>
#include <kernel/lib/inflate.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>

#define MAX_BITS      15  /* of a word */
#define MAX_SYMBOLS   288 /* bytes, END_OF_BLOCK, lengths */
#define MAX_DISTANCES 30
#define END_OF_BLOCK  256
#define FIRST_LENGTH  257
#define NR_LENGTHS    29
#define ORDER_LENGTHS 19 /* words that a block's own code lengths are coded with */

struct huffman {
	u16 count[MAX_BITS + 1]; /* words of each length */
	u16 symbol[MAX_SYMBOLS]; /* by length, then by number */
};

static int fail(struct inflate *s, const char *reason)
{
	if (!s->error)
		s->error = reason;
	return -EINVAL;
}

/* Takes n bits, up to 16. Behind the end they are zeros, and the stream has failed. */
static u32 take_bits(struct inflate *s, int n)
{
	u32 value;

	while (s->nr_bits < n) {
		if (s->in == s->in_end) {
			fail(s, "cut short");
			return 0;
		}
		s->bits |= (u32)*s->in++ << s->nr_bits;
		s->nr_bits += 8;
	}
	value = s->bits & ((1U << n) - 1);
	s->bits >>= n;
	s->nr_bits -= n;
	return value;
}

/*
 * Makes a code of the lengths of its words; 0: a symbol without a word. Returns how many words are
 * missing, negative: how many are too many.
 */
static int make_code(struct huffman *code, const u8 *lengths, int n)
{
	u16 next[MAX_BITS + 2] = {}; /* where the symbols of each length go */
	int length, symbol, left = 1;

	memset(code->count, 0, sizeof(code->count));
	for (symbol = 0; symbol < n; symbol++)
		code->count[lengths[symbol]]++;
	code->count[0] = 0;
	for (length = 1; length <= MAX_BITS; length++) {
		next[length + 1] = next[length] + code->count[length];
		left = 2 * left - code->count[length];
		if (left < 0)
			return left;
	}
	for (symbol = 0; symbol < n; symbol++)
		if (lengths[symbol])
			code->symbol[next[lengths[symbol]]++] = symbol;
	return left;
}

/* A code that leaves words unused is damaged, but for one of a single word, which needs one bit. */
static int make_whole_code(struct inflate *s, struct huffman *code, const u8 *lengths, int n)
{
	int left = make_code(code, lengths, n);
	int length, words = 0;

	for (length = 1; length <= MAX_BITS; length++)
		words += code->count[length];
	if (left < 0 || (left > 0 && words > code->count[1]))
		return fail(s, "damaged: a code has too many words, or too few");
	return 0;
}

/* Returns the next symbol, or an errno. */
static int decode(struct inflate *s, const struct huffman *code)
{
	int length, first = 0, word = 0, index = 0;

	for (length = 1; length <= MAX_BITS && !s->error; length++) {
		word |= take_bits(s, 1);
		if (word - first < code->count[length])
			return s->error ? -EINVAL : code->symbol[index + word - first];
		index += code->count[length];
		first = (first + code->count[length]) << 1;
		word <<= 1;
	}
	return fail(s, "damaged: a word is not in the code");
}

/* Whether n more bytes fit. */
static bool has_room(struct inflate *s, size_t n)
{
	if (n <= s->room - s->produced)
		return true;
	fail(s, "larger than the room for it");
	return false;
}

static int put_byte(struct inflate *s, u8 byte)
{
	if (!has_room(s, 1))
		return -EINVAL;
	if (s->out)
		s->out[s->produced] = byte;
	s->produced++;
	return 0;
}

/* Byte by byte from the start: the copy may overlap what it writes, and then repeats it. */
static int copy_back(struct inflate *s, size_t distance, size_t length)
{
	if (distance > s->produced)
		return fail(s, "damaged: a copy is from before the start");
	if (!has_room(s, length))
		return -EINVAL;
	for (; length; length--, s->produced++)
		if (s->out)
			s->out[s->produced] = s->out[s->produced - distance];
	return 0;
}

/*
 * The base of each range of lengths is that of the one before and its width, 1 << bits. But 258,
 * the longest, has a symbol of its own, and lies inside of the range before it.
 */
static size_t take_length(struct inflate *s, int symbol)
{
	static const u8 bits[NR_LENGTHS] = { 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
					     2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0 };
	size_t base = 3;
	int i;

	if (symbol == NR_LENGTHS - 1)
		return 258;
	for (i = 0; i < symbol; i++)
		base += 1UL << bits[i];
	return base + take_bits(s, bits[symbol]);
}

static size_t take_distance(struct inflate *s, int symbol)
{
	int bits = symbol < 4 ? 0 : symbol / 2 - 1;
	size_t base = symbol < 4 ? symbol : (2UL | (symbol & 1)) << bits;

	return 1 + base + take_bits(s, bits);
}

/* A length's symbol was read: its distance follows. */
static int read_copy(struct inflate *s, int symbol, const struct huffman *distances)
{
	size_t length;
	int distance;

	if (symbol >= NR_LENGTHS)
		return fail(s, "damaged: a length is unknown");
	length = take_length(s, symbol);
	distance = decode(s, distances);
	return distance < 0 ? distance : copy_back(s, take_distance(s, distance), length);
}

static int read_symbols(struct inflate *s, const struct huffman *symbols,
			const struct huffman *distances)
{
	int symbol;

	while (!s->error) {
		symbol = decode(s, symbols);
		if (symbol == END_OF_BLOCK)
			break;
		if (symbol >= FIRST_LENGTH)
			read_copy(s, symbol - FIRST_LENGTH, distances);
		else if (symbol >= 0)
			put_byte(s, symbol);
	}
	return s->error ? -EINVAL : 0;
}

/* The code that RFC 1951 gives, for short data. */
static int read_fixed(struct inflate *s)
{
	u8 lengths[MAX_SYMBOLS];
	struct huffman symbols, distances;

	memset(lengths, 8, 144);
	memset(lengths + 144, 9, 112);
	memset(lengths + 256, 7, 24);
	memset(lengths + 280, 8, 8);
	make_code(&symbols, lengths, MAX_SYMBOLS);
	memset(lengths, 5, MAX_DISTANCES);
	make_code(&distances, lengths, MAX_DISTANCES);
	return read_symbols(s, &symbols, &distances);
}

/* Lengths of words, themselves in a code: a length, or how often one, or 0, is repeated. */
static int read_lengths(struct inflate *s, const struct huffman *code, u8 *lengths, int n)
{
	enum { REPEAT_LAST = 16, REPEAT_ZERO, REPEAT_ZERO_LONG };
	int done = 0, symbol, times;
	u8 length;

	while (done < n) {
		symbol = decode(s, code);
		if (symbol < 0)
			return symbol;
		if (symbol < REPEAT_LAST) {
			lengths[done++] = symbol;
			continue;
		}
		if (symbol == REPEAT_LAST && !done)
			return fail(s, "damaged: a length is repeated before the first");
		length = symbol == REPEAT_LAST ? lengths[done - 1] : 0;
		times = symbol == REPEAT_LAST   ? 3 + take_bits(s, 2)
			: symbol == REPEAT_ZERO ? 3 + take_bits(s, 3)
						: 11 + take_bits(s, 7);
		if (times > n - done)
			return fail(s, "damaged: there are too many lengths");
		memset(lengths + done, length, times);
		done += times;
	}
	return 0;
}

/* A code of the block's own. */
static int read_dynamic(struct inflate *s)
{
	static const u8 order[ORDER_LENGTHS] = { 16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
						 11, 4,  12, 3, 13, 2, 14, 1, 15 };
	int nr_symbols = 257 + take_bits(s, 5), nr_distances = 1 + take_bits(s, 5);
	int nr_order = 4 + take_bits(s, 4), i;
	u8 lengths[MAX_SYMBOLS + MAX_DISTANCES] = {};
	struct huffman symbols, distances;

	if (nr_symbols > 286 || nr_distances > MAX_DISTANCES)
		return fail(s, "damaged: there are too many lengths");
	for (i = 0; i < nr_order; i++)
		lengths[order[i]] = take_bits(s, 3);
	if (make_code(&symbols, lengths, ORDER_LENGTHS))
		return fail(s, "damaged: a code has too many words, or too few");
	if (read_lengths(s, &symbols, lengths, nr_symbols + nr_distances))
		return -EINVAL;
	if (!lengths[END_OF_BLOCK])
		return fail(s, "damaged: a block has no end");
	if (make_whole_code(s, &symbols, lengths, nr_symbols) ||
	    make_whole_code(s, &distances, lengths + nr_symbols, nr_distances))
		return -EINVAL;
	return read_symbols(s, &symbols, &distances);
}

/* Bytes as they are, from the next whole byte on. */
static int read_stored(struct inflate *s)
{
	u32 length, complement;

	s->bits = s->nr_bits = 0; /* never eight or more: whole bytes were not taken ahead */
	length = take_bits(s, 16);
	complement = take_bits(s, 16);
	if (s->error)
		return -EINVAL;
	if (length != (complement ^ 0xffff))
		return fail(s, "damaged: a stored length is wrong");
	if (length > s->in_end - s->in)
		return fail(s, "cut short");
	if (!has_room(s, length))
		return -EINVAL;
	if (s->out)
		memcpy(s->out + s->produced, s->in, length);
	s->in += length;
	s->produced += length;
	return 0;
}

int inflate(struct inflate *s)
{
	static int (*const kinds[])(struct inflate *s) = { read_stored, read_fixed, read_dynamic };
	bool last;
	u32 kind;

	do {
		last = take_bits(s, 1);
		kind = take_bits(s, 2);
		if (kind >= ARRAY_SIZE(kinds))
			return fail(s, "damaged: a block's kind is unknown");
		if (s->error || kinds[kind](s))
			return -EINVAL;
	} while (!last);
	return 0;
}
