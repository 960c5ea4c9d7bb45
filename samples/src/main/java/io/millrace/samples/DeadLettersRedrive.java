// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import io.millrace.operator.DeadLetter;
import io.millrace.operator.ErrorPolicy;
import io.millrace.operator.Pair;
import io.millrace.operator.output.PrintOperator;
import io.millrace.operators.deadletter.DeadLetters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Adds up what lines like {@code blue 5} say. A line it cannot read is set aside, repaired and fed into the job again. */
@Command(
        name = "DeadLettersRedrive",
        description = {
            "Adds up what lines such as 'blue 5' say. A line that cannot be read is set aside with its cause; 'green three' is"
                    + " repaired to 'green 3' and fed into the job again."
        },
        footer = {"", "mvn -q compile exec:java -Dexec.mainClass=io.millrace.samples.DeadLettersRedrive"})
public final class DeadLettersRedrive implements Callable<Integer> {

    private static final Script SCRIPT = new Script(
            List.of(Optional.of("blue 5"), Optional.of("green three"), Optional.empty(), Optional.of("blue 2")));
    private static final Map<String, String> NUMBERS = Map.of("one", "1", "two", "2", "three", "3");

    @Mixin
    private SampleOptions options = new SampleOptions();

    /** Runs it. */
    public static void main(String... args) {
        Launcher.runJob(new DeadLettersRedrive(), args);
    }

    @Override
    public Integer call() throws Exception {
        DeadLetters<String> letters = DeadLetters.of(String.class, 1000);
        try (SampleRun run = SampleRun.of(options.builder("DeadLettersRedrive"), options, SCRIPT)) {
            run.context()
                    .receiverStream(run.receiver())
                    .union(run.context().receiverStream(letters.receiver()))
                    .map(DeadLettersRedrive::read)
                    .named("read")
                    .onError(ErrorPolicy.DEAD_LETTER)
                    .mapToPair(counted -> counted)
                    .updateStateByKey(StatefulWordCount::total)
                    .output(run.shown(new PrintOperator<>(options.format(), System.out)));
            run.context().deadLetters().output(letters);
            run.context().deadLetters().foreachBatch((time, set) -> repairAll(run, letters, set));
            run.toTheEnd();
        }
        return 0;
    }

    private static Pair<String, Integer> read(String line) {
        String[] words = line.split(" ", -1);
        return Pair.of(words[0], Integer.parseInt(words[1]));
    }

    private static void repairAll(SampleRun run, DeadLetters<String> letters, List<DeadLetter> added) {
        added.forEach(
                letter -> System.out.println("set aside by " + letter.failed().operator() + ": "
                        + letter.failed().record() + " [" + letter.failed().cause() + "]"));
        if (letters.held().stream().anyMatch(letter -> repaired(letter).isPresent())) {
            run.expectRecord();
            System.out.println("fed again: " + letters.redrive(DeadLettersRedrive::repaired));
        }
    }

    /** The line with its number in digits; empty if that would not help. */
    private static Optional<String> repaired(DeadLetter letter) {
        String[] words = String.valueOf(letter.record()).split(" ", -1);
        return words.length == 2
                ? Optional.ofNullable(NUMBERS.get(words[1])).map(digits -> words[0] + " " + digits)
                : Optional.empty();
    }
}
