/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* setenv */
#include "tests/support/check.h"

#include "symbolize/debuginfod.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "symbolize/object_search.h"
#include "tests/support/elf_maker.h"
#include "tests/support/folder_maker.h"

#define ID    "aa11223344556677889900112233445566778899"
#define OTHER "bb11223344556677889900112233445566778899"

/* How often the server is asked whether it is ready, each after a pause. */
enum { ASKED_MAX = 600, PAUSE_MS = 50 };

struct fixture {
	void *folder;
	pid_t server; /* 0: there is none */
	unsigned port;
	const char *lacks; /* why there is none */
};

static struct build_id id_of(const char *text)
{
	struct build_id id = {.length = strlen(text) / 2};

	for (size_t i = 0; i < id.length; i++) {
		unsigned byte;

		assert_int_equal(sscanf(text + 2 * i, "%2x", &byte), 1);
		id.bytes[i] = (unsigned char)byte;
	}
	return id;
}

static struct sockaddr_in loopback(unsigned port)
{
	return (struct sockaddr_in){
		.sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
}

/* A port that nobody has just now; 0: there is no loopback. */
static unsigned free_port(void)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct sockaddr_in address = loopback(0);
	socklen_t length = sizeof(address);
	unsigned port = 0;

	if (bind(fd, (struct sockaddr *)&address, length) == 0 &&
	    getsockname(fd, (struct sockaddr *)&address, &length) == 0)
		port = ntohs(address.sin_port);
	close(fd);
	return port;
}

/* Whether the server has the file already. */
static bool server_has(unsigned port)
{
	static const char request[] =
		"GET /buildid/" ID "/debuginfo HTTP/1.0\r\n\r\n";
	static const char answer[] = "HTTP/1.0 200";
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct sockaddr_in address = loopback(port);
	char got[sizeof(answer)] = "";
	bool has = connect(fd, (struct sockaddr *)&address, sizeof(address)) ==
			   0 &&
		   send(fd, request, sizeof(request) - 1, MSG_NOSIGNAL) > 0 &&
		   recv(fd, got, sizeof(got) - 1, MSG_WAITALL) > 0 &&
		   strcmp(got + strlen("HTTP/1.0"), " 200") == 0;

	close(fd);
	return has;
}

static void become_server(unsigned port)
{
	char text[16];
	int nothing = open("/dev/null", O_RDWR);

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	dup2(nothing, STDOUT_FILENO);
	dup2(nothing, STDERR_FILENO);
	snprintf(text, sizeof(text), "%u", port);
	execlp("debuginfod", "debuginfod", "-p", text, "-d", "files.sqlite",
	       "-F", "served", (char *)NULL);
	_exit(127);
}

static void stop_server(struct fixture *fixture)
{
	if (fixture->server <= 0)
		return;
	kill(fixture->server, SIGKILL);
	waitpid(fixture->server, NULL, 0);
	fixture->server = 0;
}

static void start_server(struct fixture *fixture)
{
	fixture->port = free_port();
	fixture->lacks = "no loopback";
	if (!fixture->port)
		return;
	fixture->server = fork();
	if (fixture->server == 0)
		become_server(fixture->port);
	fixture->lacks = "debuginfod is not installed, or cannot run";
	for (int i = 0; i < ASKED_MAX; i++) {
		if (waitpid(fixture->server, NULL, WNOHANG) != 0) {
			fixture->server = 0;
			return;
		}
		if (server_has(fixture->port)) {
			fixture->lacks = NULL;
			return;
		}
		poll(NULL, 0, PAUSE_MS);
	}
	stop_server(fixture);
	fixture->lacks = "debuginfod does not answer";
}

static bool has_library(void)
{
#ifdef HAVE_DEBUGINFOD
	return dlopen("libdebuginfod.so.1", RTLD_NOW) != NULL;
#else
	return false;
#endif
}

static int setup(void **state)
{
	static struct fixture fixture;
	char urls[64];

	folder_setup(&fixture.folder);
	*state = &fixture;
	if (!has_library()) {
		fixture.lacks = "libdebuginfod.so.1 is not installed";
		return 0;
	}
	elf_kernel("served/vmlinux", ID, true);
	start_server(&fixture);
	snprintf(urls, sizeof(urls), "http://127.0.0.1:%u", fixture.port);
	setenv("DEBUGINFOD_URLS", urls, 1);
	setenv("DEBUGINFOD_CACHE_PATH", "cache", 1);
	setenv("no_proxy", "127.0.0.1", 1);
	unsetenv("DEBUGINFOD_VERBOSE");
	unsetenv("DEBUGINFOD_PROGRESS");
	return 0;
}

static int teardown(void **state)
{
	struct fixture *fixture = *state;

	stop_server(fixture);
	return folder_teardown(&fixture->folder);
}

static void need_server(const struct fixture *fixture)
{
	if (!fixture->lacks)
		return;
	print_message("not tested: %s\n", fixture->lacks);
	skip();
}

/* Search for a kernel, as the symbolizer does. */
static bool search_kernel(const char *id, bool ask, struct object_file *ret,
			  struct reason *why)
{
	const struct search_options options = {.debuginfod = ask};
	struct object_search *search = object_search_create(&options);
	const struct build_id wanted = id_of(id);
	bool found =
		object_search_open(search, NULL, &wanted, ret, NULL, NULL, why);

	object_search_destroy(search);
	return found;
}

static void debug_information_comes_from_a_server(void **state)
{
	struct object_file file;
	struct reason why = {0};
	char text[2 * BUILD_ID_MAX + 1];

	need_server(*state);
	if (!search_kernel(ID, true, &file, &why))
		fail_msg("%s", why.text);
	build_id_text(&file.build_id, text);
	assert_string_equal(text, ID);
	assert_true(file.has_debug_info);
	assert_text_has(file.path, "cache/" ID "/debuginfo");
	object_file_close(&file);
}

static void a_stripped_kernel_is_enough_to_ask_a_server(void **state)
{
	const char *directories[] = {"stripped", NULL};
	const struct search_options options = {
		.directories = directories,
		.debuginfod = true,
	};
	struct object_search *search;
	struct object_file file;

	need_server(*state);
	search = object_search_create(&options);
	elf_kernel("stripped/vmlinux", ID, false);
	assert_true(object_search_open(search, NULL, NULL, &file, NULL, NULL,
				       NULL));
	assert_text_has(file.path, "cache/" ID "/debuginfo");
	object_file_close(&file);
	object_search_destroy(search);
}

static void what_a_server_does_not_have_is_told(void **state)
{
	const struct build_id id = id_of(OTHER);
	struct object_file file;
	struct reason why = {0};
	bool broken = true;

	need_server(*state);
	assert_false(debuginfod_fetch(&id, &file, &broken, &why));
	assert_string_equal(why.text, "the debuginfod servers gave nothing for "
				      "build id " OTHER ": not found");
	/* Of another file they may know more. */
	assert_false(broken);
	assert_false(search_kernel(OTHER, true, &file, &why));
	assert_text_has(why.text, "found no vmlinux (build id " OTHER
				  "); the debuginfod servers gave nothing");
}

static void keep_text(void *context, const char *text)
{
	strcat(strcat(context, text ? text : "done"), "\n");
}

static void servers_that_cannot_be_reached_are_asked_once(void **state)
{
	char progress[200] = "", notes[600] = "", nobody[64];
	const struct search_options options = {
		.debuginfod = true,
		.progress = keep_text,
		.progress_context = progress,
	};
	const struct build_id id = id_of(ID), other = id_of(OTHER);
	const char *before = getenv("DEBUGINFOD_URLS");
	char *urls = before ? strdup(before) : NULL;
	struct object_search *search;
	struct object_file file;
	struct reason why;
	unsigned port = free_port();

	(void)state;
	if (!has_library() || !port)
		skip();
	snprintf(nobody, sizeof(nobody), "http://127.0.0.1:%u", port);
	setenv("DEBUGINFOD_URLS", nobody, 1);
	setenv("DEBUGINFOD_CACHE_PATH", "unreached", 1);
	search = object_search_create(&options);
	assert_false(object_search_open(search, "m", &id, &file, keep_text,
					notes, &why));
	assert_false(object_search_open(search, NULL, &other, &file, keep_text,
					notes, &why));
	object_search_destroy(search);
	assert_string_equal(progress,
			    "asking debuginfod servers for module m\ndone\n");
	assert_text_has(notes, "the debuginfod servers gave nothing for build "
			       "id " ID ": ");
	assert_text_has(notes, "; they are asked no more\n");
	assert_null(strstr(notes, OTHER));
	setenv("DEBUGINFOD_CACHE_PATH", "cache", 1);
	if (urls)
		setenv("DEBUGINFOD_URLS", urls, 1);
	free(urls);
}

static void no_server_is_asked_unless_somebody_wants_it(void **state)
{
	struct object_file file;
	struct reason why = {0};
	char *urls = getenv("DEBUGINFOD_URLS");

	(void)state;
	urls = urls ? strdup(urls) : NULL;
	assert_false(search_kernel(ID, false, &file, &why));
	assert_string_equal(why.text, "found no vmlinux (build id " ID ")");
	setenv("DEBUGINFOD_URLS", "", 1);
	assert_false(debuginfod_is_wanted());
	assert_false(search_kernel(ID, true, &file, &why));
	assert_string_equal(why.text, "found no vmlinux (build id " ID ")");
	unsetenv("DEBUGINFOD_URLS");
	assert_false(debuginfod_is_wanted());
	if (urls)
		setenv("DEBUGINFOD_URLS", urls, 1);
	free(urls);
}

static void a_missing_library_is_told_with_its_package(void **state)
{
	const struct build_id id = id_of(ID);
	struct object_file file;
	struct reason why = {0};
	bool broken = false;

	(void)state;
	if (has_library())
		skip();
	assert_false(debuginfod_fetch(&id, &file, &broken, &why));
	assert_true(broken);
#ifdef HAVE_DEBUGINFOD
	assert_text_has(why.text, "in the package libdebuginfod1");
#else
	assert_text_has(why.text, "linked statically");
#endif
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(debug_information_comes_from_a_server),
		cmocka_unit_test(a_stripped_kernel_is_enough_to_ask_a_server),
		cmocka_unit_test(what_a_server_does_not_have_is_told),
		cmocka_unit_test(servers_that_cannot_be_reached_are_asked_once),
		cmocka_unit_test(no_server_is_asked_unless_somebody_wants_it),
		cmocka_unit_test(a_missing_library_is_told_with_its_package),
	};

	return cmocka_run_group_tests_name("debuginfod", tests, setup,
					   teardown);
}
