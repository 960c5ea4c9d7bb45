// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operator.Pair;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedText;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The samples that score with models of Spark: their jobs in virtual time, and their mains as a user starts them. */
@Timeout(120)
class ScoringSamplesTest {

    @Test
    void sensorReadingsAreCountedByTheirPredictedState() {
        try (BatchHarness harness = BatchHarness.create("sensors")) {
            ScriptedText lines = harness.lines();
            CollectedOutput<Pair<String, Integer>> counts = harness.collect(SensorAnomalies.counts(
                    SensorAnomalies.scored(harness.stream(lines), ShippedModels.load(null, "sensors"))));
            CollectedOutput<String> letters = harness.collect(harness.context()
                    .deadLetters()
                    .map(letter -> String.valueOf(letter.failed().record())));
            harness.start();

            lines.add("pump-1,60.0,1.00,5.0,12.0", "pump-2,90.0,1.20,4.5,15.5", "pump-3,nonsense");
            harness.runBatch();
            assertThat(counts.last()).containsExactlyInAnyOrder(Pair.of("ok", 1), Pair.of("hot", 1));
            assertThat(letters.last()).containsExactly("pump-3,nonsense");

            lines.add("pump-4,64.0,3.10,4.8,13.0", "pump-1,61.0,1.10,5.0,12.0");
            harness.runBatch();
            assertThat(counts.last())
                    .containsExactlyInAnyOrder(Pair.of("ok", 2), Pair.of("hot", 1), Pair.of("worn", 1));
        }
    }

    @Test
    void theSensorSampleSaysWhichPumpsAreNotWell() {
        try (Console console = Console.open()) {
            assertThat(console.run(new SensorAnomalies(), "--batch-interval", "100ms"))
                    .isZero();

            assertThat(console.outLines())
                    .contains("pump-5 is worn (0.97): 62.8 °C, 2.52 mm/s, 5.42 bar, 14.8 A")
                    .containsSubsequence("(hot,3)", "(ok,7)", "(worn,2)");
            assertThat(console.err()).contains(" and 48 records; nothing was left");
        }
    }

    @Test
    void theSensorSampleTakesAModelFromADirectory(@TempDir Path directory) throws IOException {
        ShippedModels.copy("sensors-first", directory);
        try (Console console = Console.open()) {
            int code = console.run(
                    new SensorAnomalies(),
                    "--batch-interval",
                    "100ms",
                    "--batches",
                    "1",
                    "--model",
                    directory.resolve("sensors-first").toString());

            assertThat(code).isZero();
            assertThat(console.out()).contains("(hot,").doesNotContain("worn");
        }
    }

    @Test
    void theSensorSampleNamesTheFileThatIsNoModel(@TempDir Path directory) {
        try (Console console = Console.open()) {
            assertThat(console.run(new SensorAnomalies(), "--model", directory.toString()))
                    .isEqualTo(1);

            assertThat(console.err()).contains("SensorAnomalies: ").contains("metadata");
        }
    }

    @Test
    void sentencesGetTheirTopics() {
        try (Console console = Console.open()) {
            assertThat(console.run(new TextTopics(), "--batch-interval", "100ms"))
                    .isZero();

            assertThat(console.batches())
                    .containsExactly(
                            List.of(
                                    "(cooking,Whisk two eggs into the milk and season with pepper.)",
                                    "(sport,The striker missed the goal in the last minute.)"),
                            List.of("(weather,Strong winds and rain are expected on the coast.)"),
                            List.of(),
                            List.of(
                                    "(cooking,Fry the onions in oil.)",
                                    "(sport,The club won the final and the cup.)",
                                    "(weather,Fog in the morning, then sun.)"));
        }
    }

    @Test
    void theCentresFollowTheCloudsAndTheirWayIsDrawn(@TempDir Path directory) throws IOException {
        Path png = directory.resolve("made").resolve("centres.png");
        try (Console console = Console.open()) {
            assertThat(console.run(new MovingCentres(), "--batch-interval", "100ms", "--plot", png.toString()))
                    .isZero();

            assertThat(console.outLines()).hasSize(14);
            assertThat(console.outLines().get(0)).endsWith("ms  (-5.41, -4.00)  (-1.64,  3.77)  ( 5.21, -2.73)");
            assertThat(console.outLines().get(13)).endsWith("ms  ( 0.32, -4.15)  (-4.39,  0.04)  ( 4.02,  3.37)");
            assertThat(console.err()).contains("drawn in " + png);
        }
        BufferedImage image = ImageIO.read(png.toFile());
        assertThat(image.getWidth()).isEqualTo(900);
        assertThat(colours(image)).contains(0x1f77b4, 0xd95f02, 0x2a8f4f);
    }

    private static List<Integer> colours(BufferedImage image) {
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        return Arrays.stream(pixels)
                .map(pixel -> pixel & 0xffffff)
                .distinct()
                .boxed()
                .toList();
    }

    @Test
    void aBatchIsScoredByTheModelThatIsInService() {
        try (Console console = Console.open()) {
            assertThat(console.run(new HotSwap(), "--batch-interval", "100ms")).isZero();

            assertThat(console.outLines().stream()
                            .filter(line -> line.matches("(scored|refused|in service|\\(worn).*")))
                    .containsExactly(
                            "scored by sensors-first",
                            "refused: damaged (damaged/metadata: not the JSON of a stage: the JSON ends early)",
                            "scored by sensors-first",
                            "in service: sensors",
                            "(worn,5)",
                            "scored by sensors",
                            "in service: sensors-first",
                            "scored by sensors-first");
        }
    }

    @Test
    void aModelThatComesIntoANamedDirectoryIsTakenIntoService(@TempDir Path directory) throws Exception {
        try (Console console = Console.open();
                LineServer server = LineServer.listen(0)) {
            Thread sample = console.start(
                    new HotSwap(),
                    "--batch-interval",
                    "100ms",
                    "--port",
                    String.valueOf(server.port()),
                    "--models",
                    directory.toString());
            LineClient client = server.next();
            client.say("pump-3,58.0,2.60,5.2,11.5");
            console.awaitOut("scored by sensors-first");
            ShippedModels.copy("sensors", directory);
            console.awaitOut("in service: sensors\n");
            client.say("pump-3,58.0,2.60,5.2,11.5");
            console.awaitOut("scored by sensors\n");
            sample.interrupt();
            sample.join();

            assertThat(console.outLines())
                    .containsSubsequence(
                            "(ok,1)",
                            "scored by sensors-first",
                            "in service: sensors",
                            "(worn,1)",
                            "scored by sensors");
        }
        try (Stream<Path> there = Files.list(directory)) {
            assertThat(there).containsExactly(directory.resolve("sensors"));
        }
    }
}
