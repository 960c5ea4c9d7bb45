// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.listener;

/**
 * What a job had done when it ended, and what it left.
 *
 * @param batches how many batches were done
 * @param records how many records were read in them
 * @param blocksLeft how many received blocks were not processed
 * @param bytesLeft how many bytes those had
 * @param complete true if everything that was received was processed
 */
public record StopReport(long batches, long records, long blocksLeft, long bytesLeft, boolean complete) {

    /** One line that says it. */
    public String describe() {
        return complete
                ? "stopped after " + batches + " batches and " + records + " records; nothing was left"
                : "stopped after " + batches + " batches and " + records + " records; left unprocessed: " + blocksLeft
                        + " blocks of " + bytesLeft + " bytes";
    }
}
