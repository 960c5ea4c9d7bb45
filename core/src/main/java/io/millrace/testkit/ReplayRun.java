// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import io.millrace.listener.BatchInfo;
import io.millrace.listener.OutputInfo;
import io.millrace.runtime.driver.Emitted;
import io.millrace.runtime.driver.KeptBatch;
import io.millrace.runtime.driver.KeptRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a {@link Replay} gave, operator by operator, and how it differs from what was recorded. */
public final class ReplayRun {

    private final Recording recording;
    private final Rewiring rewiring;
    private final List<BatchInfo> batches;

    ReplayRun(Recording recording, Rewiring rewiring, List<BatchInfo> batches) {
        this.recording = recording;
        this.rewiring = rewiring;
        this.batches = List.copyOf(batches);
    }

    /** The names of the operators, in the order in which they were defined. */
    public List<String> operators() {
        return List.copyOf(rewiring.operators().keySet());
    }

    /**
     * What an operator emitted, batch by batch.
     *
     * @throws IllegalArgumentException if there is no operator of this name, or it is an output
     */
    public CollectedOutput<?> operator(String name) {
        return named("operator", name, rewiring.operators());
    }

    /**
     * What an output was given, batch by batch.
     *
     * @throws IllegalArgumentException if there is no output of this name
     */
    public CollectedOutput<?> output(String name) {
        return named("output", name, rewiring.outputs());
    }

    private static CollectedOutput<?> named(String what, String name, Map<String, CollectedOutput<Object>> all) {
        CollectedOutput<Object> found = all.get(name);
        if (found == null) {
            throw new IllegalArgumentException("there is no " + what + " " + name + " among " + all.keySet());
        }
        return found;
    }

    /** The figures of the batches, such as what they absorbed; times are virtual. */
    public List<BatchInfo> batches() {
        return batches;
    }

    /**
     * The recording with what every operator emitted in this run. Replayed again and {@linkplain #verify verified}, it tells the first
     * operator that differs, and not only the output.
     *
     * @throws AssertionError if this run differs from what was recorded
     */
    public Recording recording() {
        verify();
        KeptRun run = recording.run();
        List<KeptBatch> observed = new ArrayList<>();
        for (KeptBatch batch : run.batches()) {
            List<Emitted> emitted = new ArrayList<>();
            rewiring.operators()
                    .forEach((name, records) -> records.find(batch.batch().millis())
                            .ifPresent(found -> emitted.add(new Emitted(name, found))));
            observed.add(new KeptBatch(batch.batch(), batch.absorbed(), batch.blocks(), batch.outputs(), emitted));
        }
        return recording.with(new KeptRun(run.job(), run.states(), run.lost(), observed));
    }

    /**
     * The first batch and operator in which this run differs from what was recorded, the position of the first record that does, and
     * both records; operators in the order in which they were defined, then outputs. The order of the records of a batch does not count,
     * since that of records from several partitions is not specified; of an output that looks at the first records only, such as {@code
     * print}, they are compared if there are no more. An operator that was not in the recorded job is not compared.
     */
    public Optional<String> firstDifference() {
        for (KeptBatch batch : recording.run().batches()) {
            Optional<String> difference = firstDifference(batch, "operator", batch.operators(), rewiring.operators())
                    .or(() -> firstDifference(batch, "output", batch.outputs(), rewiring.outputs()));
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    private Optional<String> firstDifference(
            KeptBatch batch, String what, List<Emitted> recorded, Map<String, CollectedOutput<Object>> now) {
        for (Emitted was : recorded) {
            CollectedOutput<Object> is = now.get(was.operator());
            Optional<String> difference = is == null
                    ? Optional.of("it was recorded, but the replayed job has only " + now.keySet())
                    : is.find(batch.batch().millis())
                            .map(records -> difference(was, records))
                            .orElseGet(() -> Optional.of("it had "
                                    + was.records().size() + " records, but now it has no batch" + failure(batch)));
            if (difference.isPresent()) {
                return Optional.of(
                        "batch " + batch.batch() + ", " + what + " " + was.operator() + ": " + difference.get());
            }
        }
        for (Map.Entry<String, CollectedOutput<Object>> is : now.entrySet()) {
            boolean recordedBefore =
                    recorded.stream().anyMatch(was -> was.operator().equals(is.getKey()));
            boolean known = recording.run().job().operators().stream()
                    .anyMatch(operator -> operator.name().equals(is.getKey()));
            if (known
                    && !recordedBefore
                    && comparesAbsence(what, recorded)
                    && is.getValue().find(batch.batch().millis()).isPresent()) {
                return Optional.of("batch " + batch.batch() + ", " + what + " " + is.getKey()
                        + ": it had no batch, or had failed, but now it has records "
                        + RecordDifference.excerpt(
                                is.getValue().at(batch.batch().millis())));
            }
        }
        return Optional.empty();
    }

    /** Which records an output gets that does not look at all of them depends on their order: then only their number counts. */
    private Optional<String> difference(Emitted was, List<Object> is) {
        int limit = rewiring.limit(was.operator());
        return was.records().size() >= limit && is.size() >= limit
                ? Optional.empty()
                : RecordDifference.first(was.records(), is);
    }

    /** Outputs are always recorded; operators only if they were observed. */
    private static boolean comparesAbsence(String what, List<Emitted> recorded) {
        return what.equals("output") || !recorded.isEmpty();
    }

    private String failure(KeptBatch batch) {
        return batches.stream()
                .filter(info -> info.batchTime().equals(batch.batch()))
                .flatMap(info -> info.outputs().stream())
                .map(OutputInfo::failure)
                .flatMap(Optional::stream)
                .findFirst()
                .map(failure -> "; " + failure)
                .orElse("");
    }

    /**
     * Checks that every operator emitted, and every output was given, what was recorded.
     *
     * @throws AssertionError with the {@linkplain #firstDifference first difference}
     */
    public void verify() {
        firstDifference().ifPresent(difference -> {
            throw new AssertionError(difference);
        });
    }
}
