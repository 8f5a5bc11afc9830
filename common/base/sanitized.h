/*
 * sanitized - whether this is a build with the address sanitizer
 *
 * Neither Landlock nor seccomp works with sanitizers, which open files and
 * trace at any time.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef SANITIZED_H
#define SANITIZED_H

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED	1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED	1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED	0
#endif

#endif
