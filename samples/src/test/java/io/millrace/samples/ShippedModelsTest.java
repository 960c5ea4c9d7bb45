// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import static io.millrace.mllib.table.DataType.STRING;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.mllib.MllibModels;
import io.millrace.mllib.model.Transformer;
import io.millrace.mllib.table.Field;
import io.millrace.mllib.table.Row;
import io.millrace.mllib.table.Schema;
import io.millrace.mllib.table.Table;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The models that Spark wrote know the data that they were trained on. */
class ShippedModelsTest {

    private static List<String> data(String file) throws IOException {
        try (InputStream in = ShippedModelsTest.class.getResourceAsStream("/data/" + file);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines().skip(1).toList();
        }
    }

    /** The share of rows that the model is right about. */
    private static double right(Transformer model, Schema columns, List<Row> rows, List<String> known) {
        Table scored = model.transform(Table.of(columns, rows));
        assertThat(scored.size()).isEqualTo(known.size());
        long right = 0;
        for (int i = 0; i < known.size(); i++) {
            right += scored.row(i).getString("predicted").equals(known.get(i)) ? 1 : 0;
        }
        return (double) right / known.size();
    }

    private static double rightAboutSensors(Transformer model) throws IOException {
        List<Row> rows = new ArrayList<>();
        List<String> known = new ArrayList<>();
        for (String line : data("sensors.csv")) {
            int last = line.lastIndexOf(',');
            rows.add(SensorAnomalies.reading(line.substring(0, last)));
            known.add(line.substring(last + 1));
        }
        assertThat(known).hasSize(600).contains("ok", "hot", "worn");
        return right(model, SensorAnomalies.COLUMNS, rows, known);
    }

    @Test
    void theModelOfTheSensorsKnowsAllStatesAndTheFirstOneNotTheWornPumps() throws IOException {
        assertThat(rightAboutSensors(ShippedModels.load(null, "sensors"))).isGreaterThan(0.97);
        assertThat(rightAboutSensors(ShippedModels.load(null, "sensors-first"))).isBetween(0.7, 0.9);
    }

    @Test
    void theModelOfTheTextsKnowsItsSentences() throws IOException {
        Schema columns = Schema.of(Field.of("text", STRING));
        List<Row> rows = new ArrayList<>();
        List<String> known = new ArrayList<>();
        for (String line : data("texts.tsv")) {
            String[] parts = line.split("\t", -1);
            rows.add(Row.of(columns, parts[1]));
            known.add(parts[0]);
        }

        assertThat(right(ShippedModels.load(null, "texts"), columns, rows, known))
                .isGreaterThan(0.98);
    }

    @Test
    void aCopyAppearsWholeAndLoads(@TempDir Path directory) throws IOException {
        ShippedModels.copy("sensors", directory);

        try (Stream<Path> there = Files.list(directory)) {
            assertThat(there).containsExactly(directory.resolve("sensors"));
        }
        assertThat(rightAboutSensors(MllibModels.load(directory.resolve("sensors"))))
                .isGreaterThan(0.97);
    }

    @Test
    void theReadingsToTrainOnAreMadeUpTheSameEverywhere(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("sensors.csv");

        SensorReadings.main(file.toString());

        assertThat(Files.readAllLines(file))
                .hasSize(601)
                .endsWith(data("sensors.csv").get(599));
    }
}
