// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator;

/** A later run of the job has claimed the output; this one must write no more, and the job ends. */
public final class OutputFencedException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * A refusal.
     *
     * @param refused who wanted to write
     * @param newest the highest epoch that has claimed the output
     */
    public OutputFencedException(OutputClaim refused, long newest) {
        super("output " + refused.output() + " of job " + refused.job() + " is claimed by epoch " + newest + ": epoch "
                + refused.epoch() + " must not write any more");
    }
}
