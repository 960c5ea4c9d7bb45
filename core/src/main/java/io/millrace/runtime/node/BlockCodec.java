// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.node;

import akka.util.ByteString;
import io.millrace.receiver.OffsetRange;
import io.millrace.receiver.TextChunk;
import io.millrace.runtime.block.Block;
import io.millrace.runtime.block.BlockBuffers;
import io.millrace.runtime.block.BlockId;
import io.millrace.runtime.block.BlockInfo;
import io.millrace.runtime.block.Origins;
import io.millrace.runtime.block.RecordBlock;
import io.millrace.runtime.block.TextBlock;
import io.millrace.runtime.wire.Codec;
import io.millrace.runtime.wire.ValueCodec;
import io.millrace.runtime.wire.WireException;
import io.millrace.runtime.wire.WireInput;
import io.millrace.runtime.wire.WireOutput;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Sends a block; text goes with its CRC32C, which is checked on arrival. */
final class BlockCodec implements Codec<Block> {

    private final ValueCodec values;

    BlockCodec(ValueCodec values) {
        this.values = values;
    }

    @Override
    public void write(Block block, WireOutput out) {
        writeHead(block, out);
        if (block instanceof TextBlock text) {
            out.writeRaw(text.bytes(), 0, text.length());
            writeTail(text, out);
        }
    }

    /**
     * The same bytes in parts, of which those of a text are its own, not a copy.
     *
     * @throws IllegalArgumentException if a record is of a class that is not registered; the message names it
     */
    List<ByteBuffer> parts(Block block) {
        try {
            WireOutput head = new WireOutput();
            writeHead(block, head);
            if (block instanceof TextBlock text) {
                WireOutput tail = new WireOutput();
                writeTail(text, tail);
                return List.of(part(head), ByteBuffer.wrap(text.bytes(), 0, text.length()), part(tail));
            }
            return List.of(part(head));
        } catch (WireException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static ByteBuffer part(WireOutput out) {
        return ByteBuffer.wrap(out.array(), 0, out.size());
    }

    /** What comes before the bytes of a text; all of a block of records. */
    private void writeHead(Block block, WireOutput out) {
        BlockInfo info = block.info();
        out.writeVarInt(info.id().stream());
        out.writeVarInt(info.id().incarnation());
        out.writeVarLong(info.id().number());
        out.writeLong(info.bytes());
        out.writeLong(info.records());
        out.writeLong(info.firstMicros());
        out.writeLong(info.sealedMicros());
        out.writeLong(info.storedMicros());
        out.writeCount(info.ranges().size());
        for (OffsetRange range : info.ranges()) {
            out.writeString(range.split());
            out.writeVarLong(range.from());
            out.writeVarLong(range.to());
        }
        out.writeBoolean(block instanceof TextBlock);
        if (block instanceof TextBlock text) {
            out.writeVarInt(text.length());
        } else if (block instanceof RecordBlock records) {
            values.writeColumn(records.records(), records.records().length, out);
        }
    }

    private static void writeTail(TextBlock text, WireOutput out) {
        out.writeFixedInt(crc(text.bytes(), text.length()));
        Origins origins = text.origins();
        out.writeCount(origins.names().size());
        origins.names().forEach(out::writeString);
        out.writeInts(origins.starts());
        out.writeLongs(origins.positions());
        out.writeCount(text.rejected().size());
        for (TextChunk.Rejected line : text.rejected()) {
            out.writeString(line.origin());
            out.writeLong(line.position());
            out.writeLong(line.length());
            out.writeBytes(line.prefix().toArray());
            out.writeFixedInt(line.crc32c());
        }
    }

    @Override
    public Block read(WireInput in) {
        BlockInfo info = new BlockInfo(
                new BlockId(in.readVarInt(), in.readVarInt(), in.readVarLong()),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                readRanges(in));
        if (in.readBoolean()) {
            return readText(info, in);
        }
        @Nullable Object[] records = values.readColumn(in);
        return new RecordBlock(info, records);
    }

    private static List<OffsetRange> readRanges(WireInput in) {
        List<OffsetRange> ranges = new ArrayList<>();
        for (int i = in.readCount(3); i > 0; i--) {
            ranges.add(new OffsetRange(in.readString(), in.readVarLong(), in.readVarLong()));
        }
        return ranges;
    }

    private static TextBlock readText(BlockInfo info, WireInput in) {
        byte[] bytes = in.readBytes();
        int crc = in.readFixedInt();
        if (crc != crc(bytes, bytes.length)) {
            throw new WireException("The block " + info.id() + " was damaged on its way: its CRC32C is "
                    + Integer.toHexString(crc(bytes, bytes.length)) + " instead of " + Integer.toHexString(crc));
        }
        List<String> names = new ArrayList<>();
        for (int i = in.readCount(1); i > 0; i--) {
            names.add(in.readString());
        }
        int[] starts = in.readInts();
        long[] positions = in.readLongs();
        List<TextChunk.Rejected> rejected = new ArrayList<>();
        for (int i = in.readCount(8); i > 0; i--) {
            rejected.add(new TextChunk.Rejected(
                    in.readString(),
                    in.readLong(),
                    in.readLong(),
                    ByteString.fromArray(in.readBytes()),
                    in.readFixedInt()));
        }
        try {
            return new TextBlock(
                    info, bytes, bytes.length, new Origins(names, starts, positions), rejected, BlockBuffers.UNPOOLED);
        } catch (IllegalArgumentException e) {
            throw new WireException("The parts of block " + info.id() + " do not fit together", e);
        }
    }

    private static int crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
