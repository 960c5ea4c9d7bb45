// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.block;

import java.util.concurrent.ArrayBlockingQueue;

/**
 * Byte arrays of one size that are used again, so that a stream of blocks does not keep the garbage collector busy with
 * large arrays. Thread-safe.
 */
public final class BlockBuffers {

    /** Gives every array to the garbage collector. */
    public static final BlockBuffers UNPOOLED = new BlockBuffers(1, 1);

    private final int size;
    private final ArrayBlockingQueue<byte[]> free;

    /**
     * A pool that is empty at first.
     *
     * @param size length of the arrays
     * @param capacity how many unused ones are kept; more go to the garbage collector
     */
    public BlockBuffers(int size, int capacity) {
        this.size = size;
        this.free = new ArrayBlockingQueue<>(capacity);
    }

    /** Length of the arrays. */
    public int size() {
        return size;
    }

    /** An array of unspecified content. */
    public byte[] take() {
        byte[] unused = free.poll();
        return unused != null ? unused : new byte[size];
    }

    /** Takes an array back; one of another length is left to the garbage collector. */
    public void give(byte[] buffer) {
        if (buffer.length == size && size > 1) {
            free.offer(buffer);
        }
    }
}
