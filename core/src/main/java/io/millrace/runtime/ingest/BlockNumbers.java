// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.ingest;

import io.millrace.runtime.block.BlockId;

/** Counts the blocks of one life of one receiver. */
final class BlockNumbers {

    private final int stream;
    private final int incarnation;
    private long next;

    BlockNumbers(int stream, int incarnation) {
        this.stream = stream;
        this.incarnation = incarnation;
    }

    BlockId next() {
        return new BlockId(stream, incarnation, next++);
    }
}
