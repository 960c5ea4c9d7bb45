// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WordCountTest {

    private final Console console = Console.open();

    @AfterEach
    void giveBackTheConsole() {
        console.close();
    }

    @Test
    void countsTheWordsOfEveryBatchOfTheBuiltInFeeder() {
        int code = console.run(new WordCount(), "--batch-interval", "100ms");

        assertThat(console.batches())
                .containsExactly(
                        List.of("(blue,5)", "(green,3)"), List.of("(gohawks,1)"), List.of(), List.of("(green,2)"));
        assertThat(code).isZero();
    }

    @Test
    void printsInSparksForm() {
        console.run(new WordCount(), "--batch-interval", "100ms", "--batches", "2");

        assertThat(console.out().replaceAll("\\d{13}", "<time>")).isEqualTo("""
                        -------------------------------------------
                        Time: <time> ms
                        -------------------------------------------
                        (blue,5)
                        (green,3)

                        -------------------------------------------
                        Time: <time> ms
                        -------------------------------------------
                        (gohawks,1)

                        """);
    }

    @Test
    void writesTheTimeAsADateIfAsked() {
        console.run(new WordCount(), "--batch-interval", "100ms", "--batches", "1", "--header", "date");

        assertThat(console.outLines().get(1)).matches("Time: \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d");
    }

    @Test
    void printsOnlyResultsOnTheStandardOutputAndSaysOnTheOtherWhatWasLeft() {
        console.run(new WordCount(), "--batch-interval", "100ms");

        assertThat(console.err()).matches("stopped after \\d+ batches and 3 records; nothing was left\n");
        assertThat(console.out()).doesNotContain("stopped");
    }

    @Test
    void runsOnASingleExecutor() {
        console.run(new WordCount(), "--batch-interval", "100ms", "--executors", "1", "--slots", "1");

        assertThat(console.batches()).hasSize(4).startsWith(List.of("(blue,5)", "(green,3)"));
    }

    @Test
    void goesOnAfterTheScriptIfMoreBatchesAreWanted() {
        console.run(new WordCount(), "--batch-interval", "100ms", "--batches", "6");

        assertThat(console.batches()).hasSize(6).endsWith(List.of("(green,2)"), List.of(), List.of());
    }

    @Test
    void leavesNoThreadThatKeepsTheJvmAlive() {
        console.run(new WordCount(), "--batch-interval", "100ms", "--batches", "1");

        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().contains("millrace") && !thread.isDaemon())
                .isEmpty();
    }

    @Test
    void keepsTrailingEmptyWordsOfALineFromAServer() throws Exception {
        try (LineServer server = LineServer.listen(0)) {
            Thread sample = console.start(
                    new WordCount(), "--batch-interval", "100ms", "--port", String.valueOf(server.port()));

            server.next().say("green green ");
            console.awaitOut("(green,2)");
            sample.interrupt();
            sample.join();

            assertThat(console.batches()).contains(List.of("(,1)", "(green,2)"));
        }
    }

    @Test
    void keepsTryingWhileNobodyListens() throws Exception {
        LineServer gone = LineServer.listen(0);
        gone.close();
        Thread sample =
                console.start(new WordCount(), "--batch-interval", "100ms", "--port", String.valueOf(gone.port()));

        console.awaitOut("Time:");
        try (LineServer back = LineServer.listen(gone.port())) {
            back.next().say("there again");
            console.awaitOut("(there,1)");
        }
        sample.interrupt();
        sample.join();

        assertThat(console.outLines()).containsSubsequence("(again,1)", "(there,1)");
    }
}
