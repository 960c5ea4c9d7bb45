// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Runs contenders, each against a fresh sender, every one in a process of its own and only one at a time. */
final class TrialRunner {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final List<String> SENDER_FLAGS = List.of("-Xmx1g", "-XX:+UseSerialGC");

    private final Setup setup;

    TrialRunner(Setup setup) {
        this.setup = setup;
    }

    /**
     * What all trials have in common.
     *
     * @param window what is measured
     * @param interval the batch interval
     * @param jvmFlags the contenders' JVM flags
     * @param load the sender's arguments that say what is sent
     */
    record Setup(Window window, Duration interval, List<String> jvmFlags, List<String> load) {

        /** Takes private copies. */
        Setup {
            jvmFlags = List.copyOf(jvmFlags);
            load = List.copyOf(load);
        }

        private Duration length() {
            return window.warmup().plus(window.measured());
        }
    }

    /** Runs all contenders in turn, so many times, and prints every trial's line as it comes. */
    List<Trial> run(List<Contender> contenders, int rounds) throws IOException, InterruptedException {
        List<Trial> trials = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            for (Contender contender : contenders) {
                Trial trial = run(contender);
                System.out.println(trial.line());
                trials.add(trial);
            }
        }
        return trials;
    }

    private Trial run(Contender contender) throws IOException, InterruptedException {
        long senderSeconds = setup.length().plus(PATIENCE).toSeconds();
        List<String> load = Stream.concat(setup.load().stream(), Stream.of("--seconds", Long.toString(senderSeconds)))
                .toList();
        try (JavaProcess sender = JavaProcess.start(SENDER_FLAGS, LoadSender.class.getName(), load)) {
            long port = sender.await("listening", PATIENCE).whole("port");
            try (JavaProcess process = contender.start(setup.jvmFlags(), arguments(contender, port))) {
                JsonLine measured = process.await("measured", setup.length().plus(PATIENCE));
                sender.say("stop");
                JsonLine sent = sender.await("sent", PATIENCE);
                process.say(sent.toString());
                return new Trial(contender.name(), measured, sent, process.await("finished", PATIENCE));
            }
        }
    }

    private List<String> arguments(Contender contender, long port) {
        List<String> arguments = new ArrayList<>(List.of(
                "127.0.0.1",
                Long.toString(port),
                "--warmup",
                Long.toString(setup.window().warmup().toSeconds()),
                "--seconds",
                Long.toString(setup.window().measured().toSeconds()),
                "--interval-ms",
                Long.toString(setup.interval().toMillis())));
        arguments.addAll(contender.arguments());
        return arguments;
    }
}
