// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.ingest;

import akka.util.ByteString;
import io.millrace.receiver.OffsetRange;
import io.millrace.receiver.Receipt;
import io.millrace.receiver.TextChunk;
import io.millrace.receiver.TextReceipt;
import io.millrace.runtime.block.Block;
import io.millrace.runtime.block.BlockBuffers;
import io.millrace.runtime.block.BlockInfo;
import io.millrace.runtime.block.OriginsBuilder;
import io.millrace.runtime.block.TextBlock;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Cuts text into blocks of whole lines. Copies the bytes and looks at none of them, unless lines are to be counted. As long as blocks
 * are read again, it cuts just these.
 */
final class TextCutter implements Cutter<TextChunk> {

    /** What a rejected line counts against the bounds: its prefix and the objects around it. */
    private static final int REJECTED_BYTES = 256;

    private final BlockNumbers numbers;
    private final BlockBuffers buffers;
    private final int maxRecords;
    private final Receipts receipts;
    private final TextReceipt receipt;
    private final Map<String, Long> ends = new LinkedHashMap<>();
    private final boolean counts;
    private final OriginsBuilder origins = new OriginsBuilder();
    private final List<TextChunk.Rejected> rejected = new ArrayList<>();
    private final BlockRanges ranges;
    private byte[] buffer;
    private int length;
    private int records;
    private int partRecords;
    private long lastRecords;
    private long firstMicros;

    /**
     * A cutter that has nothing yet.
     *
     * @param buffers whose arrays are filled; their size is the size of a block
     * @param maxRecords how many lines a block may have; {@link Integer#MAX_VALUE} if they are not bounded
     * @param counts true if lines are counted although they are not bounded
     * @param receipts where the blocks are waited for
     * @param receipt is told of each origin how far the blocks that count go
     * @param replays the ranges of the blocks that come first
     */
    TextCutter(
            BlockNumbers numbers,
            BlockBuffers buffers,
            int maxRecords,
            boolean counts,
            Receipts receipts,
            TextReceipt receipt,
            List<List<OffsetRange>> replays) {
        this.ranges = new BlockRanges(replays);
        this.receipts = receipts;
        this.receipt = receipt;
        this.numbers = numbers;
        this.buffers = buffers;
        this.maxRecords = maxRecords;
        this.counts = counts || maxRecords != Integer.MAX_VALUE;
        this.buffer = buffers.take();
    }

    @Override
    public long add(TextChunk chunk, long nowMicros, Consumer<Block> full) {
        if (isEmpty()) {
            firstMicros = nowMicros;
        }
        rejected.addAll(chunk.rejected());
        ByteString rest = chunk.lines();
        long position = chunk.position();
        lastRecords = 0;
        while (rest.length() > 0) {
            boolean whole = chunk.range().isPresent() || maxRecords == Integer.MAX_VALUE;
            ByteString part = whole ? rest : linesOf(rest, maxRecords - records);
            append(part, whole, chunk.origin(), position, nowMicros, full);
            endsAt(chunk.origin(), position + part.length());
            chunk.range().ifPresent(ranges::add);
            records += partRecords;
            lastRecords += partRecords;
            if (ranges.isExact() || records >= maxRecords || length == buffer.length) {
                seal(nowMicros, full);
            }
            position += part.length();
            rest = rest.drop(part.length());
        }
        if (chunk.lines().isEmpty()) {
            endsAt(chunk.origin(), position);
            chunk.range().ifPresent(ranges::add);
            if (ranges.isExact()) {
                seal(nowMicros, full);
            }
        }
        return chunk.lines().length() + (long) REJECTED_BYTES * chunk.rejected().size();
    }

    private void endsAt(String origin, long position) {
        if (receipt != TextReceipt.NONE) {
            ends.put(origin, position);
        }
    }

    private void append(
            ByteString part, boolean whole, String origin, long position, long nowMicros, Consumer<Block> full) {
        if (part.length() > buffer.length - length) {
            seal(nowMicros, full);
            if (part.length() > buffer.length - length) {
                byte[] larger = new byte[Math.max(length + part.length(), length == 0 ? 0 : 2 * length)];
                System.arraycopy(buffer, 0, larger, 0, length);
                buffers.give(buffer);
                buffer = larger;
            }
        }
        if (isEmpty()) {
            firstMicros = nowMicros;
        }
        origins.add(origin, length, position, part.length());
        if (whole) {
            partRecords = 0;
        }
        for (ByteBuffer bytes : part.getByteBuffers()) {
            int size = bytes.remaining();
            bytes.get(buffer, length, size);
            if (counts && whole) {
                partRecords += newlines(length, size);
            }
            length += size;
        }
    }

    private int newlines(int from, int size) {
        int newlines = 0;
        for (int i = from; i < from + size; i++) {
            if (buffer[i] == '\n') {
                newlines++;
            }
        }
        return newlines;
    }

    /** The first lines of {@code text}, as many as there are but not more than {@code limit}; counts them. */
    private ByteString linesOf(ByteString text, int limit) {
        int end = 0;
        partRecords = 0;
        while (partRecords < limit && end < text.length()) {
            end = text.indexOf('\n', end) + 1;
            partRecords++;
        }
        return text.take(end);
    }

    @Override
    public long lastRecords() {
        return lastRecords;
    }

    @Override
    public void seal(long nowMicros, Consumer<Block> sealed) {
        if (isEmpty() || !ranges.mayCut()) {
            return;
        }
        byte[] bytes = buffer;
        if (length < buffer.length - buffer.length / 8 || buffer.length != buffers.size()) {
            bytes = Arrays.copyOf(buffer, length);
            if (buffer.length != buffers.size()) {
                buffer = buffers.take();
            }
        } else {
            buffer = buffers.take();
        }
        BlockInfo info = new BlockInfo(
                numbers.next(),
                length + (long) REJECTED_BYTES * rejected.size(),
                counts ? records : -1,
                firstMicros,
                nowMicros,
                0,
                ranges.cut());
        if (!ends.isEmpty()) {
            receipts.expect(info.id(), new Ends(receipt, Map.copyOf(ends)));
            ends.clear();
        }
        sealed.accept(new TextBlock(info, bytes, length, origins.build(), rejected, buffers));
        rejected.clear();
        length = 0;
        records = 0;
    }

    @Override
    public boolean isEmpty() {
        return length == 0 && rejected.isEmpty();
    }

    private record Ends(TextReceipt receipt, Map<String, Long> ends) implements Receipt {

        @Override
        public void received() {
            ends.forEach(receipt::received);
        }

        @Override
        public void failed(Throwable cause) {
            // the source goes on from what it was told last
        }
    }
}
