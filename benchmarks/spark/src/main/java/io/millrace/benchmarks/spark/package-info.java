// SPDX-License-Identifier: Apache-2.0
/** Spark MLlib's own {@code transform} and Structured Streaming, as peers of Millrace's. Knows nothing of the engine. */
@NullMarked
package io.millrace.benchmarks.spark;

import org.jspecify.annotations.NullMarked;
