// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class SampleOptionsTest {

    private final Console console = Console.open();

    @AfterEach
    void giveBackTheConsole() {
        console.close();
    }

    static List<Callable<Integer>> samples() {
        return List.of(new WordCount(), new StatefulWordCount(), new DataFlow());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void helpExplainsEveryOption(Callable<Integer> sample) {
        int code = console.run(sample, "--help");

        assertThat(console.out())
                .contains("--host=HOST", "--port=PORT", "--batch-interval=TIME", "--executors=N", "--slots=N")
                .contains("--replication=N", "--header=millis|date", "--batches=N", "--help");
        assertThat(new CommandLine(sample).getCommandSpec().options())
                .allSatisfy(option -> assertThat(option.description()).isNotEmpty());
        assertThat(code).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --nope                            | Unknown option: '--nope'
                    --batch-interval soon             | 'soon' is not a duration such as 100ms, 1s or 2m
                    --batch-interval 0s               | '0s' is not a duration such as 100ms, 1s or 2m
                    --header week                     | expected one of [MILLIS, DATE]
                    --port 70000                      | port must be
                    --batches 0                       | --batches must be >= 1, but is 0
                    --executors 0                     | must be >= 1, but is 0
                    --executors 2 --replication 3     | millrace.replication = 3 needs as many executors
                    """)
    void saysWhatIsWrongAndHowItIsRight(String args, String message) {
        int code = console.run(new WordCount(), args.split(" ", -1));

        assertThat(console.err()).contains(message).contains("Usage: WordCount");
        assertThat(console.out()).isEmpty();
        assertThat(code).isEqualTo(2);
    }
}
