// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputOperator;
import io.millrace.stream.DStream;
import io.millrace.stream.StreamNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs a job again over a {@link Recording}, batch by batch in virtual time, and keeps what every operator emitted.
 *
 * <pre>{@code
 * Replay.of(Recording.load(file), job).run().check();   // a regression test
 * }</pre>
 *
 * <p>Batches have the times, the inputs and the order of records that they had. A time at which the recorded job was late and had no
 * batch has an empty one here. A recording that does not begin with the job's first batch lacks the state of before: then the outputs of
 * operators with state differ, and {@link #run} refuses unless it is told {@link #withoutEarlierState()}.
 */
public final class Replay {

    private final Recording recording;
    private final ReplayableJob job;
    private boolean withoutEarlierState;
    private Class<?>[] types = {};

    private Replay(Recording recording, ReplayableJob job) {
        this.recording = recording;
        this.job = job;
    }

    /** A replay that has not run. */
    public static Replay of(Recording recording, ReplayableJob job) {
        return new Replay(recording, job);
    }

    /** Runs although batches before the recorded ones may have left a state. */
    public Replay withoutEarlierState() {
        withoutEarlierState = true;
        return this;
    }

    /** The user's records and enums that travel between executors. */
    public Replay register(Class<?>... newTypes) {
        types = newTypes.clone();
        return this;
    }

    /**
     * Runs the job over all batches.
     *
     * @throws IllegalStateException if the recording is empty or lacks the job's first batch
     */
    public Result run() {
        if (recording.batches().isEmpty()) {
            throw new IllegalStateException("The recording has no batch");
        }
        if (!recording.fromTheFirst() && !withoutEarlierState) {
            throw new IllegalStateException(
                    "The recording begins with batch "
                            + recording.batches().get(0).time()
                            + ", which was not the job's first: the state of before is not in it. Replay it withoutEarlierState() if the job has none");
        }
        Duration interval = recording.interval();
        Instant start = recording.batches().get(0).time().instant().minus(interval);
        BatchHarnessBuilder builder =
                BatchHarness.builder("replay").batchInterval(interval).startAt(start);
        for (Class<?> type : types) {
            builder.register(type);
        }
        try (BatchHarness harness = builder.build()) {
            return new Wired(harness).run();
        }
    }

    private final class Wired implements ReplayableJob.Wiring {
        private final BatchHarness harness;
        private final Map<String, ScriptedInput<@Nullable Object>> inputs = new TreeMap<>();
        private final Map<String, DStream<?>> streams = new HashMap<>();
        private final Map<String, CollectedOutput<?>> outputs = new LinkedHashMap<>();
        private final Map<String, CollectedOutput<?>> operators = new LinkedHashMap<>();

        Wired(BatchHarness harness) {
            this.harness = harness;
            for (String name : recording.batches().get(0).inputs().keySet()) {
                ScriptedInput<@Nullable Object> input = new ScriptedInput<>(name);
                inputs.put(name, input);
                streams.put(name, harness.stream(input));
            }
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> DStream<T> input(String name) {
            return (DStream<T>) named(streams, name);
        }

        @Override
        public <T> void output(String name, DStream<T> stream, OutputOperator<? super T> sink) {
            outputs.put(name, harness.collect(stream));
        }

        Result run() {
            job.define(this);
            collectEveryOperator();
            harness.start();
            for (RecordedBatch batch : recording.batches()) {
                while (harness.now()
                        .plus(recording.interval())
                        .isBefore(batch.time().instant())) {
                    harness.runBatch();
                }
                batch.inputs()
                        .forEach((name, records) ->
                                Objects.requireNonNull(inputs.get(name)).addAll(records));
                harness.runBatch();
            }
            return new Result(recording, outputs, operators);
        }

        private void collectEveryOperator() {
            DStream<?> any = streams.values().iterator().next();
            for (StreamNode node : List.copyOf(any.graph().nodes())) {
                if (!(node.operator() instanceof OutputOperator<?>)) {
                    operators.put(
                            node.name(), harness.collect(new DStream<>(any.graph(), node.id(), recording.interval())));
                }
            }
        }
    }

    static DStream<?> named(Map<String, DStream<?>> streams, String name) {
        DStream<?> stream = streams.get(name);
        if (stream == null) {
            throw new IllegalArgumentException("There is no input " + name + ", but there are " + streams.keySet());
        }
        return stream;
    }

    /** What a replay gave. */
    public static final class Result {
        private final Recording recording;
        private final Map<String, CollectedOutput<?>> outputs;
        private final Map<String, CollectedOutput<?>> operators;

        private Result(
                Recording recording,
                Map<String, CollectedOutput<?>> outputs,
                Map<String, CollectedOutput<?>> operators) {
            this.recording = recording;
            this.outputs = outputs;
            this.operators = operators;
        }

        /** What each operator emitted, by its name, in the order in which the operators were defined. */
        public Map<String, CollectedOutput<?>> operators() {
            return Collections.unmodifiableMap(operators);
        }

        /** What each output got. */
        public Map<String, CollectedOutput<?>> outputs() {
            return Collections.unmodifiableMap(outputs);
        }

        /** The first batch and output in which this run differs from the recorded one, and how; the order of records does not count. */
        public Optional<String> firstDifference() {
            for (RecordedBatch batch : recording.batches()) {
                for (Map.Entry<String, CollectedOutput<?>> output : outputs.entrySet()) {
                    List<@Nullable Object> was = batch.outputs().get(output.getKey());
                    Optional<? extends List<?>> is =
                            output.getValue().find(batch.time().millis());
                    Optional<String> difference = difference(was, is.orElse(null));
                    if (difference.isPresent()) {
                        return Optional.of(describe(batch.time(), output.getKey(), difference.get()));
                    }
                }
            }
            return Optional.empty();
        }

        /**
         * Checks that every output got what it got when it was recorded.
         *
         * @throws AssertionError with the first difference
         */
        public void check() {
            firstDifference().ifPresent(difference -> {
                throw new AssertionError(difference);
            });
        }

        private static String describe(BatchTime time, String output, String difference) {
            return "batch " + time + ", output " + output + ": " + difference;
        }

        private static Optional<String> difference(@Nullable List<?> was, @Nullable List<?> is) {
            if (was == null || is == null) {
                return was == is
                        ? Optional.empty()
                        : Optional.of((was == null ? "no batch" : was.toString()) + " was recorded, but now there is "
                                + (is == null ? "no batch" : is.toString()));
            }
            List<Object> missing = new ArrayList<>(was);
            List<Object> surplus = new ArrayList<>();
            Map<Object, Integer> counts = new HashMap<>();
            was.forEach(record -> counts.merge(Optional.ofNullable(record), 1, Integer::sum));
            for (Object record : is) {
                if (counts.merge(Optional.ofNullable(record), -1, Integer::sum) < 0) {
                    surplus.add(record);
                } else {
                    missing.remove(record);
                }
            }
            return missing.isEmpty() && surplus.isEmpty()
                    ? Optional.empty()
                    : Optional.of("missing are " + missing + ", not recorded are " + surplus);
        }
    }
}
