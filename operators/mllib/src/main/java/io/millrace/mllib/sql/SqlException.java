// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.sql;

/** A statement that is no SQL, or beyond the subset of Spark SQL that is known here. The message names the construct. */
public final class SqlException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** {@code construct} is not known; {@code position} is its place in the statement, from 0. */
    SqlException(String construct, int position) {
        super("SQL is known in part only: " + construct + " at " + position + " is not supported");
    }

    /** An expression that does not fit the types of the columns. */
    SqlException(String message) {
        super(message);
    }
}
