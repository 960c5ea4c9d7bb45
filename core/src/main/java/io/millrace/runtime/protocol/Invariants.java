// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

import io.millrace.runtime.protocol.BatchRecord.Add;
import io.millrace.runtime.protocol.BatchRecord.Committed;
import io.millrace.runtime.protocol.BatchRecord.Plan;
import io.millrace.runtime.protocol.BatchRecord.Prepared;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What must be true at every moment. The numbers are used in traces and messages:
 *
 * <ul>
 *   <li>V2 a batch is planned, prepared and committed at most once
 *   <li>V3 what is acknowledged was added; V4 batches are numbered one by one, and planned, prepared and committed in this order
 *   <li>V5 no sink is given a batch before it is prepared and before the sink has the one before
 *   <li>V6 what a sink has and what is in the state come from the same attempt
 *   <li>V7 a block is in at most one batch, ranges of a source follow one another
 *   <li>V8 what went into the parts of a batch is what the batch holds
 *   <li>V9 the records of a source are added once, in their order; V10 the files of what is prepared are there, unchanged
 *   <li>V11 epochs only rise in the log, and no record goes by an attempt of a later epoch
 *   <li>V12 what is added has the copies it must have
 *   <li>V13 no more batches and records are in flight than the settings allow
 * </ul>
 *
 * <p>V1, that the log is whole, is for the log to check. V14, that everything acknowledged is committed when faults end, cannot be seen at a
 * moment.
 */
public final class Invariants {

    /** A rule that does not hold. */
    public record Violation(String rule, String what) {}

    private final Evidence evidence;
    private final List<BatchRecord> log = new ArrayList<>();
    private final List<Violation> violations = new ArrayList<>();

    private final SortedMap<Long, Plan> plans = new TreeMap<>();
    private final SortedMap<Long, Prepared> decisions = new TreeMap<>();
    private final SortedMap<Long, Committed> commits = new TreeMap<>();

    private Invariants(Evidence evidence) {
        this.evidence = evidence;
        evidence.log().forEach(logged -> log.add(logged.entry()));
    }

    /** All that does not hold. */
    public static List<Violation> violations(Evidence evidence) {
        Invariants invariants = new Invariants(evidence);
        invariants.epochs();
        invariants.batches();
        invariants.sources();
        invariants.parts();
        invariants.sinks();
        return List.copyOf(invariants.violations);
    }

    /** What of V13 can be seen only inside of a driver. */
    public static List<Violation> violations(DriverState state, ProtocolSettings settings) {
        // for every batch a plan, a decision and a commit may wait beside the blocks; and the last commit may wait for
        // the next
        int most = settings.unwritten() + 3 * (settings.batches() + 1);
        return state.unwritten().size() <= most
                        && state.batchesInFlight() <= settings.batches()
                        && state.waiting().size() + state.blocksOnTheirWay() <= settings.blocks()
                ? List.of()
                : List.of(new Violation(
                        "V13",
                        state.unwritten().size() + " records, " + state.batchesInFlight() + " batches and "
                                + state.waiting().size() + " blocks are in flight"));
    }

    private void check(boolean holds, String rule, String what, Object about) {
        if (!holds) {
            violations.add(new Violation(rule, what + ": " + about));
        }
    }

    private void epochs() {
        long highest = 0;
        for (Evidence.Logged logged : evidence.log()) {
            long epoch = logged.epoch();
            check(epoch >= highest, "V11", "epoch " + epoch + " after " + highest, logged.entry());
            highest = Math.max(highest, epoch);
            if (logged.entry() instanceof Prepared prepared) {
                prepared.parts()
                        .forEach(part -> check(
                                part.attempt().epoch() <= epoch, "V11", "attempt of an epoch after " + epoch, part));
            }
        }
    }

    private void batches() {
        Set<LoggedBlock> waiting = new HashSet<>();
        Map<String, Long> reached = new HashMap<>();
        for (BatchRecord entry : log) {
            if (entry instanceof Add add) {
                waiting.addAll(add.blocks());
            } else if (entry instanceof Plan plan) {
                check(plans.put(plan.batch(), plan) == null, "V2", "planned twice", plan);
                check(plan.batch() == plans.size(), "V4", "number of batch", plan);
                plan.blocks().forEach(block -> check(waiting.remove(block), "V7", "not waiting for a batch", block));
                for (SourceRange range : plan.ranges()) {
                    Long end = reached.put(range.source(), range.to());
                    check(end == null || end == range.from(), "V7", "does not begin at " + end, range);
                }
            } else if (entry instanceof Prepared prepared) {
                check(decisions.put(prepared.batch(), prepared) == null, "V2", "prepared twice", prepared);
                check(plans.containsKey(prepared.batch()), "V4", "prepared and not planned", prepared);
                check(prepared.batch() == decisions.size(), "V5", "prepared before the batch before", prepared);
            } else if (entry instanceof Committed committed) {
                check(commits.put(committed.batch(), committed) == null, "V2", "committed twice", committed);
                check(decisions.containsKey(committed.batch()), "V4", "committed and not prepared", committed);
                check(committed.batch() == commits.size(), "V5", "committed before the batch before", committed);
            }
            check(plans.size() - commits.size() <= evidence.settings().batches(), "V13", "batches in flight", entry);
        }
    }

    private void sources() {
        Map<String, Long> added = new TreeMap<>();
        for (BatchRecord entry : log) {
            for (LoggedBlock block : entry instanceof Add add ? add.blocks() : List.<LoggedBlock>of()) {
                check(block.first() == added.getOrDefault(block.source(), 0L) + 1, "V9", "not the next records", block);
                check(block.copies() >= evidence.settings().copies(), "V12", "too few copies", block);
                added.put(block.source(), block.last());
            }
        }
        evidence.acknowledged()
                .forEach((source, last) -> check(
                        last <= added.getOrDefault(source, 0L),
                        "V3",
                        "acknowledged and lost",
                        source + " up to " + last + ", the log has " + added.getOrDefault(source, 0L)));
    }

    private void parts() {
        decisions.forEach((batch, prepared) -> {
            Plan plan = plans.get(batch);
            long in = prepared.parts().stream().mapToLong(Part::in).sum();
            // how many records are in ranges is known only to those who read them
            long planned = plan == null || !plan.ranges().isEmpty()
                    ? in
                    : plan.blocks().stream().mapToLong(LoggedBlock::records).sum();
            check(in == planned, "V8", "not what was planned went in", prepared);
            check(prepared.parts().size() == evidence.settings().partitions(), "V8", "not all partitions", prepared);
            prepared.parts()
                    .forEach(part -> check(
                            part.equals(evidence.files().get(part.attempt())),
                            "V10",
                            "file of batch " + batch + " is gone or another",
                            part + " is " + evidence.files().get(part.attempt())));
        });
    }

    private void sinks() {
        evidence.sinks().forEach((sink, taken) -> {
            Set<String> had = new HashSet<>();
            Map<Integer, Long> last = new TreeMap<>();
            for (AttemptName attempt : taken) {
                Prepared prepared = decisions.get(attempt.batch());
                check(prepared != null, "V5", "sink " + sink + " has a batch that is not prepared", attempt);
                check(
                        prepared == null
                                || prepared.parts().stream()
                                        .anyMatch(part -> part.attempt().equals(attempt)),
                        "V6",
                        "sink " + sink + " has an attempt that did not win",
                        attempt);
                check(
                        had.add(attempt.batch() + "/" + attempt.partition()),
                        "V6",
                        "sink " + sink + " has it twice",
                        attempt);
                long before = last.getOrDefault(attempt.partition(), 0L);
                check(attempt.batch() == before + 1, "V5", "sink " + sink + " has " + before + " and then", attempt);
                last.put(attempt.partition(), attempt.batch());
            }
            commits.keySet()
                    .forEach(batch -> check(
                            taken.stream()
                                            .filter(attempt -> attempt.batch() == batch)
                                            .count()
                                    >= evidence.settings().partitions(),
                            "V5",
                            "sink " + sink + " misses a batch that is committed",
                            batch));
        });
    }
}
