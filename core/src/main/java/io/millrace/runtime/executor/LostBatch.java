// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.operator.BatchTime;

/**
 * A batch that a window has lost to a failure.
 *
 * @param window the node of the window
 * @param batch the batch
 * @param failure what failed
 */
public record LostBatch(int window, BatchTime batch, NodeFailure failure) {

    /** True if it is the batch that this window has lost. */
    public boolean isOf(int other, BatchTime time) {
        return window == other && batch.equals(time);
    }

    /** The same of a window that has this number. */
    public LostBatch of(int newWindow) {
        return new LostBatch(newWindow, batch, failure);
    }
}
