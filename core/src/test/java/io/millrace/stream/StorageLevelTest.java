// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operator.Pair;
import io.millrace.operator.record.MapOperator;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StorageLevelTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final StreamGraph graph = new StreamGraph(SECOND);
    private final DStream<String> lines = new DStream<>(
            graph, graph.add(new MapOperator<String, String>("lines", line -> line), List.of()), graph.interval());

    @Test
    void levelsHaveTheNamesAndPartsOfSpark() {
        assertThat(StorageLevel.fromString("MEMORY_AND_DISK_SER_2"))
                .isEqualTo(StorageLevel.MEMORY_AND_DISK_SER_2)
                .isEqualTo(new StorageLevel(true, true, false, false, 2));
        assertThat(StorageLevel.fromString("OFF_HEAP").useOffHeap()).isTrue();
        assertThat(StorageLevel.DISK_ONLY_3.replication()).isEqualTo(3);
        assertThat(StorageLevel.NONE.isValid()).isFalse();
        assertThatThrownBy(() -> StorageLevel.fromString("TAPE"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("TAPE");
        assertThatThrownBy(() -> new StorageLevel(true, true, false, true, 40)).hasMessageContaining("1..39");
        assertThatThrownBy(() -> new StorageLevel(true, true, false, true, 0)).hasMessageContaining("1..39");
        assertThatThrownBy(() -> new StorageLevel(true, true, true, true, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aStreamIsPersistedAtALevelUntilTheStart() {
        PairDStream<String, Long> pairs = lines.mapToPair(line -> Pair.of(line, 1L))
                .persist(StorageLevel.DISK_ONLY)
                .checkpoint(SECOND);
        lines.cache();

        assertThat(graph.storageLevel(lines.node())).isEqualTo(StorageLevel.MEMORY_ONLY_SER);
        assertThat(graph.storageLevel(pairs.node())).isEqualTo(StorageLevel.DISK_ONLY);
        assertThat(graph.checkpointInterval(pairs.node())).contains(SECOND);
        assertThat(graph.checkpointInterval(lines.node())).isEmpty();
        assertThatThrownBy(() -> lines.persist(new StorageLevel(false, false, false, true, 2)))
                .isInstanceOf(IllegalArgumentException.class);
        graph.freeze();
        assertThatThrownBy(lines::persist).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(pairs::cache).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> lines.checkpoint(SECOND)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> lines.remember(SECOND)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aCheckpointIntervalIsAMultipleOfTheSlide() {
        DStream<String> slow = lines.window(SECOND.multipliedBy(2), SECOND.multipliedBy(2));
        slow.checkpoint(SECOND.multipliedBy(4));
        slow.map(line -> line).named("late").checkpoint(SECOND.multipliedBy(3));

        assertThatThrownBy(graph::freeze)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The checkpoint interval of late must be a positive multiple of its slide (2000 ms), but is"
                        + " PT3S");
    }
}
