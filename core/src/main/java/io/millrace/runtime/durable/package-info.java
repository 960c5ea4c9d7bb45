// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors

/** What a job writes to its log, and what a later run of it makes of that. */
@NullMarked
package io.millrace.runtime.durable;

import org.jspecify.annotations.NullMarked;
