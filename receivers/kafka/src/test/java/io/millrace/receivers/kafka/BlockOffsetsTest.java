// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.receiver.Delivery;
import io.millrace.receiver.OffsetRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which offsets the blocks of a receiver have, where it begins and where it goes on, on a real broker. */
class BlockOffsetsTest extends ReceiverFixture {

    @Test
    void saysOfEveryBlockWhichOffsetsItHolds() throws Exception {
        topic.say(0, values("a", 25));

        OpenReceiver running = run(topic.receiver().blocks(10, 1 << 20));
        running.next();
        running.next();

        assertThat(running.taken().get(0).records()).isEqualTo(values("a", 25).subList(0, 10));
        assertThat(ranges(running.taken(), 0)).isEqualTo(List.of("[0..10)", "[10..20)"));
    }

    @Test
    void leavesOutWhatWasAbortedAndCountsItsOffsets() throws Exception {
        topic.transactional();
        topic.sayTogether(0, values("a", 2), true);
        topic.sayTogether(0, values("lost", 3), false);
        topic.sayTogether(0, values("b", 2), true);
        topic.sayTogether(0, values("gone", 1), false);

        OpenReceiver running = run(topic.receiver().blocks(2, 1 << 20));
        assertThat(running.records(4)).isEqualTo(List.of("a0", "a1", "b0", "b1"));
        topic.say(0, List.of("c"));
        assertThat(running.records(1)).isEqualTo(List.of("c"));

        assertThat(ranges(running.taken(), 0)).isEqualTo(List.of("[0..2)", "[2..9)", "[9..13)"));
    }

    @Test
    void goesOnExactlyWhereItWasCutOff() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        topic.partitions(3);
        topic.transactional();
        Map<Integer, List<String>> expected = new TreeMap<>();
        int all = 0;
        for (int i = 0; i < 40; i++) {
            int partition = random.nextInt(3);
            boolean commit = random.nextInt(3) > 0;
            List<String> values = values(partition + ":" + i + ":", 1 + random.nextInt(20));
            topic.sayTogether(partition, values, commit);
            if (commit) {
                expected.computeIfAbsent(partition, p -> new ArrayList<>()).addAll(values);
                all += values.size();
            }
        }

        Map<String, Long> offsets = Map.of();
        List<Delivery.Whole<String>> blocks = new ArrayList<>();
        int taken = 0;
        while (taken < all) {
            OpenReceiver running = run(topic.receiver().blocks(1 + random.nextInt(60), 1 << 20), offsets, List.of());
            for (int i = 1 + random.nextInt(4); i > 0 && taken < all; i--) {
                taken += running.next().records().size();
            }
            running.close();
            blocks.addAll(running.taken());
            offsets = running.offsetsAfter();
        }

        Map<Integer, List<String>> received = new TreeMap<>();
        blocks.forEach(block -> block.records()
                .forEach(value -> received.computeIfAbsent(
                                Integer.parseInt(value.substring(0, 1)), p -> new ArrayList<>())
                        .add(value)));
        assertThat(received).as("seed %d", seed).isEqualTo(expected);
        assertContinuous(blocks, seed);
    }

    private static void assertContinuous(List<Delivery.Whole<String>> blocks, long seed) {
        Map<String, Long> reached = new HashMap<>();
        for (Delivery.Whole<String> block : blocks) {
            for (OffsetRange range : block.ranges()) {
                Long before = reached.put(range.split(), range.to());
                assertThat(before == null || before == range.from())
                        .as("seed %d: %s continues what was read up to %s", seed, range, before)
                        .isTrue();
            }
        }
    }

    @Test
    void deliversTheSameBlocksAgainAndThenGoesOn() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        topic.partitions(2);
        topic.transactional();
        int all = 0;
        for (int i = 0; i < 20; i++) {
            boolean commit = random.nextInt(3) > 0;
            List<String> values = values(i + ":", 1 + random.nextInt(9));
            topic.sayTogether(random.nextInt(2), values, commit);
            all += commit ? values.size() : 0;
        }
        OpenReceiver first = run(topic.receiver().blocks(8, 1 << 20));
        first.records(all);
        first.close();
        List<Delivery.Whole<String>> blocks = first.taken();
        int counted = random.nextInt(blocks.size());
        int planned = counted + 1 + random.nextInt(blocks.size() - counted);

        OpenReceiver second = run(
                topic.receiver(),
                OpenReceiver.after(Map.of(), blocks.subList(0, counted)),
                blocks.subList(counted, planned).stream()
                        .map(Delivery.Whole::ranges)
                        .toList());
        for (int i = counted; i < planned; i++) {
            Delivery.Whole<String> again = second.next();
            assertThat(again.ranges())
                    .as("seed %d", seed)
                    .isEqualTo(blocks.get(i).ranges());
            assertThat(again.records())
                    .as("seed %d", seed)
                    .isEqualTo(blocks.get(i).records());
        }
        List<String> rest = blocks.subList(planned, blocks.size()).stream()
                .flatMap(block -> block.records().stream())
                .sorted()
                .toList();

        assertThat(second.records(rest.size()).stream().sorted().toList())
                .as("seed %d", seed)
                .isEqualTo(rest);
        List<Delivery.Whole<String>> continued = new ArrayList<>(blocks.subList(0, counted));
        continued.addAll(second.taken());
        assertContinuous(continued, seed);
    }

    // ---- where it begins ----

    @Test
    void remembersWhereAllPartitionsBeganThoughOneBroughtNothing() throws Exception {
        topic.partitions(2);
        topic.say(0, values("old", 4));
        topic.say(1, values("old", 6));
        OpenReceiver running = run(topic.receiver().from(StartingOffsets.latest()));
        awaitPolling();
        topic.say(0, List.of("new"));
        assertThat(running.records(1)).isEqualTo(List.of("new"));
        running.close();
        topic.say(1, List.of("later"));

        OpenReceiver next = run(topic.receiver().from(StartingOffsets.latest()), running.offsetsAfter(), List.of());

        assertThat(next.records(1)).isEqualTo(List.of("later"));
        assertThat(ranges(running.taken(), 1)).isEqualTo(List.of("[6..6)"));
    }

    @Test
    void remembersWhereItBeganThoughNothingCame() throws Exception {
        topic.partitions(2);
        topic.say(1, values("old", 3));
        OpenReceiver running = run(topic.receiver().from(StartingOffsets.latest()));
        assertThat(running.next().records()).as("a block that only says so").isEmpty();
        running.close();
        topic.say(0, List.of("a"));
        topic.say(1, List.of("b"));

        OpenReceiver next = run(topic.receiver().from(StartingOffsets.latest()), running.offsetsAfter(), List.of());

        assertThat(next.records(2)).containsExactlyInAnyOrder("a", "b");
        assertThat(ranges(next.taken(), 0)).isEqualTo(List.of("[0..1)"));
        assertThat(ranges(next.taken(), 1)).isEqualTo(List.of("[3..4)"));
    }

    @Test
    void remembersThatAnEmptyTopicWasBegun() throws Exception {
        OpenReceiver running = run(topic.receiver().from(StartingOffsets.latest()));
        List<OffsetRange> said = running.next().ranges();
        running.close();
        topic.say(0, List.of("a", "b"));

        OpenReceiver next = run(topic.receiver().from(StartingOffsets.latest()), running.offsetsAfter(), List.of());
        assertThat(next.records(2)).isEqualTo(List.of("a", "b"));
        next.close();

        OpenReceiver again = run(topic.receiver().from(StartingOffsets.latest()), Map.of(), List.of(said));
        assertThat(again.next().records())
                .as("the block that said so has no records when it is read again")
                .isEmpty();
        assertThat(again.records(2)).isEqualTo(List.of("a", "b"));
    }

    /** Waits until the thread of the receiver waits for records, so that it knows where it begins. */
    private void awaitPolling() {
        Waiting.until(() -> Thread.getAllStackTraces().entrySet().stream()
                .anyMatch(thread -> thread.getKey().getName().startsWith("millrace-kafka " + topic.name)
                        && List.of(thread.getValue()).stream()
                                .anyMatch(frame -> frame.getClassName().equals(Readings.class.getName())
                                        && frame.getMethodName().equals("poll"))));
    }

    @Test
    void beginsAtOffsetsAndTimes() throws Exception {
        for (int i = 0; i < 6; i++) {
            topic.sayAt(0, 1_000_000 + 1000 * i, "t" + i);
        }

        assertThat(run(topic.receiver().from(StartingOffsets.at(Map.of(topic.partition(0), 4L))))
                        .records(2))
                .isEqualTo(List.of("t4", "t5"));
        assertThat(run(topic.receiver().from(StartingOffsets.since(Instant.ofEpochMilli(1_002_500))))
                        .records(3))
                .isEqualTo(List.of("t3", "t4", "t5"));
    }

    @Test
    void findsPartitionsThatComeLaterAndReadsThemFromTheirBeginning() throws Exception {
        OpenReceiver running =
                run(topic.receiver().from(StartingOffsets.latest()).discoverEvery(Duration.ofMillis(20)));
        awaitPolling();
        topic.say(0, List.of("first"));
        assertThat(running.records(1)).isEqualTo(List.of("first"));

        topic.partitions(2);
        topic.say(1, List.of("second"));

        assertThat(running.records(1)).isEqualTo(List.of("second"));
        assertThat(ranges(running.taken(), 1)).isEqualTo(List.of("[0..1)"));
    }
}
