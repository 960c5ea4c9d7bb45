// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Makes up what the sensors of eight pumps say. The same seed gives the same readings everywhere.
 *
 * <p>The main program writes those that the models of the samples are trained on, with the state that each pump is in.
 */
public final class SensorReadings {

    /** The columns of a reading. One to train on has one more: {@code state}. */
    private static final String COLUMNS = "pump,temperature,vibration,pressure,current";

    private static final int PUMPS = 8;
    private static final int ROWS = 600;
    private static final long TRAINING_SEED = 1;
    private static final double SHARE_OF_HOT = 0.15;
    private static final double SHARE_OF_WORN = 0.15;

    private static final State OK = new State("ok", List.of(60.0, 4.0, 1.0, 0.25, 5.0, 0.3, 12.0, 1.0));
    private static final State HOT = new State("hot", List.of(84.0, 6.0, 1.3, 0.30, 4.6, 0.4, 15.0, 1.5));
    private static final State WORN = new State("worn", List.of(65.0, 5.0, 2.8, 0.50, 4.8, 0.4, 13.0, 1.2));

    /**
     * A state of a pump.
     *
     * @param name what it is called
     * @param values mean and spread of each of what the sensors say: °C, mm/s, bar and ampere
     */
    private record State(String name, List<Double> values) {}

    private final Random random;

    SensorReadings(long seed) {
        random = new Random(seed);
    }

    /** Writes the readings to train on to the file named in the arguments. */
    public static void main(String... args) throws IOException {
        if (args.length != 1) {
            throw new IllegalArgumentException("the name of the file to write is missing");
        }
        SensorReadings readings = new SensorReadings(TRAINING_SEED);
        List<String> lines = new ArrayList<>();
        lines.add(COLUMNS + ",state");
        for (int row = 0; row < ROWS; row++) {
            State state = readings.state();
            lines.add(readings.line(state) + "," + state.name());
        }
        Files.write(Path.of(args[0]), lines);
    }

    /** What a feeder says: in each of so many seconds so many readings, none of which a model has seen. */
    static Script script(int seconds, int readings) {
        SensorReadings source = new SensorReadings(TRAINING_SEED + 1);
        return Script.ofLines(
                seconds, () -> Stream.generate(source::next).limit(readings).toList());
    }

    /** The next reading: the pump and the four numbers, separated by commas. */
    String next() {
        return line(state());
    }

    private State state() {
        double chance = random.nextDouble();
        return chance < SHARE_OF_HOT ? HOT : chance < SHARE_OF_HOT + SHARE_OF_WORN ? WORN : OK;
    }

    private String line(State state) {
        StringBuilder line = new StringBuilder("pump-").append(1 + random.nextInt(PUMPS));
        for (int i = 0; i < state.values().size(); i += 2) {
            double mean = state.values().get(i);
            double spread = state.values().get(i + 1);
            line.append(String.format(Locale.ROOT, ",%.2f", mean + spread * random.nextGaussian()));
        }
        return line.toString();
    }
}
