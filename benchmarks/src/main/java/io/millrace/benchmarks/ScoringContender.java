// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import io.millrace.mllib.classification.LogisticRegressionModel;
import io.millrace.mllib.stream.ModelScoring;
import io.millrace.operator.Pair;
import io.millrace.operator.Versioned;
import io.millrace.receiver.RestartPolicy;
import io.millrace.receivers.socket.SocketClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Scores lines of numbers that come over a socket and counts them per class, on Millrace or by a loop on one thread. */
@Command(name = "ScoringContender", mixinStandardHelpOptions = true, description = "Scores lines of 20 numbers.")
public final class ScoringContender implements Callable<Integer>, Subject {

    private static final int BUFFER_CHARS = 64 * 1024;

    @Parameters(index = "0", paramLabel = "port", description = "port of the sender")
    private int port;

    @Option(names = "--loop", description = "by a hand-written loop")
    private boolean loop;

    @Option(names = "--interval-ms", description = "batch interval in milliseconds (${DEFAULT-VALUE})")
    private int intervalMillis = 1000;

    @Option(names = "--warmup", description = "seconds before the measured window (${DEFAULT-VALUE})")
    private int warmupSeconds = 10;

    @Option(names = "--seconds", description = "seconds of the measured window (${DEFAULT-VALUE})")
    private int seconds = 10;

    @Mixin
    private EngineOptions engine = new EngineOptions();

    private final Map<Double, Long> counts = new HashMap<>();
    private final AtomicLong scored = new AtomicLong();
    private final JobProgress progress = new JobProgress();

    private ScoringContender() {}

    /** Scores until the sender closes, and says what was counted. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new ScoringContender()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Measurement measurement = Measurement.start(
                loop ? "loop" : "millrace",
                new Window(Duration.ofSeconds(warmupSeconds), Duration.ofSeconds(seconds)),
                this);
        if (loop) {
            scoreByLoop();
        } else {
            scoreByMillrace();
        }
        measurement.awaitMeasured();
        System.out.println(JsonLine.event("finished")
                .with("zeros", counts.getOrDefault(0.0, 0L))
                .with("ones", counts.getOrDefault(1.0, 0L)));
        return 0;
    }

    /** The lines that are scored. */
    @Override
    public long words() {
        return loop ? scored.get() : progress.lines();
    }

    /** What one writes first; the counts of a batch are merged into the totals at each tick. */
    private void scoreByLoop() throws IOException {
        LogisticRegressionModel model = SensorLines.model();
        Ticks ticks = new Ticks(Duration.ofMillis(intervalMillis), System.nanoTime());
        Map<Double, Long> batch = new HashMap<>();
        long lines = 0;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                BufferedReader reader = new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), BUFFER_CHARS)) {
            @Nullable String line;
            while ((line = reader.readLine()) != null) {
                batch.merge(model.predict(SensorLines.vector(line)), 1L, Long::sum);
                scored.lazySet(++lines);
                if (ticks.passed(System.nanoTime())) {
                    batch.forEach((label, count) -> counts.merge(label, count, Long::sum));
                    batch.clear();
                }
            }
        }
        batch.forEach((label, count) -> counts.merge(label, count, Long::sum));
    }

    private void scoreByMillrace() throws InterruptedException {
        try (var context = engine.context("scoring", Duration.ofMillis(intervalMillis))
                .listener(progress)
                .build()) {
            Versioned<LogisticRegressionModel> model = context.versioned("sensor", SensorLines.model(), "first");
            var lines = context.receiverStream(
                    SocketClient.connect("127.0.0.1", port).restart(RestartPolicy.UNTIL_COMPLETE), 0);
            ModelScoring.of(model)
                    .score(lines, SensorLines::vector)
                    .map(Pair::value)
                    .countByValue()
                    .foreachBatch(
                            (time, classes) -> classes.forEach(one -> counts.merge(one.key(), one.value(), Long::sum)));
            context.start();
            progress.awaitSourceEnd();
            progress.awaitBatches(2); // the first may have begun before the end of the source
            context.stop().toCompletableFuture().join();
        }
    }
}
