// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.node;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.millrace.receiver.OffsetRange;
import io.millrace.runtime.block.Block;
import io.millrace.runtime.block.BlockBuffers;
import io.millrace.runtime.block.BlockId;
import io.millrace.runtime.block.BlockInfo;
import io.millrace.runtime.block.Origins;
import io.millrace.runtime.block.RecordBlock;
import io.millrace.runtime.block.TextBlock;
import io.millrace.runtime.durable.JournalEntry;
import io.millrace.runtime.log.LogRecord;
import io.millrace.runtime.wire.TypeRegistry;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class JournalCodecTest {

    private static final BlockInfo INFO =
            new BlockInfo(new BlockId(3, 2, 77), 12, 3, 5, 6, 7, List.of(new OffsetRange("0", 4, 7)));

    private final JournalCodec codec = new JournalCodec(TypeRegistry.empty());

    /** The room of the array behind the text does not belong to it. */
    private static Block text(byte[] room) {
        System.arraycopy("eins\nzwei\nü\n".getBytes(UTF_8), 0, room, 0, 13);
        return new TextBlock(
                INFO,
                room,
                13,
                new Origins(List.of("there"), new int[] {0}, new long[] {40}),
                List.of(),
                BlockBuffers.UNPOOLED);
    }

    @Test
    void logsTheBytesOfATextWithoutACopy() {
        byte[] room = new byte[100];

        LogRecord record = codec.encode(INFO, text(room));

        room[0] = 'E';
        assertThat(new String(record.payload(), ISO_8859_1)).contains("Eins\nzwei");
        assertThat(record.size()).isEqualTo(record.payload().length);
    }

    /** The parts are what the entry would be in one piece. */
    @Test
    void readsATextBack() {
        LogRecord record = codec.encode(INFO, text(new byte[50]));

        JournalEntry.Added added = (JournalEntry.Added) codec.decode(new LogRecord(2, 1, record.payload()));
        assertThat(codec.encode(added)).isEqualTo(new LogRecord(2, 1, record.payload()));
        assertThat(added.block()).isEqualTo(INFO);
        TextBlock block = (TextBlock) codec.decodeBlock(added);
        assertThat(new String(block.bytes(), 0, block.length(), UTF_8)).isEqualTo("eins\nzwei\nü\n");
        assertThat(block.origins().describe(5)).isEqualTo("there byte 45");
    }

    @Test
    void readsRecordsBack() {
        Block block = new RecordBlock(INFO, new Object[] {"a", 1L, null});

        LogRecord record = codec.encode(INFO, block);

        JournalEntry.Added added = (JournalEntry.Added) codec.decode(record);
        assertThat(((RecordBlock) codec.decodeBlock(added)).records()).containsExactly("a", 1L, null);
    }

    @Test
    void refusesATextThatWasChanged() {
        LogRecord record = codec.encode(INFO, text(new byte[50]));
        byte[] payload = record.payload();
        int at = new String(payload, ISO_8859_1).indexOf("zwei");
        payload[at]++;

        JournalEntry.Added added = (JournalEntry.Added) codec.decode(new LogRecord(2, 1, payload));
        assertThatIllegalArgumentException().isThrownBy(() -> codec.decodeBlock(added));
    }

    /** Whoever reads parts does not move the marks of the buffers. */
    @Test
    void letsARecordBeReadTwice() {
        LogRecord record = new LogRecord(
                1, 1, List.of(ByteBuffer.wrap(new byte[] {9, 1, 2}, 1, 2), ByteBuffer.wrap(new byte[] {3})));

        assertThat(record.payload()).containsExactly(1, 2, 3);
        assertThat(record.payload()).containsExactly(1, 2, 3);
        assertThat(record.size()).isEqualTo(3);
    }
}
