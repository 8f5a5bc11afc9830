/*
 * libpcap - the library of live capture and of filters, loaded for them alone
 *
 * SPDX-License-Identifier: ISC
 */
#include <dlfcn.h>
#include <stdbool.h>
#include <stddef.h>

#include "capture/libpcap.h"

struct libpcap libpcap;

/* The library's name of this interface in Debian, and everywhere else. */
static const char *const names[] = { "libpcap.so.0.8", "libpcap.so.1" };

#define FUNCTION(name)	{ "pcap_" #name, offsetof(struct libpcap, name) },
static const struct {
	const char	*name;
	size_t		 at;		/* of its pointer in struct libpcap */
} functions[] = { LIBPCAP_FUNCTIONS(FUNCTION) };

static void *
open_library(void)
{
	void *library = dlopen(names[0], RTLD_NOW);

	return library != NULL ? library : dlopen(names[1], RTLD_NOW);
}

const char *
libpcap_load(void)
{
	static void *library;
	void **function;
	size_t i;

	if (library == NULL)
		library = open_library();
	if (library == NULL)
		return dlerror();
	for (i = 0; i < sizeof(functions) / sizeof(functions[0]); i++) {
		function = (void **)((char *)&libpcap + functions[i].at);
		*function = dlsym(library, functions[i].name);
		if (*function == NULL)
			return dlerror();
	}
	return NULL;
}
