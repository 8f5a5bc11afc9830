/*
 * service - which of two ports is a server's, where nothing else tells
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef SERVICE_H
#define SERVICE_H

/* Ports from this one on are for clients: RFC 6335, 6. */
#define SERVICE_DYNAMIC	49152

/* The lower port of two, or -1 if both are for clients. */
static inline int
service_guess(int a, int b)
{
	int lower = a < b ? a : b;

	return lower < SERVICE_DYNAMIC ? lower : -1;
}

#endif
