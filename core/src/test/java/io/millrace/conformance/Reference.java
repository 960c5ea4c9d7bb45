// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.conformance;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * The right answer to a program, found in the plainest way: every node at every batch time, one after the other, from lists.
 *
 * <p>Where Spark is right it answers as Spark does; where Spark has a {@link Flaw} it does not, and says so. It knows nothing of the
 * engine and shares only the functions of the language with the interpreter.
 */
final class Reference {

    private final Program program;
    private final Map<String, Long> slides = new HashMap<>();
    private final Map<String, NavigableMap<Long, ReferenceBatch>> answers = new HashMap<>();
    private final Map<String, ReferenceNode> states = new HashMap<>();
    private final Map<Flaw, Set<String>> flaws = new EnumMap<>(Flaw.class);

    private Reference(Program program) {
        this.program = program;
    }

    /**
     * The right answer.
     *
     * @param outcome what should become of the program
     * @param flaws the flaws of Spark that matter for it, with all nodes that each concerns
     */
    record Answer(Outcome outcome, Map<Flaw, Set<String>> flaws) {}

    /** The right answer to a program that can be defined. */
    static Answer to(Program program) {
        Reference reference = new Reference(program);
        Outcome outcome = reference.run();
        reference.demandedDirectories();
        return new Answer(outcome, reference.withDependants());
    }

    private Outcome run() {
        program.inputs().forEach(input -> {
            slides.put(input.id(), program.batchMillis());
            answers.put(input.id(), new TreeMap<>());
        });
        for (Program.Node node : program.nodes()) {
            slides.put(node.id(), node.millis("slideMillis").orElse(slides.get(node.only())));
            answers.put(node.id(), new TreeMap<>());
            states.put(node.id(), ReferenceNode.of(node, slides.get(node.only()), slides.get(node.id())));
        }
        List<Outcome.BatchOutcome> batches = new ArrayList<>();
        for (int i = 0; i < program.batches(); i++) {
            long time = program.zero() + (i + 1) * program.batchMillis();
            for (Program.Input input : program.inputs()) {
                answers.get(input.id()).put(time, ReferenceBatch.of(input.batch(i)));
            }
            for (Program.Node node : program.nodes()) {
                if ((time - program.zero()) % slides.get(node.id()) == 0) {
                    answers.get(node.id()).put(time, answer(node, time));
                }
            }
            batches.add(batch(time));
        }
        List<List<List<Object>>> slices = new ArrayList<>();
        program.slices().forEach(slice -> slices.add(slice(slice)));
        return Outcome.ran(batches, slices);
    }

    private ReferenceBatch answer(Program.Node node, long time) {
        ReferenceNode state = states.get(node.id());
        boolean failedBefore = answers.get(node.id()).values().stream().anyMatch(ReferenceBatch::failed);
        if (failedBefore && node.stateful()) {
            note(Flaw.POISONED_STATE, node);
        }
        try {
            ReferenceBatch answer = node.op().equals("stateSnapshots")
                    ? input(node.only(), time)
                            .then(records -> states.get(node.only()).snapshot())
                    : state.answer(
                            time,
                            time - program.zero(),
                            node.in().stream().map(answers::get).toList());
            state.flaw().ifPresent(flaw -> note(flaw, node));
            return answer;
        } catch (GenerationFailedException e) {
            note(Flaw.LOST_OUTPUTS, node);
            return ReferenceBatch.failed(e.getMessage());
        }
    }

    private ReferenceBatch input(String id, long time) {
        return answers.get(id).get(time);
    }

    private Outcome.BatchOutcome batch(long time) {
        Map<String, List<Object>> outputs = new LinkedHashMap<>();
        List<Outcome.Failure> failures = new ArrayList<>();
        for (String id : program.outputs()) {
            ReferenceBatch answer = input(id, time);
            if (answer != null && answer.failed()) {
                failures.add(new Outcome.Failure("run", id, answer.failure()));
            } else if (answer != null) {
                outputs.put(id, answer.records());
            }
        }
        return new Outcome.BatchOutcome(time, outputs, failures);
    }

    private List<List<Object>> slice(Program.Slice slice) {
        long slide = slides.get(slice.of());
        long from = program.zero() + Math.floorDiv(slice.fromMillis() - program.zero(), slide) * slide;
        long to = program.zero() + Math.floorDiv(slice.toMillis() - program.zero(), slide) * slide;
        if (from > to) {
            return List.of();
        }
        return answers.get(slice.of()).subMap(from, true, to, true).values().stream()
                .map(ReferenceBatch::records)
                .toList();
    }

    private void demandedDirectories() {
        for (Program.Node node : program.nodes()) {
            if (!program.checkpoint()
                    && (node.stateful() || node.millis("checkpointMillis").isPresent())) {
                note(Flaw.DIRECTORY_DEMANDED, node);
            }
        }
    }

    private void note(Flaw flaw, Program.Node node) {
        flaws.computeIfAbsent(flaw, none -> new HashSet<>()).add(node.id());
    }

    private Map<Flaw, Set<String>> withDependants() {
        for (Set<String> concerned : flaws.values()) {
            for (Program.Node node : program.nodes()) {
                if (node.in().stream().anyMatch(concerned::contains)) {
                    concerned.add(node.id());
                }
            }
        }
        return flaws;
    }
}
