// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.receiver.Delivery;
import io.millrace.receiver.OffsetRange;
import io.millrace.receiver.ReceiverContext;
import io.millrace.table.AnalysisException;
import io.millrace.table.testkit.RangeOpening;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** When a source is looked at, what its batches have, and what becomes of a look that fails or comes too late. */
class RangeReceiverTest {

    private static final Duration BETWEEN = Duration.ofMillis(100);

    /** One split, of which it is looked up how far it goes; a batch has all of it, in blocks of ten. */
    private static final class Counter implements RangeCursor<Long> {
        private Callable<Long> look = () -> 0L;
        private long next;
        private long end;

        @Override
        public void begin(Map<String, Long> offsets) {
            next = offsets.getOrDefault("s", 0L);
            end = next;
        }

        @Override
        public void given(List<OffsetRange> ranges) {
            next = ranges.get(0).to();
            end = Math.max(end, next);
        }

        @Override
        public Callable<Long> look() {
            return look;
        }

        @Override
        public void take(Long found, ReceiverContext context) {
            if (found < next) {
                throw new IllegalStateException("it was read up to " + next + " but ends at " + found);
            }
            end = found;
        }

        @Override
        public List<List<OffsetRange>> next() {
            List<List<OffsetRange>> blocks = new ArrayList<>();
            for (; next < end; next = Math.min(end, next + 10)) {
                blocks.add(List.of(new OffsetRange("s", next, Math.min(end, next + 10))));
            }
            return blocks;
        }

        @Override
        public boolean isAllGiven() {
            return next >= end;
        }

        @Override
        public String text(OffsetRange range) {
            return range.toString();
        }
    }

    private final Counter cursor = new Counter();
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final List<String> errors = new ArrayList<>();

    private RangeReceiver<Long> receiver(Optional<Long> fixed, Executor looking) {
        return new RangeReceiver<>("source", cursor, fixed, BETWEEN, looking);
    }

    private RangeOpening context(long offset, OffsetRange... again) {
        List<List<OffsetRange>> replays = new ArrayList<>();
        for (OffsetRange range : again) {
            replays.add(List.of(range));
        }
        return new RangeOpening(offset == 0 ? Map.of() : Map.of("s", offset), replays, errors);
    }

    private static List<String> texts(RangeReceiver<Long> receiver, long millis) {
        return receiver.next(Instant.ofEpochMilli(millis)).stream()
                .map(Delivery.Whole::records)
                .flatMap(List::stream)
                .toList();
    }

    @Test
    void looksWhenAllIsGivenAndNotTooOften() {
        RangeReceiver<Long> receiver = receiver(Optional.empty(), waiting::add);
        receiver.open(context(0));
        cursor.look = () -> 15L;

        assertThat(texts(receiver, 0)).isEmpty();
        assertThat(texts(receiver, 200)).isEmpty();
        assertThat(waiting).as("one look at a time").hasSize(1);
        waiting.remove().run();
        assertThat(receiver.isDrained()).isFalse();
        assertThat(texts(receiver, 250)).containsExactly("s[0..10)", "s[10..15)");
        assertThat(waiting).as("it looks again when all is given").hasSize(1);
        waiting.remove().run();
        assertThat(texts(receiver, 349)).isEmpty();
        assertThat(waiting).as("not so soon again").isEmpty();
        assertThat(texts(receiver, 350)).isEmpty();
        assertThat(waiting).hasSize(1);
        assertThat(receiver.isDrained()).isTrue();
    }

    @Test
    void nothingIsDrainedBeforeItIsOpened() {
        RangeReceiver<Long> receiver = receiver(Optional.of(0L), waiting::add);

        assertThat(receiver.isDrained()).isFalse();
        receiver.open(context(0));
        assertThat(receiver.isDrained()).isTrue();
    }

    @Test
    void givesPlannedBlocksFirstAndThenOnlyWhatTheyLeave() {
        RangeReceiver<Long> receiver = receiver(Optional.of(9L), waiting::add);
        receiver.open(context(2, new OffsetRange("s", 2, 4), new OffsetRange("s", 4, 5)));

        assertThat(receiver.isDrained()).isFalse();
        assertThat(receiver.next(Instant.EPOCH)).singleElement().satisfies(block -> {
            assertThat(block.ranges()).containsExactly(new OffsetRange("s", 2, 4));
            assertThat(block.records()).containsExactly("s[2..4)");
        });
        assertThat(texts(receiver, 0)).containsExactly("s[4..5)");
        assertThat(texts(receiver, 0)).containsExactly("s[5..9)");
        assertThat(texts(receiver, 0)).isEmpty();
        assertThat(waiting).as("what is fixed is not looked for").isEmpty();
        assertThat(receiver.isDrained()).isTrue();
    }

    @Test
    void aLookThatFailsIsReportedAndTriedAgain() {
        RangeReceiver<Long> receiver = receiver(Optional.empty(), Runnable::run);
        receiver.open(context(0));
        cursor.look = () -> {
            throw new IOException("no answer");
        };
        assertThat(texts(receiver, 0)).isEmpty();
        assertThat(errors).containsExactly("cannot look up what there is of source: no answer");

        cursor.look = () -> 3L;
        assertThat(texts(receiver, 100)).isEmpty();
        assertThat(texts(receiver, 200)).containsExactly("s[0..3)");
    }

    @Test
    void aLookForWhichThereIsNoRoomIsReportedAndTriedAgain() {
        List<String> full = new ArrayList<>(List.of("full"));
        RangeReceiver<Long> receiver = receiver(Optional.empty(), look -> {
            if (!full.isEmpty()) {
                throw new RejectedExecutionException(full.remove(0));
            }
            look.run();
        });
        receiver.open(context(0));
        cursor.look = () -> 3L;

        assertThat(texts(receiver, 0)).isEmpty();
        assertThat(errors).containsExactly("cannot look up what there is of source: full");
        assertThat(texts(receiver, 100)).isEmpty();
        assertThat(texts(receiver, 200)).containsExactly("s[0..3)");
    }

    @Test
    void aSourceThatCannotBeReadOnFailsUntilItCan() {
        RangeReceiver<Long> receiver = receiver(Optional.empty(), Runnable::run);
        receiver.open(context(5));
        cursor.look = () -> 3L;
        assertThat(texts(receiver, 0)).isEmpty();
        assertThatThrownBy(() -> texts(receiver, 100))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("it was read up to 5 but ends at 3");

        cursor.look = () -> 7L;
        receiver.open(context(5));
        assertThat(texts(receiver, 200)).isEmpty();
        assertThat(texts(receiver, 300)).containsExactly("s[5..7)");
    }

    @Test
    void aSourceThatIsNotThereFails() {
        RangeReceiver<Long> receiver = receiver(Optional.empty(), Runnable::run);
        receiver.open(context(0));
        cursor.look = () -> {
            throw new AnalysisException("UNKNOWN", "there is no such source");
        };

        assertThat(texts(receiver, 0)).isEmpty();
        assertThatThrownBy(() -> texts(receiver, 100)).hasMessageContaining("there is no such source");
    }

    @Test
    void whatALookOfAnEarlierLifeFindsCountsNoMore() {
        RangeReceiver<Long> receiver = receiver(Optional.empty(), waiting::add);
        receiver.open(context(0));
        cursor.look = () -> 3L;
        assertThat(texts(receiver, 0)).isEmpty();
        receiver.open(context(5));
        waiting.remove().run();
        cursor.look = () -> 8L;

        assertThat(texts(receiver, 100))
                .as("3 would be less than what was read")
                .isEmpty();
        waiting.remove().run();
        assertThat(texts(receiver, 200)).containsExactly("s[5..8)");
    }
}
