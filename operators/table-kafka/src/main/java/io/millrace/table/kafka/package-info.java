// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
/** The format {@code kafka}: topics as streams and as finished tables, and results to topics, every row once. */
@NullMarked
package io.millrace.table.kafka;

import org.jspecify.annotations.NullMarked;
