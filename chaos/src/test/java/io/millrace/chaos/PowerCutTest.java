// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.chaos.Tools.Mounted;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power fails: all that is left is what had come to the disk. The disk is an ext4 file system in an image, which is copied while the
 * job stands still for that moment; a copy is what a machine would find after the cut.
 */
@Tag("chaos")
class PowerCutTest {

    private static final long SEED = Long.getLong("chaos.seed", 1);
    private static final int CUTS = Integer.getInteger("chaos.trials", 20);

    /** A copy of the disk, and how many lines of each client were acknowledged before. */
    private record Cut(Path image, Map<String, Long> acknowledged) {}

    @TempDir
    Path directory;

    @Test
    @Timeout(1200)
    void losesNothingThatWasAcknowledged() throws Exception {
        Tools.requireRoot();
        Tools.require("a disk is made by mkfs.ext4", "mkfs.ext4", "-V");
        Path image = directory.resolve("disk.img");
        Tools.run("truncate", "-s", "64M", image.toString());
        Tools.run("mkfs.ext4", "-q", "-F", image.toString());
        Random random = new Random(SEED);
        List<Cut> cuts = new ArrayList<>();
        Map<String, Long> sent;
        try (Child clients = Rig.clients(directory)) {
            Path disk = directory.resolve("disk");
            try (Mounted mounted = Mounted.image(image, disk);
                    Rig rig = onDisk("job", mounted.at(), clients)) {
                Child run = rig.running();
                rig.begin();
                for (int cut = 0; cut < CUTS; cut++) {
                    run.awaitBatches(1 + random.nextInt(8), Rig.PATIENCE);
                    run.signal("STOP");
                    run.awaitHalted();
                    Path copy = directory.resolve("cut" + cut + ".img");
                    Map<String, Long> acknowledged = rig.acknowledged();
                    Tools.run("cp", "--sparse=always", image.toString(), copy.toString());
                    cuts.add(new Cut(copy, acknowledged));
                    run.signal("CONT");
                }
                sent = rig.finish();
                run.signal("KILL");
                run.awaitEnd(Rig.PATIENCE);
            }
            long lines = 0;
            for (Cut cut : cuts) {
                lines += check(cut, sent, clients);
            }
            Says.line("power cuts: " + CUTS + ", lost 0, twice 0, unreadable 0 (seed " + SEED + ", " + lines
                    + " lines acknowledged before)");
        }
    }

    private Rig onDisk(String name, Path disk, Child clients) throws Exception {
        return new Rig(directory.resolve(name), disk.resolve("checkpoint"), disk.resolve("output"), true, clients);
    }

    /** Starts the job from the copy. */
    private long check(Cut cut, Map<String, Long> sent, Child clients) throws Exception {
        String name = String.valueOf(cut.image().getFileName());
        try (Mounted disk = Mounted.image(cut.image(), directory.resolve(name + ".disk"));
                Rig rig = onDisk(name + ".job", disk.at(), clients)) {
            Child run = rig.run();
            run.await("STARTED", Rig.PATIENCE);
            run.await("BATCH", Rig.PATIENCE);
            run.tell("stop");
            assertThat(run.awaitEnd(Rig.PATIENCE)).as(run.errors()).isEqualTo(ChaosJob.DONE);
            Verdict verdict = rig.verdict(cut.acknowledged(), sent);

            assertThat(verdict.isExact())
                    .as(name + ", seed " + SEED + ": " + verdict)
                    .isTrue();
            return verdict.acknowledged();
        }
    }
}
