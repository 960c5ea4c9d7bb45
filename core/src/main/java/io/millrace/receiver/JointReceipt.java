// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receiver;

/** One receipt for several blocks: told when the last of them counts, or at the first failure. Thread-safe. */
final class JointReceipt implements Receipt {

    private final Receipt all;
    private int open;

    /** None of so many blocks counts yet. */
    JointReceipt(int blocks, Receipt all) {
        this.open = blocks;
        this.all = all;
    }

    @Override
    public void received() {
        boolean last;
        synchronized (this) {
            last = --open == 0;
        }
        if (last) {
            all.received();
        }
    }

    @Override
    public void failed(Throwable cause) {
        boolean first;
        synchronized (this) {
            first = open > 0;
            open = 0;
        }
        if (first) {
            all.failed(cause);
        }
    }
}
