// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
/** Batches out of a queue in memory, mostly for tests. */
@NullMarked
package io.millrace.receivers.queue;

import org.jspecify.annotations.NullMarked;
