// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
/** The durable log: framed records, group commit, epochs that fence, recovery, compaction. No actors, no clock. */
@NullMarked
package io.millrace.runtime.log;

import org.jspecify.annotations.NullMarked;
