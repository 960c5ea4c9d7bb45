// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table;

/** A value on which a query ends, as a division by zero: Spark's ANSI rules. */
public final class QueryExecutionException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String condition;

    /**
     * An error with Spark's name.
     *
     * @param condition such as {@code DIVIDE_BY_ZERO}
     * @param message what is wrong, with the value, and what to use instead
     */
    public QueryExecutionException(String condition, String message) {
        super("[" + condition + "] " + message);
        this.condition = condition;
    }

    /** Spark's name for the error. */
    public String condition() {
        return condition;
    }
}
