/* SPDX-License-Identifier: MIT */
/*
 * The last command lines.
 */
#pragma once

/* Keep a line; empty ones and repetitions of the last one are not worth it. */
void history_add(const char *line);

/* The line of that age, 1 being the last one added; NULL when it is forgotten or never was. */
const char *history_get(unsigned int age);
