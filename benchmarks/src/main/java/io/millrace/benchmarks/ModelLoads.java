// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How soon a new JVM has loaded a model that Spark saved and scored its first row. */
@Command(
        name = "ModelLoads",
        mixinStandardHelpOptions = true,
        description = "The time to load a regression and a forest of 100 trees in a new JVM.")
public final class ModelLoads implements BarProgram {

    private static final double REGRESSION_SECONDS = 0.5;
    private static final double FOREST_SECONDS = 1.0;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Option(names = "--runs", description = "how many JVMs load each (${DEFAULT-VALUE})")
    private int runs = 7;

    ModelLoads() {}

    /** Measures and ends the process. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new ModelLoads()).execute(args));
    }

    @Override
    public List<Bar> measure() throws IOException, InterruptedException {
        List<Bar> bars = new ArrayList<>();
        bars.addAll(load("a regression", "regression-20", REGRESSION_SECONDS));
        bars.addAll(load("100 trees", "forest-100", FOREST_SECONDS));
        return bars;
    }

    private List<Bar> load(String what, String model, double latest) throws IOException, InterruptedException {
        double[] seconds = new double[runs];
        double[] cpuSeconds = new double[runs];
        for (int i = 0; i < runs; i++) {
            try (JavaProcess process = JavaProcess.start(
                    List.of(), ModelLoad.class.getName(), List.of("io/millrace/benchmarks/" + model))) {
                JsonLine loaded = process.await("loaded", PATIENCE);
                System.out.println(loaded);
                seconds[i] = loaded.number("seconds");
                cpuSeconds[i] = loaded.number("cpuSeconds");
            }
        }
        Figures wall = new Figures(seconds);
        return List.of(
                Bar.atMost(
                        "a new JVM loads " + what + " and scores a row, since its main began",
                        wall.median(),
                        latest,
                        "s"),
                Bar.note("– least and most of " + runs, "%.2f–%.2f s".formatted(wall.min(), wall.max())),
                Bar.note(
                        "– processor time of the JVM until then",
                        "%.2f CPU s".formatted(new Figures(cpuSeconds).median())));
    }
}
