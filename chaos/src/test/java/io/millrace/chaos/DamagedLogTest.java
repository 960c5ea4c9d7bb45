// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a killed job has left is damaged before the next run: that one refuses it, or nothing is missing. */
@Tag("chaos")
class DamagedLogTest {

    private static final long SEED = Long.getLong("chaos.seed", 1);
    private static final int TRIALS = Integer.getInteger("chaos.trials", 20);

    @TempDir
    Path directory;

    private int refused;
    private int exact;

    @Test
    @Timeout(1200)
    void refusesADamagedCheckpointOrMissesNothing() throws Exception {
        Random random = new Random(SEED);
        try (Child clients = Rig.clients(directory);
                Rig rig = new Rig(directory.resolve("job"), false, clients)) {
            Child run = rig.running();
            rig.begin();
            run.awaitBatches(20, Rig.PATIENCE);
            Map<String, Long> sent = rig.finish();
            for (int batch = 0; batch < 3; batch++) {
                run.await("BATCH 0", Rig.PATIENCE); // so that what was acknowledged is not the end of the log
            }
            run.signal("KILL");
            run.awaitEnd(Rig.PATIENCE);
            for (int trial = 0; trial < TRIALS; trial++) {
                tryDamaged(rig, clients, "torn" + trial, sent, random.nextLong(), true);
                tryDamaged(rig, clients, "flipped" + trial, sent, random.nextLong(), false);
            }
        }
        Says.line("damaged logs: " + refused + " refused, " + exact + " exact, 0 silent (seed " + SEED + ")");
        assertThat(refused).isPositive();
        assertThat(exact).isPositive();
    }

    private void tryDamaged(Rig rig, Child clients, String name, Map<String, Long> sent, long seed, boolean torn)
            throws IOException, InterruptedException {
        Path copy = directory.resolve(name);
        Files.createDirectories(copy);
        Tools.run("cp", "-r", rig.checkpoint().toString(), rig.output().toString(), copy.toString());
        try (Rig damaged = new Rig(copy, false, clients)) {
            Random random = new Random(seed);
            String what = torn ? tear(damaged.checkpoint(), random) : flip(damaged.checkpoint(), random);
            Child run = damaged.run();
            String said = run.await("that it started or failed", line -> !line.startsWith("BATCH"), Rig.PATIENCE);
            if (said.startsWith("STARTED")) {
                said = run.await("a batch or that it failed", line -> true, Rig.PATIENCE);
            }
            if (!said.startsWith("FAILED")) {
                run.tell("stop");
                said = run.await(
                        "how it ended", line -> line.startsWith("STOPPED") || line.startsWith("FAILED"), Rig.PATIENCE);
            }
            if (said.startsWith("FAILED")) {
                // the file that is damaged, or an output that has more than the log
                assertThat(said).as(what).containsAnyOf(copy.toString(), "it is an older copy");
                refused++;
            } else {
                Verdict verdict = damaged.verdict(sent);
                assertThat(verdict.isExact())
                        .as(what + ", seed " + SEED + ": " + verdict)
                        .isTrue();
                exact++;
            }
        }
        Tools.run("rm", "-r", copy.toString());
    }

    private static List<Path> files(Path checkpoint) throws IOException {
        try (Stream<Path> files = Files.walk(checkpoint)) {
            return files.filter(file -> file.toString().endsWith(".seg")
                            || file.toString().endsWith(".snap")
                            || file.toString().endsWith(".claim"))
                    .sorted()
                    .toList();
        }
    }

    /** Cuts the newest segment, mostly near its end. */
    private static String tear(Path checkpoint, Random random) throws IOException {
        List<Path> segments = files(checkpoint).stream()
                .filter(file -> file.toString().endsWith(".seg"))
                .toList();
        Path newest = segments.get(segments.size() - 1);
        try (RandomAccessFile file = new RandomAccessFile(newest.toFile(), "rw")) {
            long most = random.nextBoolean() ? Math.min(64, file.length()) : file.length();
            long length = file.length() - 1 - random.nextLong(most);
            String what = newest + " cut from " + file.length() + " to " + length;
            file.setLength(length);
            return what;
        }
    }

    private static String flip(Path checkpoint, Random random) throws IOException {
        List<Path> files = files(checkpoint);
        Path chosen = files.get(random.nextInt(files.size()));
        try (RandomAccessFile file = new RandomAccessFile(chosen.toFile(), "rw")) {
            long at = random.nextLong(file.length());
            int bit = random.nextInt(8);
            file.seek(at);
            int before = file.read();
            file.seek(at);
            file.write(before ^ (1 << bit));
            return chosen + " bit " + bit + " of byte " + at + " flipped";
        }
    }
}
