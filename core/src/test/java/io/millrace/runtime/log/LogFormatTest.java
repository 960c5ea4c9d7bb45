// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The bytes of format 1, as docs/log-format.md has them. A later version must still read them. */
class LogFormatTest {

    private static final UUID FIRST = UUID.fromString("00010203-0405-0607-0809-0a0b0c0d0e0f");
    private static final UUID SECOND = UUID.fromString("10111213-1415-1617-1819-1a1b1c1d1e1f");

    private static final UUID THIRD = new UUID(0, 3);

    private static final String CLAIM =
            "4d494c4c52434c4d0000000100000002000102030405060708090a0b0c0d0e0f1011121314151617"
                    + "18191a1b1c1d1e1f00000000000003e8000000036a6f623cf1ec7f";
    private static final String SEGMENT_1 =
            "4d494c4c524c4f470000000100000048000102030405060708090a0b0c0d0e0f0001020304050607"
                    + "08090a0b0c0d0e0f00000001000000000000000000000001000000007f608f520000000307010000"
                    + "000100000000000000010000000000000000616263f909a00a";
    private static final String SEGMENT_2 =
            "4d494c4c524c4f470000000100000060000102030405060708090a0b0c0d0e0f1011121314151617"
                    + "18191a1b1c1d1e1f0000000200000000000000000000000200000001000000010000000000000000"
                    + "00000001000000000000006912bd67a400000000ff02000000020000000000000002000000000000"
                    + "00013b73dc85";

    private static final String SNAPSHOT =
            "4d494c4c52534e5000000001000102030405060708090a0b0c0d0e0f101112131415161718191a1b"
                    + "1c1d1e1f00000003000000000000002a0000000000000002fcfe726f000000050904737461746574"
                    + "26800200000000000074810e8fffffffff000000000000000279368091";

    @Test
    void theBytesAreThoseOfFormat1() throws IOException {
        CrashingStorage storage = new CrashingStorage();
        try (LogWriter writer = open(storage, FIRST, new ArrayList<>())) {
            writer.append(new LogRecord(7, 1, "abc".getBytes(US_ASCII)));
            writer.commit();
        }
        try (LogWriter writer = open(storage, SECOND, new ArrayList<>())) {
            writer.append(new LogRecord(255, 2, new byte[0]));
            writer.commit();
        }

        Map<String, byte[]> files = storage.files();
        assertThat(hex(files, "epochs/000002.claim")).isEqualTo(CLAIM);
        assertThat(hex(files, "log/e000001-000000.seg")).isEqualTo(SEGMENT_1);
        assertThat(hex(files, "log/e000002-000000.seg")).isEqualTo(SEGMENT_2);
    }

    @Test
    void theBytesOfFormat1AreRead() throws IOException {
        List<String> found = new ArrayList<>();

        open(CrashingStorage.of(golden()), new UUID(0, 3), found).close();

        assertThat(found).containsExactly("1 type 7 version 1 abc", "2 type 255 version 2 ");
    }

    @Test
    void theBytesOfASnapshotAreThoseOfFormat1() throws IOException {
        CrashingStorage storage = CrashingStorage.of(golden());
        DurableLog log = DurableLog.claim(
                storage, new Claimant("job", THIRD, Instant.ofEpochMilli(1_000)), (sequence, record) -> {});
        SnapshotRef ref;
        try (SnapshotWriter out = log.snapshots().write(42, 2, SECOND)) {
            out.add(new LogRecord(9, 4, "state".getBytes(US_ASCII)));
            out.add(new LogRecord(0, 0, new byte[0]));
            ref = out.finish();
        }

        assertThat(ref.id().path()).isEqualTo("snapshots/000000042-e000003-10111213-1415-1617-1819-1a1b1c1d1e1f.snap");
        assertThat(hex(storage.files(), ref.id().path())).isEqualTo(SNAPSHOT);
        assertThat(ref.length()).isEqualTo(SNAPSHOT.length() / 2);
        assertThat(ref.entries()).isEqualTo(2);
        assertThat(SNAPSHOT).endsWith(String.format("%08x", ref.crc()));
    }

    @Test
    void aNewerFormatIsRefused() {
        byte[] newer = HexFormat.of().parseHex(SEGMENT_2);
        ByteBuffer header = ByteBuffer.wrap(newer).putInt(8, 2);
        int length = header.getInt(12);
        header.putInt(length - 4, SegmentHeader.crc(newer, length - 4));
        Map<String, byte[]> files = golden();
        files.put("log/e000002-000000.seg", newer);

        assertThatThrownBy(() -> new LogReader(CrashingStorage.of(files)).read((sequence, record) -> {}))
                .isInstanceOf(LogCorruptedException.class)
                .hasMessageContaining("log/e000002-000000.seg")
                .hasMessageContaining("format 2, and this version reads format 1");
    }

    private static Map<String, byte[]> golden() {
        Map<String, byte[]> files = new TreeMap<>();
        files.put("epochs/000002.claim", HexFormat.of().parseHex(CLAIM));
        files.put("epochs/begun", new byte[0]);
        files.put("log/e000001-000000.seg", HexFormat.of().parseHex(SEGMENT_1));
        files.put("log/e000002-000000.seg", HexFormat.of().parseHex(SEGMENT_2));
        return files;
    }

    private static LogWriter open(CrashingStorage storage, UUID incarnation, List<String> found) throws IOException {
        Claimant claimant = new Claimant("job", incarnation, Instant.ofEpochMilli(1_000));
        return DurableLog.open(
                storage,
                claimant,
                LogSettings.DEFAULT,
                (sequence, record) -> found.add(sequence + " type " + record.type() + " version " + record.version()
                        + " " + new String(record.payload(), US_ASCII)));
    }

    private static String hex(Map<String, byte[]> files, String name) {
        return HexFormat.of().formatHex(java.util.Objects.requireNonNull(files.get(name)));
    }
}
