// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
/** Writes batches to tables of a database in one transaction with the number of the batch, so that every record is there once. */
@NullMarked
package io.millrace.jdbc;

import org.jspecify.annotations.NullMarked;
