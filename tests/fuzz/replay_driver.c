/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Runs a fuzz target over files, or over all files of directories, without a
 * fuzzer: replay DIRECTORY|FILE...
 */
#include <dirent.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char current[4096]; /* the input at work, for say_input() */

/* Something asserted: say on what, then die of it. */
static void say_input(int signal)
{
	(void)signal;
	(void)!write(STDERR_FILENO, "input: ", 7);
	(void)!write(STDERR_FILENO, current, strlen(current));
	(void)!write(STDERR_FILENO, "\n", 1);
}

static void replay_file(const char *path)
{
	FILE *file = fopen(path, "rb");
	uint8_t *data;
	long size;

	snprintf(current, sizeof(current), "%s", path);
	if (!file || fseek(file, 0, SEEK_END) != 0 ||
	    (size = ftell(file)) < 0) {
		perror(path);
		exit(2);
	}
	rewind(file);
	/* Exactly so long, so that reading past the end is seen. */
	data = malloc((size_t)size ? (size_t)size : 1);
	if (!data || fread(data, 1, (size_t)size, file) != (size_t)size) {
		perror(path);
		exit(2);
	}
	fclose(file);
	LLVMFuzzerTestOneInput(data, (size_t)size);
	free(data);
}

static int is_visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static size_t replay_directory(const char *path)
{
	char inside[sizeof(current)];
	struct dirent **entries;
	int count = scandir(path, &entries, is_visible, alphasort), i;

	if (count < 0) {
		perror(path);
		exit(2);
	}
	for (i = 0; i < count; i++) {
		snprintf(inside, sizeof(inside), "%s/%s", path,
			 entries[i]->d_name);
		replay_file(inside);
		free(entries[i]);
	}
	free(entries);
	return (size_t)count;
}

int main(int argc, char **argv)
{
	const char *name = strrchr(argv[0], '/');
	struct stat status;
	size_t count = 0;
	int i;

	signal(SIGABRT, say_input);
	for (i = 1; i < argc; i++) {
		if (stat(argv[i], &status) == 0 && S_ISDIR(status.st_mode)) {
			count += replay_directory(argv[i]);
		} else {
			replay_file(argv[i]);
			count++;
		}
	}
	if (!count) {
		fprintf(stderr, "%s: nothing to replay\n", argv[0]);
		return 2;
	}
	printf("%s: %zu inputs replayed\n", name ? name + 1 : argv[0], count);
	return 0;
}
