// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.SeededRandom;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A damaged log is an exact beginning of what was written, or is refused by a message that names the file. */
class LogDamageTest {

    private static final int FLIPS = 10_000;

    private final Map<String, byte[]> files = new TreeMap<>();
    private long last;
    private long beforeTheLastCommit;

    /** Three starts, compacted once, several segments, the newest with several commits. */
    private void write() throws IOException {
        CrashingStorage storage = new CrashingStorage();
        NumberedLog log = new NumberedLog(storage, 1).append(8);
        log.commit();
        log.compact();
        log.append(9).commit();
        log.append(5).commit();
        log.compact();
        log.append(7).commit();
        log = new NumberedLog(storage, 2).append(4);
        log.commit();
        log = new NumberedLog(storage, 3);
        for (int i = 0; i < 4; i++) {
            beforeTheLastCommit = log.last();
            log.append(2).commit();
        }
        last = log.last();
        files.putAll(storage.files());
        assertThat(segments()).hasSizeGreaterThan(3);
    }

    @Test
    void aLogThatIsCutAnywhereIsABeginningOrRefused() throws IOException {
        write();
        int refused = 0;
        int shorter = 0;
        int cuts = 0;
        for (String name : files.keySet()) {
            byte[] whole = bytes(name);
            for (int length = 0; length < whole.length; length++) {
                long found = found(name, Arrays.copyOf(whole, length));
                cuts++;
                refused += found < 0 ? 1 : 0;
                shorter += found >= 0 && found < last ? 1 : 0;
                if (found >= 0 && found < last) {
                    assertThat(name).as("only the newest may have a torn tail").isEqualTo(newest());
                }
            }
        }
        System.out.println(LogDamageTest.class.getSimpleName() + ": " + cuts + " cuts of " + files.size() + " files: "
                + refused + " refused, " + shorter + " a shorter beginning, " + (cuts - refused - shorter)
                + " without effect");
        assertThat(refused).isPositive();
        assertThat(shorter).isPositive();
    }

    @Test
    void noFlippedBitGoesUnnoticed() throws IOException {
        write();
        Random random = SeededRandom.of(LogDamageTest.class);
        List<String> names = new ArrayList<>(files.keySet());
        names.removeIf(name -> bytes(name).length == 0);
        int refused = 0;
        int shorter = 0;
        for (int i = 0; i < FLIPS; i++) {
            String name = names.get(random.nextInt(names.size()));
            byte[] flipped = bytes(name).clone();
            int bit = random.nextInt(flipped.length * 8);
            flipped[bit / 8] ^= (byte) (1 << bit % 8);

            long found = found(name, flipped);

            refused += found < 0 ? 1 : 0;
            if (found >= 0 && found < last) {
                shorter++;
                assertThat(name).isEqualTo(newest());
                assertThat(found)
                        .as("only the last commit can be taken for torn")
                        .isBetween(beforeTheLastCommit, last);
            }
        }
        System.out.println(LogDamageTest.class.getSimpleName() + ": " + FLIPS + " flipped bits in " + names.size()
                + " files: " + refused + " refused, " + shorter + " taken for a torn last commit, "
                + (FLIPS - refused - shorter) + " in bytes that do not count");
        assertThat(refused).isGreaterThan(FLIPS / 4);
    }

    @Test
    void aMissingSegmentIsNamed() throws IOException {
        write();
        for (String name : segments()) {
            if (!name.equals(newest())) {
                Map<String, byte[]> left = new TreeMap<>(files);
                left.remove(name);
                assertThatThrownBy(() -> NumberedLog.read(CrashingStorage.of(left)))
                        .isInstanceOf(LogCorruptedException.class)
                        .hasMessageContaining(name);
            }
        }
    }

    @Test
    void aLogThatHadSegmentsNeverStartsEmpty() throws IOException {
        write();
        Map<String, byte[]> left = new TreeMap<>(files);
        left.keySet().removeAll(segments());

        assertThatThrownBy(() -> new NumberedLog(CrashingStorage.of(left), 9))
                .isInstanceOf(LogCorruptedException.class)
                .hasMessageContaining("it had segments once and has none");
    }

    @Test
    void segmentsWithoutTheirClaimsAreRefused() throws IOException {
        write();
        Map<String, byte[]> left = new TreeMap<>(files);
        left.keySet().removeIf(name -> name.startsWith("epochs/"));

        assertThatThrownBy(() -> new NumberedLog(CrashingStorage.of(left), 9))
                .isInstanceOf(LogRefusedException.class)
                .hasMessageContaining("no claim in epochs and yet holds [log/e000001-");
    }

    /** The last number that is read; -1 if the log is refused. What is no beginning fails in the reading. */
    private long found(String name, byte[] damaged) throws IOException {
        Map<String, byte[]> all = new TreeMap<>(files);
        all.put(name, damaged);
        try {
            return new NumberedLog(CrashingStorage.of(all), 9).last();
        } catch (LogCorruptedException e) {
            assertThat(e).hasMessageContaining(name);
            return -1;
        }
    }

    private byte[] bytes(String name) {
        return java.util.Objects.requireNonNull(files.get(name));
    }

    private List<String> segments() {
        return files.keySet().stream().filter(name -> name.endsWith(".seg")).toList();
    }

    private String newest() {
        return segments().get(segments().size() - 1);
    }
}
