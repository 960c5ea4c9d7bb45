// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import io.millrace.table.AnalysisException;
import io.millrace.table.QueryExecutionException;

/** Says that a query ended by an error, and which. */
public final class StreamingQueryException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String condition;

    /** An error of a query. */
    StreamingQueryException(String query, Throwable cause) {
        super("The query " + query + " ended: " + cause.getMessage(), cause);
        this.condition = conditionOf(cause);
    }

    /** The condition of the error, as {@link QueryExecutionException} has it; {@code STREAM_FAILED} for any other. */
    static String conditionOf(Throwable cause) {
        if (cause instanceof QueryExecutionException execution) {
            return execution.condition();
        }
        return cause instanceof AnalysisException analysis ? analysis.condition() : "STREAM_FAILED";
    }

    /** Spark's name for the error, such as {@code DIVIDE_BY_ZERO}; {@code STREAM_FAILED} if it has none. */
    public String condition() {
        return condition;
    }
}
