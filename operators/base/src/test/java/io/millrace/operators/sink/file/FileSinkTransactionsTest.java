// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.sink.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputClaim;
import io.millrace.operator.OutputCommit;
import io.millrace.operator.OutputFencedException;
import io.millrace.operator.TransactionalOutput;
import io.millrace.testkit.TransactionalOutputContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSinkTransactionsTest extends TransactionalOutputContract<String> {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Override
    protected TransactionalOutput<String> output() {
        return sink();
    }

    private FileSink<String> sink() {
        return FileSink.to(directory, TextFormat.lines());
    }

    @Override
    protected List<String> records(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(i -> "record " + i)
                .toList();
    }

    @Override
    protected List<String> written() throws IOException {
        ManifestReader reader = ManifestReader.of(directory);
        List<String> lines = new ArrayList<>();
        for (Manifest manifest : reader.manifests()) {
            lines.addAll(reader.lines(manifest));
        }
        return lines;
    }

    @Override
    protected void releaseForAnother(TransactionalOutput<String> held) {
        ((FileSink<String>) held).release();
    }

    private static OutputClaim claim(long epoch) {
        return new OutputClaim("words", "counts", epoch);
    }

    private static OutputCommit batch(long epoch, long number) {
        return new OutputCommit(claim(epoch), number, new BatchTime(1000 * number), 0);
    }

    @Test
    void refusesACommitWhoseDataAreWrittenWhenTheNextRunClaims() throws Exception {
        AtomicBoolean claimNow = new AtomicBoolean();
        Epochs epochs = new Epochs(directory.resolve(ManifestFile.DIRECTORY));
        FileSink<String> zombie = new FileSink<>(directory, TextFormat.lines(), "part", Rolling.DEFAULT, 3, point -> {
            if (point == CommitPoint.DATA_FORCED && claimNow.get()) {
                try {
                    epochs.claim(claim(2));
                } catch (IOException | OutputFencedException e) {
                    throw new AssertionError(e);
                }
            }
        });
        zombie.claim(claim(1));
        zombie.commit(batch(1, 1), List.of("a"));
        claimNow.set(true);

        assertThatThrownBy(() -> zombie.commit(batch(1, 2), List.of("zombie")))
                .isInstanceOf(OutputFencedException.class)
                .hasMessage("output counts of job words is claimed by epoch 2: epoch 1 must not write any more");

        FileSink<String> next = sink();
        assertThat(next.claim(claim(2))).isEqualTo(OptionalLong.of(1));
        next.commit(batch(2, 2), List.of("b"));
        next.close();
        assertThat(written()).containsExactly("a", "b");
    }

    @Test
    void keepsAnEpochFileThatACrashLeftEmpty() throws Exception {
        sink().claim(claim(1));
        Files.writeString(directory.resolve("_manifests/epoch-0000000003.json"), "");

        FileSink<String> late = sink();
        assertThatThrownBy(() -> late.claim(claim(2))).isInstanceOf(OutputFencedException.class);
    }

    @Test
    void belongsToOneOutputOfOneJob() throws Exception {
        FileSink<String> sink = sink();
        sink.claim(claim(1));
        sink.close();

        assertThatThrownBy(() -> sink().claim(new OutputClaim("words", "totals", 2)))
                .hasMessage(directory + " belongs to output counts of job words, so output totals of job words must not"
                        + " write to it");
        assertThatThrownBy(() -> sink().commit(new BatchTime(1), 0, List.of("a")))
                .hasMessageContaining("was claimed by a job with a checkpoint directory");
    }

    @Test
    void goesOnInADirectoryThatWasWrittenBeforeThereWereNumbers() throws Exception {
        FileSink<String> old = sink();
        old.commit(new BatchTime(1000), 0, List.of("old"));
        old.close();

        FileSink<String> sink = sink();
        assertThat(sink.claim(claim(1))).isEmpty();
        assertThat(sink.commit(batch(1, 1), List.of("new"))).isTrue();
        sink.close();

        assertThat(written()).containsExactly("old", "new");
        assertThat(ManifestReader.of(directory).manifests())
                .extracting(Manifest::number)
                .containsExactly(OptionalLong.empty(), OptionalLong.of(1));
    }

    @Test
    void findsTheNewestBatchOfAPartitionInArchives() throws Exception {
        FileSink<String> sink = new FileSink<>(directory, TextFormat.lines(), "part", Rolling.DEFAULT, 3, point -> {});
        sink.claim(claim(1));
        sink.commit(new OutputCommit(claim(1), 1, new BatchTime(1), 7), List.of("of partition 7"));
        for (int number = 1; number <= 20; number++) {
            sink.commit(batch(1, number), List.of("batch " + number));
        }
        sink.close();

        FileSink<String> next = new FileSink<>(directory, TextFormat.lines(), "part", Rolling.DEFAULT, 3, point -> {});
        assertThat(next.claim(claim(2))).isEqualTo(OptionalLong.of(20));
        assertThat(next.commit(new OutputCommit(claim(2), 1, new BatchTime(1), 7), List.of("again")))
                .isFalse();
        assertThat(next.commit(new OutputCommit(claim(2), 2, new BatchTime(2), 7), List.of("more")))
                .isTrue();
        next.close();
        assertThat(written()).hasSize(22).doesNotContain("again");
    }
}
