// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
/** Expressions with types, the functions they call, and the compiler that makes loops of them. */
@NullMarked
package io.millrace.table.expression;

import org.jspecify.annotations.NullMarked;
