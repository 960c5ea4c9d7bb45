// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.runtime.block.CrashPoint;
import io.millrace.stream.DStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every operator promises, as tests: its results do not depend on how the input is cut, on how many executors work, on who is
 * faster, or on who dies. A test class of an operator extends it and says what goes in and what is to come out.
 *
 * @param <I> records in
 * @param <O> records out
 */
@Timeout(60)
public abstract class OperatorContract<I, O> {

    private static final int SEEDS = 20;

    /** For subclasses. */
    protected OperatorContract() {}

    /** The stream that the operator makes of another; called several times, once per job and twice in one of them. */
    protected abstract DStream<O> apply(DStream<I> input);

    /** The records that go in, batch by batch: several batches of several records, one of them without any. */
    protected abstract List<List<I>> input();

    /** The records that are to come out, batch by batch, in any order within a batch. */
    protected abstract List<List<O>> output();

    /** Makes a job ready for the operator, such as by registering types. Default: nothing. */
    protected void configure(BatchHarnessBuilder job) {}

    /** Two executors, everything as by default. */
    @Test
    public void givesWhatItShould() {
        check("by default", job -> {}, harness -> {});
    }

    /** Every record in a block of its own, so that many tasks and both executors work on a batch. */
    @Test
    public void givesTheSameWhenEveryRecordIsABlock() {
        check("block by block", job -> job.set("block.records", 1), harness -> {});
    }

    /** No other executor, no copies. */
    @Test
    public void givesTheSameOnOneExecutorWithOneSlot() {
        check("on one executor", job -> job.executors(1).slots(1).replication(1), harness -> {});
    }

    /** More partitions than records. */
    @Test
    public void givesTheSameInManyPartitions() {
        check("in many partitions", job -> job.executors(3).set("partitions", 17), harness -> {});
    }

    /** Any order in which actors and tasks may run. */
    @Test
    public void givesTheSameForEverySchedule() {
        for (int seed = 0; seed < SEEDS; seed++) {
            long thisSeed = seed;
            check("seed " + seed, job -> job.seed(thisSeed).set("block.records", 2), harness -> {});
        }
    }

    /** What an attempt that was broken off has done is not seen. */
    @Test
    public void givesTheSameWhenAnExecutorDies() {
        for (CrashPoint point : List.of(
                CrashPoint.BATCH_STARTED,
                CrashPoint.TASK_DONE,
                CrashPoint.CHANGES_STAGED,
                CrashPoint.BEFORE_OUTPUT,
                CrashPoint.AFTER_COMMIT)) {
            for (int passes = 0; passes < 3; passes++) {
                dies(point, 0, passes);
                dies(point, 1, passes);
            }
        }
    }

    private void dies(CrashPoint point, int executor, int passes) {
        check(
                "executor " + executor + " dies at " + point + " after " + passes,
                job -> {},
                harness -> harness.crashWhen(point, executor, passes));
    }

    /** Two nodes of one job keep apart what they remember. */
    @Test
    public void servesTwoStreamsOfOneJob() {
        try (BatchHarness harness = build(job -> {})) {
            ScriptedInput<I> first = harness.input();
            ScriptedInput<I> second = harness.input();
            CollectedOutput<O> firstOut = harness.collect(apply(harness.stream(first)));
            CollectedOutput<O> secondOut = harness.collect(apply(harness.stream(second)));
            harness.start();

            for (List<I> batch : input()) {
                first.addAll(batch);
                harness.runBatch();
            }

            assertEquals(counted(output()), counted(firstOut), "the stream with input");
            List<List<O>> ofNothing =
                    secondOut.batches().stream().map(batch -> batch.records()).toList();
            assertEquals(counted(outputOfNothing(ofNothing.size())), counted(ofNothing), "the stream without");
        }
    }

    /** What comes out of so many batches without records. Default: as many batches without records. */
    protected List<List<O>> outputOfNothing(int batches) {
        List<List<O>> nothing = new ArrayList<>();
        for (int i = 0; i < batches; i++) {
            nothing.add(List.of());
        }
        return nothing;
    }

    private void check(String how, Consumer<BatchHarnessBuilder> options, Consumer<BatchHarness> before) {
        try (BatchHarness harness = build(options)) {
            ScriptedInput<I> in = harness.input();
            CollectedOutput<O> out = harness.collect(apply(harness.stream(in, 0)));
            harness.start();
            before.accept(harness);

            for (List<I> batch : input()) {
                in.addAll(batch);
                harness.runBatch();
            }

            assertEquals(counted(output()), counted(out), how);
            assertEquals(0, harness.simulation().runnablesFromOutside(), "what runs outside of the simulation");
        }
    }

    private BatchHarness build(Consumer<BatchHarnessBuilder> options) {
        BatchHarnessBuilder job = BatchHarness.builder("contract");
        configure(job);
        options.accept(job);
        return job.build();
    }

    private static <R> List<Map<R, Integer>> counted(CollectedOutput<R> output) {
        return counted(output.batches().stream().map(batch -> batch.records()).toList());
    }

    private static <R> List<Map<R, Integer>> counted(List<List<R>> batches) {
        List<Map<R, Integer>> counted = new ArrayList<>();
        for (List<R> batch : batches) {
            Map<R, Integer> counts = new HashMap<>();
            batch.forEach(one -> counts.merge(one, 1, Integer::sum));
            counted.add(counts);
        }
        return counted;
    }
}
