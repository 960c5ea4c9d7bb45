// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.kafka;

/**
 * How much a receiver holds. Beyond the buffer it does not poll; one poll may exceed it.
 *
 * @param blockRecords a block is cut when it has so many records, 1 or more
 * @param blockBytes or so many bytes of keys and values, 1 or more
 * @param bufferBytes what was polled and is not taken by the job yet, 1 or more
 */
record KafkaBounds(int blockRecords, long blockBytes, long bufferBytes) {

    static final KafkaBounds DEFAULT = new KafkaBounds(10_000, 1_000 << 10, 16 << 20);

    KafkaBounds {
        if (blockRecords < 1 || blockBytes < 1 || bufferBytes < 1) {
            throw new IllegalArgumentException("blockRecords, blockBytes and bufferBytes must be >= 1, but are "
                    + blockRecords + ", " + blockBytes + " and " + bufferBytes);
        }
    }
}
