// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.jdbc;

import io.millrace.operator.OutputRefusedException;

/**
 * A batch was not written since a record of it cannot be. Without a change of the table or of the program the next attempt ends the
 * same way, so a job with a checkpoint directory fails; its next run begins with this batch.
 */
public final class RefusedRecordException extends OutputRefusedException {

    private static final long serialVersionUID = 1L;

    private final transient RefusedRecord<?> refused;

    RefusedRecordException(String message, RefusedRecord<?> refused) {
        super(message);
        this.refused = refused;
    }

    /** The record, or the first one if there are several. */
    public RefusedRecord<?> refused() {
        return refused;
    }
}
