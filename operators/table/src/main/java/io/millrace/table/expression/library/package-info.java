// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
/** Spark's scalar functions in ANSI mode, in the time zone UTC, as families of static methods. */
@NullMarked
package io.millrace.table.expression.library;

import org.jspecify.annotations.NullMarked;
