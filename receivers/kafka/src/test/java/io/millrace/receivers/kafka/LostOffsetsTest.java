// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.receiver.OffsetRange;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the receiver says of records that are there no more, on a real broker. */
class LostOffsetsTest extends ReceiverFixture {

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
    void waitsForATopicThatWasDeletedIfItIsTold() throws Exception {
        topic.say(0, values("old", 3));
        OpenReceiver running = run(topic.receiver().onLoss(OnTrouble.GO_ON).discoverEvery(Duration.ofMillis(20)));
        running.records(3);

        topic.delete();
        assertThat(running.report()).contains("the topic was deleted").contains("going on");
        OpenReceiver next = run(
                topic.receiver().onLoss(OnTrouble.GO_ON).discoverEvery(Duration.ofMillis(20)),
                running.offsetsAfter(),
                List.of());
        assertThat(next.report()).contains("the topic was deleted").contains("going on");
        topic.create(1);
        topic.say(0, values("new", 9));

        assertThat(running.records(9)).isEqualTo(values("new", 9));
        assertThat(next.records(9)).isEqualTo(values("new", 9));
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
}
