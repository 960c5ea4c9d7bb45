// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The samples over tables, as a user starts them. */
class TableSamplesTest {

    private final Console console = Console.open();

    @AfterEach
    void giveBackTheConsole() {
        console.close();
    }

    static List<Callable<Integer>> samples() {
        return List.of(new StructuredWordCount(), new SensorAverages(), new Enrichment(), new SqlShell());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void helpExplainsEveryOption(Callable<Integer> sample) {
        int code = console.run(sample, "--help");

        assertThat(console.out()).contains("--host=HOST", "--port=PORT", "--help", "mvn -q compile exec:java");
        assertThat(new CommandLine(sample).getCommandSpec().options())
                .allSatisfy(option -> assertThat(option.description()).isNotEmpty());
        assertThat(console.err()).isEmpty();
        assertThat(code).isZero();
    }

    @Test
    void theStructuredWordCountShowsTheTotalsOfTheSeedInSparksForm() {
        int code = console.run(new StructuredWordCount(), "--sort");

        assertThat(console.out()).isEqualTo("""
                -------------------------------------------
                Batch: 0
                -------------------------------------------
                +-----+-----+
                | word|count|
                +-----+-----+
                | blue|    5|
                |green|    3|
                +-----+-----+

                -------------------------------------------
                Batch: 1
                -------------------------------------------
                +-------+-----+
                |   word|count|
                +-------+-----+
                |   blue|    5|
                |gohawks|    1|
                |  green|    3|
                +-------+-----+

                -------------------------------------------
                Batch: 2
                -------------------------------------------
                +-------+-----+
                |   word|count|
                +-------+-----+
                |   blue|    5|
                |gohawks|    1|
                |  green|    5|
                +-------+-----+

                """);
        assertThat(console.err()).isEqualTo("stopped after 3 batches and 3 rows\n");
        assertThat(code).isZero();
    }

    @Test
    void theStructuredWordCountOfAServerCountsTrailingEmptyWordsAndEndsWhenItIsInterrupted() throws Exception {
        try (LineServer server = LineServer.listen(0)) {
            Thread sample = console.start(new StructuredWordCount(), "--port", String.valueOf(server.port()));

            server.next().say("green green ");
            console.awaitOut("|green|    2|");
            sample.interrupt();
            sample.join();

            assertThat(console.outLines()).contains("|     |    1|");
            assertThat(console.err()).contains("stopped after 1 batch and 1 row\n");
        }
    }

    @Test
    void averagesComeWhenTheWatermarkPassesTheirWindowAndWhatIsTooLateIsReported() {
        int code = console.run(new SensorAverages());

        assertThat(console.outLines().stream().filter(line -> line.contains("2026")))
                .containsExactlyInAnyOrder(
                        "|2026-03-01 12:00:00|2026-03-01 12:00:10|boiler|62.0   |3       |",
                        "|2026-03-01 12:00:00|2026-03-01 12:00:10|cellar|11.5   |1       |",
                        "|2026-03-01 12:00:10|2026-03-01 12:00:20|boiler|63.0   |1       |",
                        "|2026-03-01 12:00:10|2026-03-01 12:00:20|cellar|11.0   |1       |",
                        "|2026-03-01 12:00:20|2026-03-01 12:00:30|boiler|66.0   |1       |",
                        "|2026-03-01 12:00:20|2026-03-01 12:00:30|cellar|10.5   |1       |");
        assertThat(console.err())
                .contains(": 1 reading came too late; the watermark was 2026-03-01T12:00:15Z")
                .contains(
                        "late: boiler at 2026-03-01T12:00:09Z, 99.0 degrees; its window ended at 2026-03-01T12:00:10Z,")
                .contains(" and 10 rows, of which 1 was too late\n");
        assertThat(code).isZero();
    }

    @Test
    void readingsGetThePlaceOfTheirSensorAndUnknownOnesNone() {
        int code = console.run(new Enrichment());

        assertThat(console.outLines().stream().filter(line -> line.startsWith("|")))
                .containsExactlyInAnyOrder(
                        "|sensor|   place|temperature|too_hot|",
                        "|boiler|basement|       61.5|  false|",
                        "|cellar|basement|       19.5|   true|",
                        "|sensor|place|temperature|too_hot|",
                        "| attic| roof|       24.0|  false|",
                        "|sensor|   place|temperature|too_hot|",
                        "|garden|    NULL|        8.0|   NULL|",
                        "|boiler|basement|       72.0|   true|");
        assertThat(code).isZero();
    }

    @Test
    void placesComeFromTheFileThatIsNamed(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("mine.csv"), "sensor,place,hottest\ngarden,outside,50\n");

        int code = console.run(new Enrichment(), "--places", file.toString());

        assertThat(console.out()).contains("|garden|outside|        8.0|  false|");
        assertThat(code).isZero();
    }
}
