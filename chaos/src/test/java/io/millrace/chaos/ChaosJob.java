// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.chaos;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.ConfigFactory;
import io.millrace.BatchFailedException;
import io.millrace.StreamingContext;
import io.millrace.listener.BatchInfo;
import io.millrace.listener.StreamingListener;
import io.millrace.operator.Pair;
import io.millrace.operator.TransactionalOutput;
import io.millrace.operators.sink.file.FileSink;
import io.millrace.operators.sink.file.TextFormat;
import io.millrace.receivers.socket.SocketServer;
import io.millrace.runtime.block.ExecutorId;
import io.millrace.runtime.log.LogDirectory;
import io.millrace.runtime.node.Environment;
import io.millrace.runtime.node.SystemTime;
import io.millrace.runtime.node.Threads;
import io.millrace.stream.DStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A durable job in a process of its own: acknowledged lines, written as they come, running sums per key, counts per key in a window. It
 * is told what to do by {@link JobOptions} and by lines on its standard input, and says on its standard output where it is. It ends with
 * 0 when it was stopped, 75 when a later run has taken over, 74 when it cannot go on for another reason.
 */
final class ChaosJob {

    static final Duration INTERVAL = Duration.ofMillis(100);
    static final Duration WINDOW = Duration.ofMillis(500);
    static final int DONE = 0;
    static final int FAILED = 74;
    static final int FENCED = 75;

    private final JobOptions options;
    private final Trap trap;
    private final StallingThreads threads = new StallingThreads(Threads.ofJob("millrace-chaos"), Duration.ofSeconds(2));
    private volatile @Nullable StreamingContext context;
    private volatile boolean crashWhenUp;

    private ChaosJob(JobOptions options) {
        this.options = options;
        this.trap = new Trap(options.hook(), options.fault() == Fault.NONE ? 0 : options.pass(), this::fault);
    }

    /** Runs until it is told to stop. */
    public static void main(String[] args) {
        int code = FAILED;
        try {
            code = new ChaosJob(JobOptions.parse(args)).run();
        } catch (Exception e) {
            Says.line("FAILED " + e);
            code = isFenced(e) ? FENCED : FAILED;
        }
        Runtime.getRuntime().halt(code);
    }

    private int run() throws IOException, InterruptedException {
        ActorSystem<Void> system = ActorSystem.create(
                Behaviors.empty(),
                "chaos",
                ConfigFactory.parseMap(Map.of(
                                "akka.loggers", java.util.List.of("akka.event.slf4j.Slf4jLogger"),
                                "akka.logging-filter", "akka.event.slf4j.Slf4jLoggingFilter",
                                "akka.jvm-shutdown-hooks", "off",
                                "akka.log-dead-letters", "off"))
                        .withFallback(ConfigFactory.load()));
        SystemTime time = new SystemTime("chaos-timer");
        LogDirectory directory = LogDirectory.open(options.checkpoint(), EnumSet.of(LogDirectory.Allow.LIVE_HOLDER));
        StreamingContext started = StreamingContext.builder("chaos")
                .batchInterval(INTERVAL)
                .set("block.interval", "20ms")
                .set("checkpoint.segment-bytes", "64KiB")
                .set("checkpoint.snapshot-bytes", "64KiB")
                .set("max-executor-restarts", 100)
                .set("stop-timeout", "60s")
                .environment(new Environment(
                        system,
                        time.source(),
                        threads,
                        new HookedInspection(trap, executor -> executorUp(executor.id())),
                        Optional.empty()))
                .checkpoint(new HookedStorage(directory.storage(), trap))
                .listener(new Progress())
                .build();
        context = started;
        define(started);
        started.start();
        Says.line("STARTED");
        listenToCommands(started);
        try {
            Says.line("STOPPED " + started.awaitTermination());
            return DONE;
        } catch (BatchFailedException e) {
            Says.line("FAILED " + e.getMessage());
            return isFenced(e) ? FENCED : FAILED;
        }
    }

    private static boolean isFenced(Exception e) {
        String why = String.valueOf(e.getMessage());
        return why.contains("FENCED") || why.contains("claim");
    }

    private void define(StreamingContext job) {
        DStream<String> lines = job.receiverStream(
                SocketServer.listen("127.0.0.1", options.port()).acknowledged());
        lines.output(output("lines", Optional.of(Hook.SINK_BEGIN), Optional.empty()));
        lines.mapToPair(line -> Pair.of(field(line, 2), Long.parseLong(field(line, 3))))
                .<Long>updateStateByKey((values, sum) -> Optional.of(sum.orElse(0L)
                        + values.stream().mapToLong(Long::longValue).sum()))
                .output(output(
                        "sums", Optional.of(Hook.SINK_PART_I), Optional.of(Hook.SINK_AFTER_COMMIT_BEFORE_REPLY)));
        lines.mapToPair(line -> Pair.of(field(line, 2), 1L))
                .reduceByKeyAndWindow(Long::sum, WINDOW)
                .output(output("windows", Optional.empty(), Optional.empty()));
    }

    private <T> HookedOutput<T> output(String name, Optional<Hook> before, Optional<Hook> after) {
        Path directory = options.output().resolve(name);
        TransactionalOutput<String> inner =
                options.fileSink() ? FileSink.to(directory, TextFormat.lines()) : new BatchFiles(directory);
        return new HookedOutput<>(name, inner, before, after, trap);
    }

    private static String field(String line, int number) {
        return line.split(",", -1)[number];
    }

    private static void listenToCommands(StreamingContext job) {
        Thread commands = new Thread(
                () -> {
                    try (BufferedReader in =
                            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
                        while ("stop".equals(in.readLine())) {
                            var unused = job.stop();
                        }
                    } catch (IOException e) {
                        Says.line("FAILED " + e);
                    }
                    Runtime.getRuntime().halt(FAILED); // whoever started it is gone
                },
                "commands");
        commands.setDaemon(true);
        commands.start();
    }

    // ---- faults ----

    private void fault(Optional<ExecutorId> where) {
        switch (options.fault()) {
            case NONE -> {}
            case KILL -> {
                Signals.send("KILL", ProcessHandle.current().pid());
                while (true) {
                    LockSupport.park();
                }
            }
            case HALT -> Signals.send("STOP", ProcessHandle.current().pid());
            case CRASH_EXECUTOR -> crash(where);
            case STALL_EXECUTOR -> threads.stall(where.map(ExecutorId::toString).orElse("executor-0"));
        }
    }

    private void crash(Optional<ExecutorId> where) {
        StreamingContext job = context;
        if (options.hook().isAtStart() || job == null) {
            crashWhenUp = true;
            return;
        }
        job.crashExecutor(where.map(ExecutorId::number).orElse(0));
        if (where.isPresent()) {
            throw new IllegalStateException("executor " + where.get() + " crashes at " + options.hook());
        }
    }

    /** An executor cannot die before it lives: a crash at the start comes as soon as one does. */
    private void executorUp(ExecutorId executor) {
        StreamingContext job = context;
        if (crashWhenUp && job != null) {
            crashWhenUp = false;
            job.crashExecutor(executor.number());
        }
    }

    /** Says what the job has done. */
    private final class Progress implements StreamingListener {
        @Override
        public void onBatchCompleted(BatchInfo batch) {
            if (batch.records() > 0) {
                trap.arm();
            }
            Says.line("BATCH " + batch.records());
        }

        @Override
        public void onExecutorLost(String executor) {
            Says.line("LOST " + executor);
        }
    }
}
