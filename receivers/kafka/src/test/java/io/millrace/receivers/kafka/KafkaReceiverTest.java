// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

/** Bad records, bounds and the threads of the receiver, on a real broker. */
class KafkaReceiverTest extends ReceiverFixture {

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
