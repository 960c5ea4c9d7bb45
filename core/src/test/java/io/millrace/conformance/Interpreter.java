// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.conformance;

import io.millrace.conformance.Outcome.BatchOutcome;
import io.millrace.conformance.Outcome.Failure;
import io.millrace.listener.BatchInfo;
import io.millrace.listener.OutputInfo;
import io.millrace.stream.Batch;
import io.millrace.stream.DStream;
import io.millrace.stream.StreamNode;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs programs through the public API, in the test kit's harness. */
final class Interpreter implements AutoCloseable {

    private final Program program;
    private final BatchHarness harness;
    private final Definition definition = new Definition();
    private final Map<String, ScriptedInput<Optional<Object>>> inputs = new LinkedHashMap<>();
    private final Map<String, CollectedOutput<Object>> outputs = new LinkedHashMap<>();
    private final Map<String, String> outputIds = new HashMap<>();

    private Interpreter(Program program) {
        this.program = program;
        this.harness = BatchHarness.builder("case")
                .batchInterval(Duration.ofMillis(program.batchMillis()))
                .startAt(Instant.ofEpochMilli(program.clockStart()))
                .build();
    }

    /**
     * What becomes of a program.
     *
     * @throws UnsupportedProgramException if it uses what the language does not have
     */
    static Outcome run(Program program) {
        try (Interpreter interpreter = new Interpreter(program)) {
            return interpreter.run();
        }
    }

    private Outcome run() {
        Optional<Failure> refusal = define().or(this::start);
        if (refusal.isPresent()) {
            return Outcome.refused(refusal.get());
        }
        List<BatchOutcome> batches = new ArrayList<>();
        for (int i = 0; i < program.batches(); i++) {
            for (Program.Input input : program.inputs()) {
                for (Object record : input.batch(i)) {
                    inputs.get(input.id()).add(Optional.ofNullable(record));
                }
            }
            batches.add(outcome(harness.runBatch()));
        }
        List<List<List<Object>>> slices = new ArrayList<>();
        program.slices().forEach(slice -> slices.add(slice(slice)));
        return Outcome.ran(batches, slices);
    }

    private Optional<Failure> define() {
        for (Program.Input input : program.inputs()) {
            // a source of Akka Streams has no null among its elements, so a record comes as an option
            ScriptedInput<Optional<Object>> records = harness.input();
            inputs.put(input.id(), records);
            definition.input(input.id(), harness.stream(records).map(record -> record.orElse(null)));
        }
        for (Program.Node node : program.nodes()) {
            try {
                definition.node(node, harness.context());
            } catch (IllegalArgumentException | IllegalStateException e) {
                return Optional.of(new Failure("define", node.id(), String.valueOf(e.getMessage())));
            }
        }
        program.outputs().forEach(this::output);
        return Optional.empty();
    }

    private void output(String id) {
        DStream<Object> stream = definition.stream(id);
        outputs.put(id, harness.collect(stream));
        List<StreamNode> nodes = stream.graph().nodes();
        outputIds.put(nodes.get(nodes.size() - 1).name(), id);
    }

    private Optional<Failure> start() {
        try {
            for (Program.Node node : program.nodes()) {
                node.millis("checkpointMillis")
                        .ifPresent(interval -> definition.checkpoint(node, Duration.ofMillis(interval)));
            }
            remember();
            harness.start();
            return Optional.empty();
        } catch (IllegalArgumentException | IllegalStateException e) {
            return Optional.of(new Failure("start", "", String.valueOf(e.getMessage())));
        }
    }

    /** Remembers what the program says; if it says nothing, but asks for slices, all batches of what they are of. */
    private void remember() {
        if (program.rememberMillis() > 0) {
            harness.context().remember(Duration.ofMillis(program.rememberMillis()));
        } else {
            Duration all = Duration.ofMillis(program.batchMillis()).multipliedBy(program.batches() + 1);
            program.slices().stream()
                    .map(Program.Slice::of)
                    .distinct()
                    .forEach(id -> definition.stream(id).remember(all));
        }
    }

    private BatchOutcome outcome(BatchInfo info) {
        long time = info.batchTime().millis();
        List<Failure> failures = new ArrayList<>();
        for (OutputInfo output : info.outputs()) {
            output.failure()
                    .ifPresent(message -> failures.add(new Failure("run", outputIds.get(output.name()), message)));
        }
        Map<String, List<Object>> records = new LinkedHashMap<>();
        outputs.forEach((id, output) -> output.find(time).ifPresent(batch -> records.put(id, batch)));
        return new BatchOutcome(time, records, failures);
    }

    private List<List<Object>> slice(Program.Slice slice) {
        return definition.stream(slice.of())
                .slice(Instant.ofEpochMilli(slice.fromMillis()), Instant.ofEpochMilli(slice.toMillis()))
                .stream()
                .map(Batch::records)
                .toList();
    }

    @Override
    public void close() {
        harness.close();
    }
}
