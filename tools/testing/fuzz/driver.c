/* SPDX-License-Identifier: MIT */
/*
 * A small fuzzer that replaces Clang's libFuzzer, because libFuzzer does not exist for HOST32=arm.
 * It takes libFuzzer's options and prints its messages. It works in the same way, too: inputs are
 * changed at random, and an input that reaches new code is kept, to be changed further. GCC's
 * coverage calls tell what is reached. The only changes are the five of change().
 *
 *   PROGRAM [-OPTION=VALUE ...] FILE ...     tries each file, for a replay
 *   PROGRAM [-OPTION=VALUE ...] [FOLDER]     searches, and writes to the folder what it keeps
 */
#define _FILE_OFFSET_BITS 64 /* else stat() fails on large inode numbers */

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define MAX_CHANGES 4

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct option {
	const char *name;
	unsigned long value;
} options[] = {
	{ "seed", 1 },              /* of the random numbers */
	{ "runs", -1UL },           /* stop after so many inputs */
	{ "max_total_time", -1UL }, /* and after so many seconds */
	{ "timeout", 1200 },        /* seconds that one input may take */
	{ "use_value_profile", 0 }, /* no effect: comparisons are not traced */
	{ "print_final_stats", 0 }, /* no effect: they are always printed */
};

enum { SEED, RUNS, MAX_TOTAL_TIME, TIMEOUT, NR_OPTIONS = sizeof(options) / sizeof(options[0]) };

static const char *artifact_prefix = "./";
static const char *seed_inputs = ""; /* names with commas between them, or @ and a file of such */
static const char *corpus_folder;
static unsigned long runs;

/* --- what is reached -------------------------------------------------------------------------- */

static uint8_t reached[1 << 16];
static unsigned int edges;

void __sanitizer_cov_trace_pc(void);

/* The compiler calls this in every basic block of the tested code. */
void __sanitizer_cov_trace_pc(void)
{
	uint8_t *block = &reached[((uintptr_t)__builtin_return_address(0) >> 1) % sizeof(reached)];

	edges += !*block;
	*block = 1;
}

/* --- one input -------------------------------------------------------------------------------- */

struct input {
	size_t size;
	uint8_t *bytes;
};

static struct input current;

const char *__asan_default_options(void);
const char *__ubsan_default_options(void);

/* A sanitizer's report ends in SIGABRT, so that keep_input() is called. */
const char *__asan_default_options(void)
{
	return "abort_on_error=1";
}

const char *__ubsan_default_options(void)
{
	return "abort_on_error=1";
}

static void write_input(const char *path, const struct input *input)
{
	FILE *file = fopen(path, "wb");

	if (!file || fwrite(input->bytes, 1, input->size, file) != input->size || fclose(file)) {
		perror(path);
		_exit(1);
	}
}

static void keep_input(int signal)
{
	char path[4096];

	fprintf(stderr, "ERROR: run %lu ended in signal %d, %s\n", runs, signal, strsignal(signal));
	snprintf(path, sizeof(path), "%s%s-%lu", artifact_prefix,
		 signal == SIGALRM ? "timeout" : "crash", runs);
	write_input(path, &current);
	fprintf(stderr, "Test unit written to %s\n", path);
	_exit(77);
}

/* The handler has a stack of its own, because the program's may have overflowed. */
static void catch_signals(void)
{
	static const int signals[] = { SIGABRT, SIGALRM, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP };
	static char stack[1 << 16];
	stack_t handlers_stack = { .ss_sp = stack, .ss_size = sizeof(stack) };
	struct sigaction action = { .sa_handler = keep_input, .sa_flags = SA_ONSTACK }, old;
	size_t i;

	sigaltstack(&handlers_stack, NULL);
	for (i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		sigaction(signals[i], NULL, &old);
		if (old.sa_handler == SIG_DFL) /* else a sanitizer reports it, and aborts */
			sigaction(signals[i], &action, NULL);
	}
}

static struct input copy_of(const uint8_t *bytes, size_t size)
{
	struct input input = { size, malloc(size) };

	if (size)
		memcpy(input.bytes, bytes, size);
	return input;
}

/* Returns whether something new was reached. The memory of the input has exactly its size. */
static bool try_input(const uint8_t *bytes, size_t size)
{
	unsigned int before = edges;

	current = copy_of(bytes, size);
	runs++;
	alarm(options[TIMEOUT].value);
	LLVMFuzzerTestOneInput(current.bytes, size);
	alarm(0);
	free(current.bytes);
	return edges != before;
}

/* --- the corpus: what was read, and what reached something new -------------------------------- */

static struct input *corpus;
static size_t corpus_size, max_size = 4096;

static void add_to_corpus(struct input input)
{
	corpus = realloc(corpus, (corpus_size + 1) * sizeof(*corpus));
	corpus[corpus_size++] = input;
	if (max_size < input.size)
		max_size = input.size;
}

/* What another run may start from. The name follows from the contents: no input is there twice. */
static void store_input(const struct input *input)
{
	uint64_t hash = 0xcbf29ce484222325; /* FNV-1a */
	char path[4096];
	size_t i;

	for (i = 0; i < input->size; i++)
		hash = (hash ^ input->bytes[i]) * 0x100000001b3;
	snprintf(path, sizeof(path), "%s/%016llx", corpus_folder, (unsigned long long)hash);
	write_input(path, input);
}

static struct input read_input(const char *path)
{
	FILE *file = fopen(path, "rb");
	struct input input = { 0 };
	long size = -1;

	if (file && !fseek(file, 0, SEEK_END))
		size = ftell(file);
	if (size >= 0) {
		rewind(file);
		input = (struct input){ size, malloc(size + 1) };
		input.bytes[size] = '\0'; /* for a list of names */
	}
	if (size < 0 || fread(input.bytes, 1, size, file) != input.size) {
		perror(path);
		exit(1);
	}
	fclose(file);
	return input;
}

static void read_seeds(void)
{
	bool in_file = seed_inputs[0] == '@';
	char *list = in_file ? (char *)read_input(seed_inputs + 1).bytes : strdup(seed_inputs);
	char *name;

	for (name = strtok(list, ",\n"); name; name = strtok(NULL, ",\n"))
		add_to_corpus(read_input(name));
	free(list);
	fprintf(stderr, "INFO: seed corpus: files: %zu\n", corpus_size);
}

/* --- the search ------------------------------------------------------------------------------- */

/* Returns a number below the limit, or 0. The numbers of one seed are always the same. */
static size_t below(size_t limit)
{
	static uint32_t state;

	if (!state)
		state = options[SEED].value ?: 1;
	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return limit ? state % limit : 0;
}

/* Changes the input once. The buffer has max_size bytes. Returns the new size. */
static size_t change(uint8_t *bytes, size_t size)
{
	static const uint8_t interesting[] = { 0, 1, 0x7f, 0x80, 0xff, '0', '-', '/', ' ', '"' };
	const struct input *other = &corpus[below(corpus_size)];
	size_t at = below(size), length = below(size - at), from = below(other->size);

	switch (size ? below(5) : 0) {
	case 0: /* a byte is put in, or replaces the last one of the largest input */
		if (size == max_size)
			size--;
		memmove(bytes + at + 1, bytes + at, size - at);
		bytes[at] = below(256);
		return size + 1;
	case 1: /* a part is taken out */
		memmove(bytes + at, bytes + at + length, size - at - length);
		return size - length;
	case 2:
		bytes[at] ^= 1 << below(8);
		return size;
	case 3:
		bytes[at] = interesting[below(sizeof(interesting))];
		return size;
	default: /* the rest becomes the rest of another input */
		length = other->size - from;
		if (length > max_size - at)
			length = max_size - at;
		memcpy(bytes + at, other->bytes + from, length);
		return at + length;
	}
}

static void search(void)
{
	time_t start = time(NULL);
	size_t seeds = corpus_size, size, changes, i;
	const struct input *from;
	uint8_t *bytes;

	add_to_corpus(copy_of(NULL, 0));
	for (i = 0; i < seeds; i++)
		try_input(corpus[i].bytes, corpus[i].size);
	bytes = malloc(max_size);
	while (runs < options[RUNS].value &&
	       (unsigned long)(time(NULL) - start) < options[MAX_TOTAL_TIME].value) {
		from = &corpus[below(corpus_size)];
		size = from->size;
		memcpy(bytes, from->bytes, size);
		for (changes = 1 + below(MAX_CHANGES); changes; changes--)
			size = change(bytes, size);
		if (!try_input(bytes, size))
			continue;
		add_to_corpus(copy_of(bytes, size));
		if (corpus_folder)
			store_input(&corpus[corpus_size - 1]);
	}
	free(bytes);
}

/* --- the command line ------------------------------------------------------------------------- */

/* Returns the value when the argument is "-NAME=VALUE", else NULL. */
static const char *value_of(const char *argument, const char *name)
{
	size_t length = strlen(name);

	if (argument[0] != '-' || strncmp(argument + 1, name, length) ||
	    argument[length + 1] != '=')
		return NULL;
	return argument + length + 2;
}

/* Returns false for what is not one of the options. */
static bool set_option(const char *argument)
{
	const char *value;
	size_t i;

	if ((value = value_of(argument, "artifact_prefix")))
		artifact_prefix = value;
	else if ((value = value_of(argument, "seed_inputs")))
		seed_inputs = value;
	for (i = 0; i < NR_OPTIONS && !value; i++)
		if ((value = value_of(argument, options[i].name)))
			options[i].value = strtoul(value, NULL, 0);
	return value;
}

/* Returns whether it was a file, and was tried. Otherwise it is where the search writes to. */
static bool replay(const char *path)
{
	struct stat stat_of;
	struct input input;

	if (stat(path, &stat_of) == 0 && S_ISDIR(stat_of.st_mode)) {
		corpus_folder = path;
		return false;
	}
	input = read_input(path);
	try_input(input.bytes, input.size);
	return true;
}

int main(int argc, char **argv)
{
	bool replayed = false;
	int arg;

	for (arg = 1; arg < argc && argv[arg][0] == '-'; arg++)
		if (!set_option(argv[arg])) {
			fprintf(stderr, "%s: not an option of this fuzzer\n", argv[arg]);
			return 1;
		}
	fprintf(stderr, "INFO: Seed: %lu\n", options[SEED].value);
	catch_signals();
	for (; arg < argc; arg++)
		replayed |= replay(argv[arg]);
	if (!replayed) {
		read_seeds();
		search();
	}
	fprintf(stderr, "#%lu\tDONE cov: %u corp: %zu\nstat::number_of_executed_units: %lu\n", runs,
		edges, corpus_size, runs);
	return 0;
}
