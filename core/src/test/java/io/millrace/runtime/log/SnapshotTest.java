// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.SeededRandom;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotTest {

    private static final UUID ATTEMPT = new UUID(5, 6);

    private final Random random = SeededRandom.of(SnapshotTest.class);
    private final CrashingStorage storage = new CrashingStorage();

    @Test
    void entriesOfAllSizesAreReadAsTheyWereAdded(@TempDir Path directory) throws IOException {
        LogStorage disk = new FileLogStorage(directory);
        Snapshots snapshots = claim(disk, 1).snapshots();
        List<LogRecord> entries = new ArrayList<>();
        for (int size : new int[] {0, 1, 100, 262_133, 262_134, 262_144, 262_145, 5, 600_000, 0, 1 << 20, 7}) {
            entries.add(entry(entries.size(), size));
        }
        for (int i = 0; i < 5000; i++) {
            entries.add(entry(i % 256, random.nextInt(300)));
        }

        SnapshotRef ref = write(snapshots, ATTEMPT, entries);

        assertThat(comparable(read(snapshots, ref))).isEqualTo(comparable(entries));
        assertThat(disk.read(ref.id().path())).hasSize((int) ref.length());
        assertThat(snapshots.list()).containsExactly(ref.id());
        assertThat(disk.list("snapshots")).hasSize(1);
    }

    @Test
    void aSnapshotWithoutEntriesIsOne() throws IOException {
        Snapshots snapshots = claim(storage, 1).snapshots();

        SnapshotRef ref = write(snapshots, ATTEMPT, List.of());

        assertThat(read(snapshots, ref)).isEmpty();
    }

    @Test
    void aSnapshotThatIsCutAnywhereIsRefused() throws IOException {
        SnapshotRef ref = smallSnapshot();
        byte[] whole = file(ref);
        for (int length = 0; length < whole.length; length++) {
            assertRefused(ref, Arrays.copyOf(whole, length));
        }
        assertRefused(ref, Arrays.copyOf(whole, whole.length + 1));
    }

    @Test
    void noFlippedBitOfASnapshotGoesUnnoticed() throws IOException {
        SnapshotRef ref = smallSnapshot();
        byte[] whole = file(ref);
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertRefused(ref, flipped);
        }
    }

    @Test
    void anotherSnapshotUnderItsNameIsRefused() throws IOException {
        SnapshotRef ref = smallSnapshot();
        SnapshotRef other = write(claim(storage, 2).snapshots(), new UUID(5, 7), List.of(entry(1, 50)));

        assertRefused(ref, file(other));
    }

    @Test
    void aMissingSnapshotIsNamed() throws IOException {
        SnapshotRef ref = smallSnapshot();
        storage.delete(ref.id().path());

        assertThatThrownBy(() -> read(claim(storage, 2).snapshots(), ref))
                .isInstanceOf(LogCorruptedException.class)
                .hasMessageContaining(ref.id().path())
                .hasMessageContaining("missing");
    }

    @Test
    void whatIsNotFinishedLeavesNothing() throws IOException {
        Snapshots snapshots = claim(storage, 1).snapshots();
        try (SnapshotWriter out = snapshots.write(1, 0, ATTEMPT)) {
            out.add(entry(1, 600_000));
        }
        storage.room(300_000);
        assertThatThrownBy(() -> write(snapshots, ATTEMPT, List.of(entry(1, 600_000))))
                .isInstanceOf(LogWriteException.class)
                .hasMessageContaining("No space");
        assertThat(storage.list("snapshots")).isEmpty();

        storage.room(Long.MAX_VALUE);
        write(snapshots, ATTEMPT, List.of(entry(1, 600_000)));
    }

    @Test
    void aFailedSyncMakesNoSnapshot() throws IOException {
        Snapshots snapshots = claim(storage, 1).snapshots();
        storage.failAt(storage.calls() + 3);

        assertThatThrownBy(() -> write(snapshots, ATTEMPT, List.of(entry(1, 10))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Input/output error");
        assertThat(storage.list("snapshots")).isEmpty();
    }

    @Test
    void onlyTheFilesOfLaterEpochsAreSparedBesideTheNeeded() throws IOException {
        Snapshots first = claim(storage, 1).snapshots();
        SnapshotRef one = write(first, new UUID(1, 1), List.of());
        SnapshotRef two = write(first, new UUID(1, 2), List.of());
        first.write(9, 0, new UUID(1, 3));
        Snapshots second = claim(storage, 2).snapshots();
        SnapshotRef three = write(second, new UUID(1, 4), List.of());

        first.retain(List.of(two));
        assertThat(second.list()).containsExactlyInAnyOrder(two.id(), three.id());
        assertThat(storage.list("snapshots")).hasSize(2);
        assertThatThrownBy(() -> read(second, one)).hasMessageContaining("missing");
        second.retain(List.of(three));
        assertThat(second.list()).containsExactly(three.id());
    }

    @Test
    void twoAreKeptAndTheLogFromTheOlderOne() {
        RetainedSnapshots retained = new RetainedSnapshots(2);
        assertThat(retained.firstNeeded()).isEqualTo(1);
        retained.add(ref(1, 10));
        assertThat(retained.firstNeeded())
                .as("the other way back is the whole log")
                .isEqualTo(1);
        retained.add(ref(2, 20));
        assertThat(retained.firstNeeded()).isEqualTo(11);
        retained.add(ref(3, 30));
        assertThat(retained.firstNeeded()).isEqualTo(21);
        assertThat(retained.newestFirst()).containsExactly(ref(3, 30), ref(2, 20));

        retained.damaged(ref(3, 30));
        assertThat(retained.newestFirst()).containsExactly(ref(2, 20));
        assertThat(retained.firstNeeded())
                .as("nothing is forgotten for the sake of one")
                .isEqualTo(1);
        assertThatThrownBy(() -> retained.add(ref(4, 19)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("through record 19 cannot follow one through 20");
        assertThatThrownBy(() -> new RetainedSnapshots(1)).hasMessageContaining("at least 2");
    }

    private static SnapshotRef ref(long batch, long through) {
        return new SnapshotRef(new SnapshotId(batch, 1, ATTEMPT), through, 1, 100, 0);
    }

    private SnapshotRef smallSnapshot() throws IOException {
        List<LogRecord> entries = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            entries.add(entry(i, i * 9));
        }
        return write(claim(storage, 1).snapshots(), ATTEMPT, entries);
    }

    private void assertRefused(SnapshotRef ref, byte[] damaged) throws IOException {
        Map<String, byte[]> files = new TreeMap<>(storage.files());
        files.put(ref.id().path(), damaged);
        Snapshots snapshots = claim(CrashingStorage.of(files), 9).snapshots();
        assertThatThrownBy(() -> read(snapshots, ref))
                .isInstanceOf(LogCorruptedException.class)
                .hasMessageContaining(ref.id().path());
    }

    private byte[] file(SnapshotRef ref) {
        return java.util.Objects.requireNonNull(storage.files().get(ref.id().path()));
    }

    private LogRecord entry(int type, int size) {
        byte[] payload = new byte[size];
        random.nextBytes(payload);
        return new LogRecord(type, 1, payload);
    }

    private static SnapshotRef write(Snapshots snapshots, UUID attempt, List<LogRecord> entries) throws IOException {
        try (SnapshotWriter out = snapshots.write(7, 0, attempt)) {
            for (LogRecord entry : entries) {
                out.add(entry);
            }
            return out.finish();
        }
    }

    private static List<LogRecord> read(Snapshots snapshots, SnapshotRef ref) throws IOException {
        List<LogRecord> found = new ArrayList<>();
        snapshots.read(ref, found::add);
        return found;
    }

    private static List<String> comparable(List<LogRecord> entries) {
        return entries.stream()
                .map(entry -> entry.type() + " " + entry.version() + " " + entry.payload().length + " "
                        + Arrays.hashCode(entry.payload()))
                .toList();
    }

    private static DurableLog claim(LogStorage storage, int start) throws IOException {
        Claimant claimant = new Claimant("job", new UUID(4, start), Instant.EPOCH);
        return DurableLog.claim(storage, claimant, (sequence, record) -> {});
    }
}
