// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operator.BatchTime;
import io.millrace.stream.Batch;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemorySinkTest {

    private static BatchTime at(long millis) {
        return new BatchTime(millis);
    }

    @Test
    void keepsTheLastBatchesAndLetsOlderOnesGo() {
        MemorySink<String> sink = MemorySink.lastBatches(2);
        sink.write(at(1000), List.of("a"));
        sink.write(at(2000), List.of());
        sink.write(at(3000), List.of("b", "c"));

        assertThat(sink.batches())
                .containsExactly(new Batch<>(at(2000), List.of()), new Batch<>(at(3000), List.of("b", "c")));
        assertThat(sink.all()).containsExactly("b", "c");
        assertThat(sink.last()).contains(new Batch<>(at(3000), List.of("b", "c")));
    }

    @Test
    void answersByTime() {
        MemorySink<String> sink = MemorySink.lastBatches(3);
        assertThat(sink.last()).isEmpty();
        sink.write(at(1000), List.of("a"));
        sink.write(at(2000), List.of());
        sink.write(at(3000), List.of("c"));

        assertThat(sink.byTime(at(1000))).contains(List.of("a"));
        assertThat(sink.byTime(at(2000))).contains(List.of());
        assertThat(sink.byTime(at(1500))).isEmpty();
        assertThat(sink.byTime(at(1500), at(3000))).extracting(Batch::time).containsExactly(at(2000), at(3000));
    }

    @Test
    void keepsNoMoreRecordsThanAllowed() {
        MemorySink<Integer> sink = MemorySink.lastBatches(10, 5);
        sink.write(at(1000), List.of(1, 2, 3));
        sink.write(at(2000), List.of(4, 5));
        assertThat(sink.all()).hasSize(5);

        sink.write(at(3000), List.of(6));

        assertThat(sink.all()).containsExactly(4, 5, 6);
    }

    @Test
    void refusesABatchThatAloneIsTooLargeAndKeepsWhatItHas() {
        MemorySink<Integer> sink = MemorySink.lastBatches(10, 2);
        sink.write(at(1000), List.of(1));

        assertThatThrownBy(() -> sink.write(at(2000), List.of(2, 3, 4)))
                .hasMessage("the batch 2000 ms has 3 records, more than the maxRecords = 2 of the memory sink");

        assertThat(sink.all()).containsExactly(1);
    }

    @Test
    void takesABatchThatIsWrittenAgainForTheSameBatch() {
        MemorySink<Integer> sink = MemorySink.lastBatches(10, 3);
        sink.write(at(1000), List.of(1, 2));
        sink.write(at(1000), List.of(1, 2));
        sink.write(at(2000), List.of(3));

        assertThat(sink.all()).containsExactly(1, 2, 3);
    }

    @Test
    void answersSnapshotsWhileBatchesAreWritten() throws Exception {
        MemorySink<Integer> sink = MemorySink.lastBatches(3);
        Thread writer = new Thread(() ->
                IntStream.rangeClosed(1, 5000).forEach(batch -> sink.write(at(batch), List.of(batch, batch))));
        writer.start();

        boolean over = false;
        while (!over) {
            over = !writer.isAlive();
            List<Batch<Integer>> seen = sink.batches();
            assertThat(seen).hasSizeLessThanOrEqualTo(3);
            assertThat(seen)
                    .allSatisfy(batch -> assertThat(batch.records())
                            .containsExactly((int) batch.time().millis(), (int)
                                    batch.time().millis()));
        }
        writer.join();

        assertThat(sink.batches()).extracting(batch -> batch.time().millis()).containsExactly(4998L, 4999L, 5000L);
    }

    @Test
    void namesABoundThatMakesNoSense() {
        assertThatThrownBy(() -> MemorySink.lastBatches(0)).hasMessage("maxBatches must be >= 1, but is 0");
        assertThatThrownBy(() -> MemorySink.lastBatches(1, 0)).hasMessage("maxRecords must be >= 1, but is 0");
    }
}
