// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.testkit;

import io.millrace.table.query.StreamingQueryException;
import java.util.List;

/** Says that a query ended by an error in a step. */
public final class StepFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<QueryBatch> batches;
    private final String condition;

    StepFailedException(List<QueryBatch> batches, StreamingQueryException cause) {
        super(cause.getMessage(), cause);
        this.batches = List.copyOf(batches);
        this.condition = cause.condition();
    }

    /** The batches of the step before the one that failed. */
    public List<QueryBatch> batches() {
        return batches;
    }

    /** Spark's name for the error; {@code STREAM_FAILED} if it has none. */
    public String condition() {
        return condition;
    }
}
