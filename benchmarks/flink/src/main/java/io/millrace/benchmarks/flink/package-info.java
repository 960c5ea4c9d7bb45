// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
/** Flink's SQL, as a peer of Millrace's. Knows nothing of the engine. */
@NullMarked
package io.millrace.benchmarks.flink;

import org.jspecify.annotations.NullMarked;
