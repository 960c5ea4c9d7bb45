// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.operator.BatchTime;
import io.millrace.operator.Current;
import io.millrace.operator.DeadLetter;
import io.millrace.operator.RecordFailure;
import io.millrace.operator.Step;
import io.millrace.operator.Versioned;
import io.millrace.runtime.plan.PhysicalPlan;
import io.millrace.runtime.plan.PlanNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fused operators of one level, ready to run: over any blocks (level 0), or over one partition. Reused from batch to batch, used by
 * one task at a time. Made by a {@link ChainBuilder}.
 */
final class Chain {

    private final PhysicalPlan plan;
    private final VersionedValues values;
    private final int level;
    private final int partition;
    private final List<Tap> taps;
    private final Position position = new Position();
    private final TaskCounts counts = new TaskCounts();
    private final List<NodeFailure> failures = new ArrayList<>();

    private final List<ExchangeWriter> writers = new ArrayList<>();
    private final List<OutputCollector> collectors = new ArrayList<>();
    private final List<FanOut> fanOuts = new ArrayList<>();
    private final List<PartitionRoot> roots = new ArrayList<>();
    private final List<SourceRoot> sources = new ArrayList<>();
    private final List<CurrentValue<?>> currents = new ArrayList<>();
    private @Nullable Step<Object> deadLetters;
    private boolean deadLettersFailed;

    private int part;
    private BatchTime batch = new BatchTime(0);
    private BatchTime zero = new BatchTime(0);

    Chain(ChainSetup setup, int level, int partition) {
        this.plan = setup.plan();
        this.values = setup.values();
        this.level = level;
        this.partition = partition;
        this.taps = setup.taps();
    }

    // ---- built once ----

    void add(ExchangeWriter writer) {
        writers.add(writer);
    }

    void add(OutputCollector collector) {
        collectors.add(collector);
    }

    void add(FanOut fanOut) {
        fanOuts.add(fanOut);
    }

    void add(PartitionRoot root) {
        roots.add(root);
        roots.sort(
                (left, right) -> Integer.compare(left.node().id(), right.node().id()));
    }

    void add(SourceRoot source) {
        sources.add(source);
    }

    void deadLetters(Step<Object> step) {
        deadLetters = step;
    }

    /** A value of the job that an operator wants to know batch by batch. */
    <T> Current<T> current(Versioned<T> value, String operator) {
        CurrentValue<T> current = values.current(value, operator);
        currents.add(current);
        return current;
    }

    // ---- a batch ----

    /** The batch that begins next has these versions of the job's values. */
    void versions(List<Long> versions) {
        for (CurrentValue<?> current : currents) {
            current.begin(versions);
        }
    }

    /** A batch begins; rows without a key go to the partition {@code near}. */
    void begin(BatchTime newBatch, BatchTime newZero, int near) {
        batch = newBatch;
        zero = newZero;
        counts.reset();
        failures.clear();
        deadLettersFailed = false;
        part = 0;
        writers.forEach(writer -> writer.begin(near));
        collectors.forEach(OutputCollector::begin);
        fanOuts.forEach(FanOut::begin);
        sources.forEach(SourceRoot::begin);
        mark(partition);
    }

    /** From here on records come from this block or partition. */
    void mark(int ordinal) {
        writers.forEach(writer -> writer.mark(ordinal));
        collectors.forEach(collector -> collector.mark(ordinal));
    }

    /** Works on what writers hold back, before the task leaves the block it is at. */
    void flush() throws Exception {
        for (ExchangeWriter writer : writers) {
            try {
                writer.flush();
            } catch (RecordFailure failure) {
                failed(failure);
            }
        }
    }

    /** Everything the task has to give. */
    TaskResult result() {
        List<Shuffle> shuffles = new ArrayList<>();
        writers.forEach(writer -> writer.drainTo(shuffles));
        List<Collected> collected = new ArrayList<>();
        collectors.forEach(collector -> collector.drainTo(collected));
        currents.forEach(CurrentValue::end);
        return new TaskResult(shuffles, collected, List.copyOf(failures), List.of(), counts.totals());
    }

    void failed(RecordFailure failure) {
        failures.add(NodeFailure.of(failure));
    }

    void deadLetter(DeadLetter letter) {
        if (deadLetters != null && !deadLettersFailed) {
            try {
                deadLetters.push(letter);
            } catch (RecordFailure failure) {
                deadLettersFailed = true;
                failed(failure);
            } catch (Exception e) {
                throw new IllegalStateException("Dead letters cannot be passed on", e);
            }
        }
    }

    // ---- what its parts ask ----

    SourceRoot source(int stream) {
        return sources.get(stream);
    }

    List<PartitionRoot> roots() {
        return roots;
    }

    int level() {
        return level;
    }

    int partition() {
        return partition;
    }

    /** The nodes whose records it collects for attached outputs. */
    List<Tap> taps() {
        return taps;
    }

    int part() {
        return part;
    }

    /** Records lie in this part of the partition from now on. */
    void part(int newPart) {
        part = newPart;
    }

    BatchTime batchTime() {
        return batch;
    }

    BatchTime zero() {
        return zero;
    }

    Position position() {
        return position;
    }

    TaskCounts counts() {
        return counts;
    }

    boolean hasBatch(PlanNode node) {
        return plan.hasBatch(node, batch, zero);
    }

    BatchTime nextBatch(PlanNode node) {
        return plan.nextBatch(node, batch, zero);
    }

    boolean parentsHaveBatch(PlanNode node) {
        return plan.parentsHaveBatch(node, batch, zero);
    }
}
