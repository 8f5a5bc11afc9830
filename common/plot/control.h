/*
 * control - what a person wants to see, as another program wrote it to a file
 *
 * A line each, in any order, what is missing being the default:
 *
 *	where CONDITION		proto PROTOCOL[,PROTOCOL ...]
 *	window SECONDS		talkers WORD
 *	scroll LINES		line TEXT
 *	paused
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef CONTROL_H
#define CONTROL_H

#include <stdbool.h>
#include <stdint.h>

#include "plot/talkers.h"

#define CONTROL_TEXT_MAX	1024

struct control {
	char		 where[CONTROL_TEXT_MAX];
	char		 proto[CONTROL_TEXT_MAX];
	char		 line[CONTROL_TEXT_MAX];	/* below the picture */
	int64_t		 window_ns;
	enum talkers_kind talkers;
	uint64_t	 scroll;	/* down, since any start */
	bool		 paused;
};

/* Reads a file, of which *c has the defaults; one that is missing has none. */
void	 control_read(struct control *, const char *file);

#endif
