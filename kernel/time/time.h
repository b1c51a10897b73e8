/* SPDX-License-Identifier: MIT */
/* Everything about time that is not a driver's business to implement. */
#pragma once

#include <kernel/time/delay.h>
#include <kernel/time/jiffies.h>
#include <kernel/time/timekeeping.h>
#include <kernel/time/timer.h>
