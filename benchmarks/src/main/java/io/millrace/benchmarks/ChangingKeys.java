// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import akka.NotUsed;
import akka.stream.javadsl.Source;
import io.millrace.receiver.Feed;
import io.millrace.receiver.Receiver;
import io.millrace.receiver.ReceiverContext;
import java.time.Duration;
import java.util.stream.LongStream;

/**
 * Emits so many keys once per interval, a step of a large prime apart so that they come from everywhere.
 *
 * @param keys how many keys there are, from 0
 * @param perInterval how many come at once
 * @param interval how often
 */
record ChangingKeys(int keys, int perInterval, Duration interval) implements Receiver<Long> {

    private static final long STEP = 1_000_003;

    @Override
    public String name() {
        return "changing keys";
    }

    @Override
    public Feed<Long> open(ReceiverContext context) {
        Source<Long, NotUsed> source = Source.tick(Duration.ZERO, interval, NotUsed.getInstance())
                .mapMaterializedValue(tick -> NotUsed.getInstance())
                .zipWithIndex()
                .mapConcat(tick -> () -> LongStream.range(0, perInterval)
                        .map(i -> ((long) tick.second() * perInterval + i) * STEP % keys)
                        .iterator());
        return Feed.records(source);
    }
}
