// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
/** The format {@code jdbc}: tables of databases, read at once, and written so that every row is there once. */
@NullMarked
package io.millrace.table.jdbc;

import org.jspecify.annotations.NullMarked;
