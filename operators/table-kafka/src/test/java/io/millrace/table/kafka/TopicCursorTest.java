// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.receiver.Delivery;
import io.millrace.receiver.OffsetRange;
import io.millrace.table.source.RangeReceiver;
import io.millrace.table.testkit.RangeOpening;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What each batch has of some topics whose ends are known. */
class TopicCursorTest {

    private static RangeReceiver<TopicEnds.Found> cursor(
            Map<String, Long> begins, Map<String, Long> ends, long most, boolean fails) {
        Map<TopicPartition, Long> byPartition = new HashMap<>();
        ends.forEach((split, end) -> byPartition.put(TopicRange.partition(split), end));
        Map<String, Long> firsts = new HashMap<>();
        begins.keySet().forEach(split -> firsts.put(split, 0L));
        TopicEnds topics =
                new TopicEnds(Map.of(), new Subscription(List.of("t"), Optional.empty()), Offsets.earliest());
        return new RangeReceiver<>(
                "t",
                new TopicCursor(topics, most, fails),
                Optional.of(new TopicEnds.Found(begins, firsts, byPartition)),
                Duration.ZERO,
                task -> {});
    }

    private static List<OffsetRange> ranges(List<Delivery.Whole<String>> blocks) {
        return blocks.stream().flatMap(block -> block.ranges().stream()).toList();
    }

    @Test
    void batchesHaveAllOffsetsOnceAndNoMoreThanIsAskedFor() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Map<String, Long> begins = new TreeMap<>();
            Map<String, Long> ends = new TreeMap<>();
            long total = 0;
            for (int partition = 0; partition < 1 + random.nextInt(4); partition++) {
                long begin = random.nextInt(100);
                long count = random.nextInt(3) == 0 ? 0 : random.nextInt(60_000);
                begins.put("t-" + partition, begin);
                ends.put("t-" + partition, begin + count);
                total += count;
            }
            long most = random.nextBoolean() ? Long.MAX_VALUE : 1 + random.nextInt(20_000) + total / 20;
            RangeReceiver<TopicEnds.Found> cursor = cursor(begins, ends, most, true);
            cursor.open(new RangeOpening(Map.of(), List.of(), new ArrayList<>()));
            Map<String, Long> read = new TreeMap<>(begins);
            int batches = 0;
            while (!cursor.isDrained()) {
                long given = 0;
                for (OffsetRange range : ranges(cursor.next(Instant.EPOCH))) {
                    assertThat(range.from())
                            .as("seed %d: %s goes on", seed, range)
                            .isEqualTo(read.get(range.split()));
                    read.put(range.split(), range.to());
                    given += range.to() - range.from();
                }
                assertThat(given).as("seed %d", seed).isLessThanOrEqualTo(most);
                batches++;
                assertThat(batches).as("seed %d comes to an end", seed).isLessThan(100);
            }
            assertThat(read).as("seed %d", seed).isEqualTo(ends);
        }
    }

    @Test
    void goesOnWhereItWasUnderTheNamesThatAreKnown() {
        RangeReceiver<TopicEnds.Found> cursor =
                cursor(Map.of("t-0", 0L, "t-1", 7L), Map.of("t-0", 9L, "t-1", 9L), Long.MAX_VALUE, true);
        cursor.open(new RangeOpening(Map.of("t-0@AbC_-1", 5L), List.of(), new ArrayList<>()));

        assertThat(ranges(cursor.next(Instant.EPOCH)))
                .as("a partition that came later begins at its beginning")
                .containsExactlyInAnyOrder(new OffsetRange("t-0@AbC_-1", 5, 9), new OffsetRange("t-1", 0, 9));
    }

    @Test
    void readsPlannedBlocksAgainFirst() {
        RangeReceiver<TopicEnds.Found> cursor = cursor(Map.of("t-0", 0L), Map.of("t-0", 9L), Long.MAX_VALUE, true);
        List<OffsetRange> planned = List.of(new OffsetRange("t-0", 2, 4));
        cursor.open(new RangeOpening(Map.of("t-0", 2L), List.of(planned), new ArrayList<>()));

        assertThat(cursor.isDrained()).isFalse();
        List<Delivery.Whole<String>> again = cursor.next(Instant.EPOCH);
        assertThat(again).singleElement().satisfies(block -> {
            assertThat(block.ranges()).isEqualTo(planned);
            assertThat(block.records()).containsExactly("t-0[2..4)");
        });
        assertThat(ranges(cursor.next(Instant.EPOCH))).containsExactly(new OffsetRange("t-0", 4, 9));
        assertThat(cursor.isDrained()).isTrue();
    }

    @Test
    void anEndThatWasCutOffEndsTheSourceOrBeginsAnotherSplit() {
        RangeReceiver<TopicEnds.Found> strict = cursor(Map.of("t-0", 0L), Map.of("t-0", 3L), Long.MAX_VALUE, true);
        strict.open(new RangeOpening(Map.of("t-0", 5L), List.of(), new ArrayList<>()));
        assertThatThrownBy(() -> strict.next(Instant.EPOCH)).hasMessageContaining("t-0 was read up to 5 but ends at 3");

        List<String> errors = new ArrayList<>();
        RangeReceiver<TopicEnds.Found> lenient = cursor(Map.of("t-0", 0L), Map.of("t-0", 3L), Long.MAX_VALUE, false);
        lenient.open(new RangeOpening(Map.of("t-0", 5L), List.of(), errors));
        assertThat(ranges(lenient.next(Instant.EPOCH))).containsExactly(new OffsetRange("t-0~1", 3, 3));
        assertThat(errors).singleElement().asString().contains("going on");
    }
}
