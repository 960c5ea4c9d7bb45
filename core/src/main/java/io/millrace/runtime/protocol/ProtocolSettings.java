// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

/**
 * The bounds of the protocol.
 *
 * @param partitions partitions of every batch, from 1
 * @param sinks how many sinks there are, from 0
 * @param copies how many copies of a block count as received, from 1
 * @param batches how many batches may be planned and not in all sinks, from 1
 * @param blocks how many blocks may wait for a batch; beyond this blocks are not taken, and the source sends them again
 * @param unwritten how many records may wait to be durable; beyond this blocks are not taken either
 */
public record ProtocolSettings(int partitions, int sinks, int copies, int batches, int blocks, int unwritten) {

    /** Checks the bounds. */
    public ProtocolSettings {
        if (partitions < 1 || sinks < 0 || copies < 1 || batches < 1 || blocks < 1 || unwritten < 1) {
            throw new IllegalArgumentException(
                    "partitions, copies, batches, blocks and unwritten are 1 or more, sinks 0 or more: " + partitions
                            + ", " + copies + ", " + batches + ", " + blocks + ", " + unwritten + ", " + sinks);
        }
    }
}
