// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receiver;

/**
 * Told once what became of a block that a receiver delivered.
 *
 * <p>Called by the engine's threads, so both methods must be short and must not block. What they throw is reported and
 * otherwise ignored.
 */
public interface Receipt {

    /** Wants to hear nothing. */
    Receipt NONE = new Receipt() {
        @Override
        public void received() {
            // nobody waits
        }

        @Override
        public void failed(Throwable cause) {
            // nobody waits
        }
    };

    /** The block counts as received: it is held by as many executors as it must be, and the driver knows of it. */
    void received();

    /**
     * The receiver stopped, or its executor died, before it was known that the block counts. It may count all the same, if
     * that happened in between; whoever delivers it again delivers it at least once.
     */
    void failed(Throwable cause);
}
