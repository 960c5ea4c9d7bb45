// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import akka.NotUsed;
import akka.stream.javadsl.Source;
import io.millrace.StreamingContext;
import io.millrace.operator.Pair;
import io.millrace.receivers.stream.StreamReceiver;
import io.millrace.stream.StateSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A durable job with a state of so many keys; says when all of them came, and when a batch has something in it. Ends when it is killed. */
@Command(name = "KeptKeys", mixinStandardHelpOptions = true, description = "A durable job that is to be killed.")
public final class KeptKeys implements Callable<Integer> {

    private static final String VALUE = "0123456789".repeat(8);

    @Option(names = "--directory", required = true, description = "the checkpoint directory")
    private Path directory = Path.of("");

    @Option(names = "--keys", description = "how many keys come, 0 = a key that came before (${DEFAULT-VALUE})")
    private int keys;

    @Option(names = "--stateless", description = "nothing is kept")
    private boolean stateless;

    private final AtomicLong seen = new AtomicLong();

    private KeptKeys() {}

    /** Runs the job until it is killed. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new KeptKeys()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        StreamingContext context = StreamingContext.builder("kept-keys")
                .batchInterval(Duration.ofMillis(100))
                .checkpoint(directory)
                .build();
        var pairs = context.receiverStream(StreamReceiver.of("keys", this::source))
                .named("keys")
                .mapToPair(key -> Pair.of(key, VALUE));
        var mapped = stateless
                ? pairs.map(Pair::key)
                : pairs.mapWithState(StateSpec.<String, String, String, String>function((key, value, state) -> {
                            boolean known = state.exists();
                            state.update(value.orElse(VALUE));
                            return known ? "known" : "new";
                        }))
                        .named("kept");
        mapped.countByValue().foreachBatch((time, counts) -> counts.forEach(this::say));
        context.start();
        context.awaitTermination();
        return 0;
    }

    private Source<String, NotUsed> source() {
        return Source.range(0, Math.max(1, keys) - 1).map("key-%08d"::formatted).concat(Source.maybe());
    }

    private void say(Pair<String, Long> count) {
        if (keys == 0) {
            System.out.println(JsonLine.event("batch").with("record", count.key()));
        } else if (seen.addAndGet(count.value()) == keys) {
            System.out.println(JsonLine.event("filled").with("keys", keys));
        }
    }
}
