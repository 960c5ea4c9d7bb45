// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

/**
 * What the log calls a batch, for outputs.
 *
 * @param number the number of the batch, from 1; 0 if it leaves no trace in the log, so that it has none
 * @param claims how the outputs are claimed for this run of the job
 */
record LoggedBatch(long number, OutputClaims claims) {

    /** False if the batch is empty and not in the log. */
    boolean hasNumber() {
        return number > 0;
    }
}
