// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.kafka;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.ConfigFactory;
import io.millrace.receiver.Delivery;
import io.millrace.receiver.OffsetRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** A topic of a real broker for each test, and the receivers that read it. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ReceiverFixture {

    private ActorSystem<Void> system;
    TestTopic topic;
    private final List<OpenReceiver> open = new ArrayList<>();

    @SuppressWarnings("NullAway") // JUnit calls startSystem() and begin() first
    ReceiverFixture() {}

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

    OpenReceiver run(KafkaReceiver<String> receiver) {
        return run(receiver, Map.of(), List.of());
    }

    OpenReceiver run(KafkaReceiver<String> receiver, Map<String, Long> offsets, List<List<OffsetRange>> replays) {
        OpenReceiver running = new OpenReceiver(system, receiver, offsets, replays);
        open.add(running);
        return running;
    }

    static List<String> values(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }

    /** The ranges of a partition, without the id of the topic. */
    static List<String> ranges(List<Delivery.Whole<String>> blocks, int partition) {
        return blocks.stream()
                .flatMap(block -> block.ranges().stream())
                .filter(range ->
                        Split.parse(range.split()).orElseThrow().partition().partition() == partition)
                .map(range -> "[" + range.from() + ".." + range.to() + ")")
                .toList();
    }
}
