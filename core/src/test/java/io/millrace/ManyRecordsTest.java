// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import akka.stream.javadsl.Source;
import io.millrace.operator.BatchTime;
import io.millrace.operator.Exchange;
import io.millrace.operator.ManyRecords;
import io.millrace.operator.OutputOperator;
import io.millrace.operator.PartitionContext;
import io.millrace.operator.PartitionOperator;
import io.millrace.operator.PartitionTask;
import io.millrace.operator.Step;
import io.millrace.receiver.Feed;
import io.millrace.receiver.Receiver;
import io.millrace.receiver.ReceiverContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A few values that stand for many records are worked on by several tasks of an executor at once. */
class ManyRecordsTest {

    private static final int WAIT_SECONDS = 30;

    private record Rows(int records) implements ManyRecords {}

    private record One() implements Receiver<String> {
        @Override
        public String name() {
            return "one";
        }

        @Override
        public Feed<String> open(ReceiverContext context) {
            return Feed.records(Source.single("one").concat(Source.maybe()));
        }
    }

    /** Each partition that gets something waits, when it has all of it, for another one that does. */
    private record Meeting(CountDownLatch both) implements PartitionOperator<Rows, Object, Rows, Boolean> {
        @Override
        public String kind() {
            return "meeting";
        }

        @Override
        public Exchange exchange() {
            return Exchange.EVENLY;
        }

        @Override
        public int partitions() {
            return 2;
        }

        @Override
        public PartitionTask<Object, Rows> open(PartitionContext context, Step<Boolean> out) {
            return new PartitionTask<>() {
                private boolean came;

                @Override
                public void begin() {
                    came = false;
                }

                @Override
                public void add(int input, Object key, int hash, Object value) {
                    came = true;
                }

                @Override
                public void finish() throws Exception {
                    if (came) {
                        both.countDown();
                        out.push(both.await(WAIT_SECONDS, TimeUnit.SECONDS));
                    }
                }
            };
        }
    }

    private record Into(BlockingQueue<Boolean> queue) implements OutputOperator<Boolean> {
        @Override
        public String kind() {
            return "into";
        }

        @Override
        public void write(BatchTime time, List<Boolean> records) {
            queue.addAll(records);
        }
    }

    @Test
    void twoTasksWorkOnTwoValues() throws Exception {
        BlockingQueue<Boolean> met = new LinkedBlockingQueue<>();
        try (StreamingContext context = StreamingContext.builder("many")
                .batchInterval(Duration.ofMillis(500))
                .executors(1)
                .slots(2)
                .replication(1)
                .build()) {
            context.receiverStream(new One())
                    .flatMap(name -> List.of(new Rows(100_000), new Rows(100_000)))
                    .apply(new Meeting(new CountDownLatch(2)))
                    .output(new Into(met));
            context.start();

            assertThat(met.poll(2 * WAIT_SECONDS, TimeUnit.SECONDS))
                    .as("the one task was there while the other was")
                    .isTrue();
        }
    }
}
