// SPDX-License-Identifier: Apache-2.0
/** Spark MLlib's own {@code transform}, as the peer of Millrace's. Knows nothing of Millrace. */
@NullMarked
package io.millrace.benchmarks.spark;

import org.jspecify.annotations.NullMarked;
