// SPDX-License-Identifier: Apache-2.0
/** Millrace's speed, measured against hand-written loops on the same machine in the same run. */
@NullMarked
package io.millrace.benchmarks;

import org.jspecify.annotations.NullMarked;
