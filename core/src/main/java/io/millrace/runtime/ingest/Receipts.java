// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.ingest;

import io.millrace.receiver.Receipt;
import io.millrace.runtime.block.BlockId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The receipts of blocks that were cut and do not count yet. Each is told once. Thread-safe: the stream expects, the supervisor
 * receives and closes.
 *
 * <p>There are no more of them than there is credit for: a block counts 64 bytes at least.
 */
final class Receipts {

    private final BiConsumer<String, Throwable> complaints;
    private final Map<BlockId, Receipt> pending = new LinkedHashMap<>();
    private @Nullable Throwable closed;

    Receipts(BiConsumer<String, Throwable> complaints) {
        this.complaints = complaints;
    }

    /** Somebody waits for the block; to be called before anybody hears of it. */
    void expect(BlockId block, Receipt receipt) {
        Throwable cause;
        synchronized (this) {
            cause = closed;
            if (cause == null) {
                pending.put(block, receipt);
            }
        }
        if (cause != null) {
            fail(receipt, cause);
        }
    }

    /** The block counts. */
    void received(BlockId block) {
        Receipt receipt;
        synchronized (this) {
            receipt = pending.remove(block);
        }
        if (receipt != null) {
            tellReceived(receipt);
        }
    }

    /** Nobody is waited for, so it counts at once. */
    void tellReceived(Receipt receipt) {
        try {
            receipt.received();
        } catch (RuntimeException e) {
            complaints.accept("a receipt threw", e);
        }
    }

    synchronized boolean isEmpty() {
        return pending.isEmpty();
    }

    /** Nothing more will be heard of any block. */
    void close(Throwable cause) {
        List<Receipt> failed;
        synchronized (this) {
            closed = cause;
            failed = List.copyOf(pending.values());
            pending.clear();
        }
        failed.forEach(receipt -> fail(receipt, cause));
    }

    private void fail(Receipt receipt, Throwable cause) {
        try {
            receipt.failed(cause);
        } catch (RuntimeException e) {
            complaints.accept("a receipt threw", e);
        }
    }
}
