// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.operator.FailedRecord;
import io.millrace.operator.RecordFailure;

/**
 * An operator that failed in a batch.
 *
 * @param node its node, or -1 if the whole batch failed
 * @param failed the record and its place
 * @param cause what the user's function threw
 */
public record NodeFailure(int node, FailedRecord failed, Throwable cause) {

    static NodeFailure of(RecordFailure failure) {
        Throwable cause = failure.getCause();
        return new NodeFailure(failure.node(), failure.failed(), cause == null ? failure : cause);
    }
}
