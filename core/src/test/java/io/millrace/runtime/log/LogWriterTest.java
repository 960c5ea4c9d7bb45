// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogWriterTest {

    private static final Claimant CLAIMANT = new Claimant("job", new UUID(1, 2), Instant.EPOCH);

    private final CrashingStorage storage = new CrashingStorage();

    @Test
    void allThatWaitsRidesOnOneSync() throws IOException {
        NumberedLog log = new NumberedLog(storage, 1).append(50);
        int syncs = storage.syncs();
        int appends = storage.appends();

        log.commit();

        assertThat(storage.syncs() - syncs).isEqualTo(1);
        assertThat(storage.appends() - appends).isEqualTo(1);
        assertThat(log.writer().durableSequence()).isEqualTo(50);
    }

    @Test
    void nothingWaitingNeedsNoSyncButLooksForTheFence() throws IOException {
        NumberedLog log = new NumberedLog(storage, 1);
        int syncs = storage.syncs();
        log.commit();
        assertThat(storage.syncs()).isEqualTo(syncs);

        new NumberedLog(storage, 2);
        assertThatThrownBy(log::commit).isInstanceOf(LogFencedException.class);
    }

    @Test
    void whatIsAppendedDuringACommitRidesOnTheNext() throws IOException {
        NumberedLog log = new NumberedLog(storage, 1).append(1);
        storage.before(storage.calls() + 1, () -> log.append(1));

        assertThat(log.writer().commit()).isEqualTo(1);
        assertThat(log.writer().commit()).isEqualTo(2);
        assertThat(NumberedLog.read(storage)).isEqualTo(2);
    }

    @Test
    void aFailedSyncIsNeverTriedAgain() throws IOException {
        NumberedLog log = new NumberedLog(storage, 1).append(1);
        storage.failAt(storage.calls() + 2);

        assertThatThrownBy(log::commit)
                .isInstanceOf(LogPoisonedException.class)
                .hasMessageContaining("epoch 1")
                .hasMessageContaining("Input/output error");
        int calls = storage.calls();
        assertThatThrownBy(log::commit).isInstanceOf(LogPoisonedException.class);
        assertThat(storage.calls()).as("nothing is touched any more").isEqualTo(calls);
    }

    @Test
    void recordsAndWaitingBytesAreBounded() throws IOException {
        LogSettings settings = new LogSettings(1000, 100, 200);
        LogWriter writer = DurableLog.open(storage, CLAIMANT, settings, (sequence, record) -> {});

        assertThatThrownBy(() -> writer.append(record(101)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("100 bytes, and has 101");
        writer.append(record(100));
        assertThatThrownBy(() -> writer.append(record(100)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("at most 200 bytes may wait");
        writer.commit();
        assertThat(writer.append(record(100))).isEqualTo(2);
    }

    @Test
    void compactingTwiceLeavesTwoSnapshotsTheRecordsBetweenAndOneClaim() throws IOException {
        NumberedLog log = new NumberedLog(storage, 1).append(30);
        log.commit();
        log = new NumberedLog(storage, 2).append(30);
        log.commit();
        log.compact();
        assertThat(storage.files())
                .as("one snapshot is not enough to forget the log")
                .hasSizeGreaterThan(6);
        log.append(1).commit();

        log.compact();

        assertThat(storage.files().keySet())
                .containsExactly(
                        "epochs/000002.claim",
                        "epochs/begun",
                        "log/e000002-000001.seg",
                        "log/e000002-000002.seg",
                        "snapshots/000000060-e000002-00000000-0000-0002-0000-000000000000.snap",
                        "snapshots/000000061-e000002-00000000-0000-0002-0000-000000000001.snap");
        NumberedLog later = new NumberedLog(storage, 3);
        assertThat(later.last()).isEqualTo(61);
        assertThat(later.replayed()).isEqualTo(3);
    }

    @Test
    void onlyWholeSegmentsBeforeTheNumberAreForgotten() throws IOException {
        NumberedLog log = new NumberedLog(storage, 1).append(3);
        log.commit();
        log.writer().roll();
        log.writer().roll();
        log.append(3).commit();
        log.writer().roll();
        int calls = storage.calls();

        assertThat(log.writer().truncateBefore(3)).isFalse();
        assertThat(storage.calls()).isEqualTo(calls);
        assertThat(log.writer().truncateBefore(4)).isTrue();
        assertThat(storage.files()).doesNotContainKey("log/e000001-000000.seg").containsKey("log/e000001-000001.seg");
        assertThat(log.writer().truncateBefore(5)).isFalse();
        assertThatThrownBy(() -> log.writer().truncateBefore(8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("record 8 cannot be the first needed, the last that is durable is 6");
        assertThat(log.writer().truncateBefore(7)).isTrue();
        assertThat(log.writer().truncateBefore(7)).as("nothing is left").isFalse();

        LogContents contents = new LogReader(storage).read((sequence, record) -> {
            throw new AssertionError("record " + sequence + " is forgotten");
        });
        assertThat(contents.nextSequence()).isEqualTo(7);
    }

    @Test
    void theSameRecordsAreReplayedAgain() throws IOException {
        NumberedLog log = new NumberedLog(storage, 1).append(9);
        log.commit();
        log.writer().close();
        List<Long> first = new ArrayList<>();
        List<Long> again = new ArrayList<>();
        Claimant claimant = new Claimant("numbers", new UUID(1, 2), Instant.EPOCH);

        DurableLog claimed = DurableLog.claim(storage, claimant, (sequence, record) -> first.add(sequence));
        log.append(1);
        claimed.replayAgain((sequence, record) -> again.add(sequence));

        assertThat(again).isEqualTo(first).hasSize(9);
        assertThat(claimed.start(LogSettings.DEFAULT).append(record(1))).isEqualTo(10);
    }

    @Test
    void aClosedWriterWritesNoMore() throws IOException {
        NumberedLog log = new NumberedLog(storage, 1).append(1);
        log.writer().close();

        assertThatThrownBy(log::commit).isInstanceOf(LogPoisonedException.class).hasMessageContaining("closed");
    }

    @Test
    void aLogInADirectoryIsReadAsItWasWritten(@TempDir Path directory) throws IOException {
        FileLogStorage disk = new FileLogStorage(directory.resolve("a/b"));
        LogSettings settings = new LogSettings(100_000, 1 << 20, 1 << 24);
        Random random = new Random(5);
        List<LogRecord> written = new ArrayList<>();
        for (int start = 1; start <= 3; start++) {
            List<LogRecord> found = new ArrayList<>();
            Claimant claimant = new Claimant("job", new UUID(9, start), Instant.EPOCH);
            try (LogWriter writer =
                    DurableLog.open(disk, claimant, settings, (sequence, record) -> found.add(record))) {
                assertThat(comparable(found)).isEqualTo(comparable(written));
                assertThat(writer.epoch()).isEqualTo(start);
                for (int i = 0; i < 20; i++) {
                    byte[] payload = new byte[random.nextInt(i % 7 == 0 ? 600_000 : 3000)];
                    random.nextBytes(payload);
                    written.add(new LogRecord(i, start, payload));
                    writer.append(written.get(written.size() - 1));
                    if (i % 3 == 0) {
                        writer.commit();
                    }
                }
                assertThat(writer.commit()).isEqualTo(written.size());
            }
        }

        List<LogRecord> found = new ArrayList<>();
        LogContents contents = new LogReader(disk).read((sequence, record) -> found.add(record));
        assertThat(comparable(found)).isEqualTo(comparable(written));
        assertThat(contents.files()).hasSizeGreaterThan(5);
        assertThat(contents.tornBytes()).isZero();
        assertThat(contents.nextSequence()).isEqualTo(written.size() + 1);
    }

    @Test
    void nothingIsAnEmptyLog() throws IOException {
        LogContents contents = new LogReader(storage).read((sequence, record) -> {});

        assertThat(contents.logId()).isEmpty();
        assertThat(contents.nextSequence()).isEqualTo(1);
        assertThat(contents.files()).isEmpty();
    }

    @Test
    void boundsAreChecked() {
        assertThatThrownBy(() -> new LogRecord(256, 0, new byte[0])).hasMessageContaining("0 to 255: 256");
        assertThatThrownBy(() -> new LogRecord(0, -1, new byte[0])).hasMessageContaining("0 to 255: -1");
        assertThatThrownBy(() -> new LogSettings(0, 1, 1)).hasMessageContaining("segmentBytes");
        assertThatThrownBy(() -> new LogSettings(1, 0, 1)).hasMessageContaining("maxRecordBytes");
        assertThatThrownBy(() -> new LogSettings(1, 1, 0)).hasMessageContaining("maxPendingBytes");
    }

    private static List<List<Object>> comparable(List<LogRecord> records) {
        return records.stream()
                .map(record -> List.<Object>of(record.type(), record.version(), ByteBuffer.wrap(record.payload())))
                .toList();
    }

    private static LogRecord record(int size) {
        return new LogRecord(1, 1, new byte[size]);
    }
}
