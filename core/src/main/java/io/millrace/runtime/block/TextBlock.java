// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.block;

import io.millrace.receiver.TextChunk;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A block of whole lines, each ended by a newline, as bytes. */
public final class TextBlock implements Block {

    private final BlockInfo info;
    private final byte[] bytes;
    private final int length;
    private final Origins origins;
    private final List<TextChunk.Rejected> rejected;
    private final BlockBuffers buffers;
    private final AtomicInteger holders = new AtomicInteger(1);

    /**
     * A block over bytes that nobody changes any more.
     *
     * @param info what is known of it
     * @param bytes the lines
     * @param length how many of the bytes are lines
     * @param origins where they come from
     * @param rejected lines that were too long
     * @param buffers where the bytes go when the last holder releases them
     */
    public TextBlock(
            BlockInfo info,
            byte[] bytes,
            int length,
            Origins origins,
            List<TextChunk.Rejected> rejected,
            BlockBuffers buffers) {
        this.info = info;
        this.bytes = bytes;
        this.length = length;
        this.origins = origins;
        this.rejected = List.copyOf(rejected);
        this.buffers = buffers;
    }

    @Override
    public BlockInfo info() {
        return info;
    }

    /** The lines; only the first {@link #length()} bytes count, and they must not be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** How many bytes count. */
    public int length() {
        return length;
    }

    /** Where the bytes come from. */
    public Origins origins() {
        return origins;
    }

    @Override
    public List<TextChunk.Rejected> rejected() {
        return rejected;
    }

    @Override
    public boolean retain() {
        return holders.getAndUpdate(now -> now == 0 ? 0 : now + 1) > 0;
    }

    @Override
    public Block detached() {
        return new TextBlock(info, Arrays.copyOf(bytes, length), length, origins, rejected, BlockBuffers.UNPOOLED);
    }

    @Override
    public Block named(BlockInfo name) {
        return new TextBlock(name, bytes, length, origins, rejected, buffers);
    }

    @Override
    public void release() {
        if (holders.decrementAndGet() == 0) {
            buffers.give(bytes);
        }
    }
}
