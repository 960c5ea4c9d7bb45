// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator;

/** Ends the work of one operator in one batch, because of a record that its policy does not let it set aside. */
public final class RecordFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final int node;
    private final FailedRecord failed;

    /**
     * The failure of an operator.
     *
     * @param node the operator's node in the graph
     * @param failed the record, its place and the cause
     * @param cause what the user's function threw
     */
    public RecordFailure(int node, FailedRecord failed, Throwable cause) {
        super(failed.describe(), cause);
        this.node = node;
        this.failed = failed;
    }

    /** The operator's node in the graph. */
    public int node() {
        return node;
    }

    /** The record, its place and the cause. */
    public FailedRecord failed() {
        return failed;
    }
}
