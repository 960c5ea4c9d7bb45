// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator;

/**
 * A record on which an operator failed, with everything needed to find it again.
 *
 * @param batch the batch it was processed in
 * @param block the block it came from; {@code -} after an exchange, where a record has many origins
 * @param ordinal its number within the block, from 0; -1 after an exchange
 * @param position where its source had it, such as {@code 127.0.0.1:51234 byte 4711}; {@code -} if unknown
 * @param operator the name of the operator
 * @param callSite where the program defined the operator, such as {@code WordCount.java:42}
 * @param record the record as the operator saw it, escaped and cut to a bounded length
 * @param cause class and message of what was thrown, escaped and bounded
 */
public record FailedRecord(
        BatchTime batch,
        String block,
        long ordinal,
        String position,
        String operator,
        String callSite,
        String record,
        String cause) {

    /** One line that names all of it. */
    public String describe() {
        return operator + " (" + callSite + ") failed in batch " + batch + " on record " + record + " [block=" + block
                + " ordinal=" + ordinal + " position=" + position + "]: " + cause;
    }
}
