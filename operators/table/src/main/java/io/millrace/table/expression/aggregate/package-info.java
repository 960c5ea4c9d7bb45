// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
/** Spark's aggregate functions, as expressions over their buffers. */
@NullMarked
package io.millrace.table.expression.aggregate;

import org.jspecify.annotations.NullMarked;
