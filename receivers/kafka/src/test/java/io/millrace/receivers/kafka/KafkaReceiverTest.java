// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.ConfigFactory;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** The receiver on a real broker. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KafkaReceiverTest {

    private ActorSystem<Void> system;
    private TestTopic topic;
    private final List<OpenReceiver> open = new ArrayList<>();

    @SuppressWarnings("NullAway") // JUnit calls startSystem() and begin() first
    KafkaReceiverTest() {}

    @BeforeAll
    void startSystem() {
        system = ActorSystem.create(
                Behaviors.empty(),
                "kafka-receiver",
                ConfigFactory.parseMap(Map.of("akka.loglevel", "OFF", "akka.daemonic", true))
                        .withFallback(ConfigFactory.load()));
    }

    @AfterAll
    void endSystem() {
        system.terminate();
    }

    @BeforeEach
    void begin() throws Exception {
        topic = new TestTopic(1);
    }

    @AfterEach
    void end() {
        open.forEach(OpenReceiver::close);
        open.clear();
        topic.close();
    }

    private OpenReceiver run(KafkaReceiver<String> receiver) {
        return run(receiver, Map.of(), List.of());
    }

    private OpenReceiver run(
            KafkaReceiver<String> receiver, Map<String, Long> offsets, List<List<OffsetRange>> replays) {
        OpenReceiver running = new OpenReceiver(system, receiver, offsets, replays);
        open.add(running);
        return running;
    }

    private static List<String> values(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }

    /** The ranges of a partition, without the id of the topic. */
    private List<String> ranges(List<Delivery.Whole<String>> blocks, int partition) {
        return blocks.stream()
                .flatMap(block -> block.ranges().stream())
                .filter(range ->
                        Split.parse(range.split()).orElseThrow().partition().partition() == partition)
                .map(range -> "[" + range.from() + ".." + range.to() + ")")
                .toList();
    }

    // ---- exact ranges ----

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

    // ---- what is gone ----

    @Test
    void namesTheRangeThatRetentionTook() throws Exception {
        topic.say(0, values("a", 8));
        OpenReceiver first = run(topic.receiver().blocks(2, 1 << 20));
        first.next();
        first.close();
        topic.deleteBefore(0, 5);

        OpenReceiver next = run(topic.receiver(), first.offsetsAfter(), List.of());

        assertThatThrownBy(next::next)
                .isInstanceOf(OffsetsLostException.class)
                .hasMessageContaining(topic.name + "-0[2..5) is lost: retention has passed")
                .satisfies(e -> assertThat(((OffsetsLostException) e).range())
                        .isEqualTo(new OffsetRange(topic.name + "-0", 2, 5)));
    }

    @Test
    void goesOnBehindWhatRetentionTookIfItIsTold() throws Exception {
        topic.say(0, values("a", 8));
        OpenReceiver first = run(topic.receiver().blocks(2, 1 << 20));
        first.next();
        first.close();
        topic.deleteBefore(0, 5);

        OpenReceiver next = run(topic.receiver().onLoss(OnTrouble.GO_ON), first.offsetsAfter(), List.of());

        assertThat(next.records(3)).isEqualTo(List.of("a5", "a6", "a7"));
        assertThat(ranges(next.taken(), 0)).isEqualTo(List.of("[2..8)"));
        assertThat(next.report()).contains(topic.name + "-0[2..5) is lost").contains("going on");
    }

    @Test
    void namesTheRangeOfABlockThatCannotBeReadAgain() throws Exception {
        topic.say(0, values("a", 8));
        OpenReceiver first = run(topic.receiver().blocks(4, 1 << 20));
        List<OffsetRange> planned = first.next().ranges();
        first.close();
        topic.deleteBefore(0, 3);

        OpenReceiver next = run(topic.receiver(), Map.of(), List.of(planned));
        assertThatThrownBy(next::next)
                .isInstanceOf(OffsetsLostException.class)
                .hasMessageContaining(topic.name + "-0[0..3) is lost");

        OpenReceiver going = run(topic.receiver().onLoss(OnTrouble.GO_ON), Map.of(), List.of(planned));
        assertThat(going.next().records()).isEqualTo(List.of("a3"));
        assertThat(going.taken().get(0).ranges()).isEqualTo(planned);
        assertThat(going.records(4)).isEqualTo(List.of("a4", "a5", "a6", "a7"));
    }

    @Test
    void noticesATopicThatWasCreatedAgain() throws Exception {
        topic.say(0, values("old", 3));
        OpenReceiver first = run(topic.receiver());
        first.records(3);
        first.close();
        topic.delete();
        topic.create(1);
        topic.say(0, values("new", 9));

        OpenReceiver next = run(topic.receiver(), first.offsetsAfter(), List.of());
        assertThatThrownBy(next::next)
                .isInstanceOf(OffsetsLostException.class)
                .hasMessageContaining("what " + topic.name + "-0 had from 3 on is lost")
                .hasMessageContaining("created again");

        OpenReceiver going = run(topic.receiver().onLoss(OnTrouble.GO_ON), first.offsetsAfter(), List.of());
        assertThat(going.records(9)).isEqualTo(values("new", 9));
        assertThat(going.taken().get(0).ranges().get(0).split())
                .as("another split, whose offsets begin anew")
                .isNotEqualTo(first.taken().get(0).ranges().get(0).split());
    }

    @Test
    void noticesThatTheTopicIsCreatedAgainWhileItReads() throws Exception {
        topic.say(0, values("old", 3));
        OpenReceiver running = run(topic.receiver().onLoss(OnTrouble.GO_ON).discoverEvery(Duration.ofMillis(20)));
        running.records(3);

        topic.delete();
        topic.create(1);
        topic.say(0, values("new", 9));

        assertThat(running.records(9)).isEqualTo(values("new", 9));
        assertThat(running.report()).contains("what " + topic.name + "-0 had from 3 on is lost");
    }

    @Test
    void failsWhenTheTopicIsDeletedWhileItReads() throws Exception {
        topic.say(0, values("old", 3));
        OpenReceiver running = run(topic.receiver().discoverEvery(Duration.ofMillis(20)));
        running.records(3);

        topic.delete();

        assertThatThrownBy(running::next)
                .isInstanceOf(OffsetsLostException.class)
                .hasMessageContaining("the topic was deleted");
    }

    @Test
    void namesWhatWasCutOffAtTheEnd() throws Exception {
        topic.say(0, values("a", 3));
        OpenReceiver first = run(topic.receiver());
        first.records(3);
        first.close();
        Map<String, Long> ahead = new TreeMap<>(first.offsetsAfter());
        ahead.replaceAll((split, offset) -> 7L);

        OpenReceiver next = run(topic.receiver(), ahead, List.of());
        assertThatThrownBy(next::next)
                .isInstanceOf(OffsetsLostException.class)
                .hasMessageContaining(topic.name + "-0[3..7) is lost: the end was cut off");

        OpenReceiver going = run(topic.receiver().onLoss(OnTrouble.GO_ON), ahead, List.of());
        assertThat(going.report()).contains("[3..7) is lost");
        topic.say(0, List.of("b", "c"));
        assertThat(going.records(2)).isEqualTo(List.of("b", "c"));
        OpenReceiver later = run(topic.receiver(), going.offsetsAfter(), List.of());
        topic.say(0, List.of("d"));
        assertThat(later.records(1)).isEqualTo(List.of("d"));
        assertThat(ranges(later.taken(), 0)).isEqualTo(List.of("[5..6)"));
    }

    // ---- bad records ----

    @Test
    void namesTheRecordThatCannotBeRead() throws Exception {
        topic.say(0, List.of("1", "2", "three", "4"));

        OpenReceiver running = run(parsing(OnTrouble.FAIL));

        assertThat(running.records(2)).isEqualTo(List.of("1", "2"));
        assertThatThrownBy(running::next).hasMessage("the record 2 of " + topic.name + "-0 could not be read");
    }

    @Test
    void leavesOutARecordThatCannotBeReadIfItIsTold() throws Exception {
        topic.say(0, List.of("1", "2", "three", "4"));

        OpenReceiver running = run(parsing(OnTrouble.GO_ON));

        assertThat(running.records(3)).isEqualTo(List.of("1", "2", "4"));
        assertThat(running.report()).contains("the record 2 of " + topic.name + "-0");
        assertThat(running.offsetsAfter()).containsValue(4L);
    }

    private KafkaReceiver<String> parsing(OnTrouble onBadRecord) {
        return KafkaReceiver.<String, String, String>mapping(
                        topic.broker.client(),
                        List.of(topic.name),
                        new StringDeserializer(),
                        new StringDeserializer(),
                        record -> String.valueOf(Integer.parseInt(String.valueOf(record.value()))))
                .from(StartingOffsets.earliest())
                .onBadRecord(onBadRecord);
    }

    // ---- bounds ----

    @Test
    void doesNotPollWhenNobodyTakesWhatIsThere() throws Exception {
        AtomicInteger read = new AtomicInteger();
        topic.say(0, values("x".repeat(100), 5000));
        Map<String, Object> properties = topic.broker.client();
        properties.put("max.poll.records", 100);
        OpenReceiver running = run(KafkaReceiver.<String, String, String>mapping(
                        properties, List.of(topic.name), new StringDeserializer(), new StringDeserializer(), record -> {
                            read.incrementAndGet();
                            return record.value();
                        })
                .from(StartingOffsets.earliest())
                .blocks(10, 1 << 20)
                .buffer(20_000));
        running.next();

        awaitFull();
        assertThat(read.get()).isBetween(100, 400);
        running.records(4990);
        assertThat(read.get()).isEqualTo(5000);
    }

    private void awaitFull() {
        Waiting.until(() -> Thread.getAllStackTraces().entrySet().stream()
                .anyMatch(thread -> thread.getKey().getName().startsWith("millrace-kafka " + topic.name)
                        && List.of(thread.getValue()).stream()
                                .anyMatch(frame -> frame.getMethodName().equals("awaitRoom"))
                        && thread.getKey().getState() == Thread.State.WAITING));
    }

    @Test
    void endsItsThreadWhenItIsClosed() throws Exception {
        topic.say(0, List.of("a"));
        OpenReceiver running = run(topic.receiver());
        running.records(1);

        running.close();

        Waiting.until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("millrace-kafka " + topic.name)));
    }

    // ---- the broker ----

    @Test
    void tellsTheBrokerHowFarTheTopicCountsIfItIsTold() throws Exception {
        topic.say(0, values("a", 4));
        String group = "group-" + topic.name;
        OpenReceiver running = run(topic.receiver().commitTo(group));

        running.records(4);

        Waiting.until(() -> topic.committed(group, 0) == 4);
        running.close();
        OpenReceiver again = run(topic.receiver().commitTo(group));
        assertThat(again.records(4)).as("it does not go by them").isEqualTo(values("a", 4));
    }

    @Test
    void waitsForATopicThatIsNotThere() {
        OpenReceiver running = run(KafkaReceiver.<String, String, String>mapping(
                topic.broker.client(),
                List.of("nowhere-" + topic.name),
                new StringDeserializer(),
                new StringDeserializer(),
                record -> record.value()));

        assertThatThrownBy(running::next).hasMessage("there is no topic nowhere-" + topic.name);
    }

    @Test
    void namesThePropertiesThatAreNotTheUsersToSetAndPrintsNoValues() {
        Map<String, Object> properties = topic.broker.client();
        properties.put("sasl.jaas.config", "canary-7c1f");
        KafkaReceiver<KafkaRecord<String, String>> receiver =
                KafkaReceiver.of(properties, List.of(topic.name), new StringDeserializer(), new StringDeserializer());
        assertThat(receiver.toString() + receiver.name()).doesNotContain("canary");

        properties.put("group.id", "mine");
        assertThatThrownBy(() -> KafkaReceiver.of(
                        properties, List.of(topic.name), new StringDeserializer(), new StringDeserializer()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[group.id]")
                .hasMessageNotContaining("canary");
    }
}
