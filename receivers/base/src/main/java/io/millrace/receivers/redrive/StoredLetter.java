// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.redrive;

import java.time.Instant;
import java.util.Optional;

/**
 * A dead letter as it stands in a file.
 *
 * @param batch the time of the batch it was processed in
 * @param operator the name of the operator that failed on it
 * @param callSite where the program defined the operator
 * @param cause class and message of what was thrown
 * @param block the block it came from; {@code -} if it is not known
 * @param ordinal its number within the block, from 0; -1 if it is not known
 * @param position where its source had it; {@code -} if it is not known
 * @param record the record, escaped and cut
 * @param text the record itself, if it was text
 */
public record StoredLetter(
        Instant batch,
        String operator,
        String callSite,
        String cause,
        String block,
        long ordinal,
        String position,
        String record,
        Optional<String> text) {}
