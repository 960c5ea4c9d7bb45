// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
/** Arithmetic and comparisons. */
@NullMarked
package io.millrace.table.expression.arithmetic;

import org.jspecify.annotations.NullMarked;
