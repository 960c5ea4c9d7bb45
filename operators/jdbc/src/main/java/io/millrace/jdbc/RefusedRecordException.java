// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.jdbc;

/**
 * A batch was not written since a record of it cannot be. Without a change of the table or of the program the next attempt ends the
 * same way.
 */
public final class RefusedRecordException extends Exception {

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
