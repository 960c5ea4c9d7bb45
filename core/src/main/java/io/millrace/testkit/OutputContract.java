// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.operator.OutputOperator;
import io.millrace.runtime.block.CrashPoint;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every output promises, as tests: a test class of an output extends it and says how what was written is read back.
 *
 * @param <T> records
 */
@Timeout(60)
public abstract class OutputContract<T> {

    /** For subclasses. */
    protected OutputContract() {}

    /** A new output that has written nothing; asked for once per test. */
    protected abstract OutputOperator<T> output() throws Exception;

    /** So many records, no two of which are equal; those with a smaller {@code first} come first. */
    protected abstract List<T> records(int first, int count);

    /** What the output of this test has written so far, in order. */
    protected abstract List<T> written() throws Exception;

    /** Every batch is written once, in the order of the batches and of the records in them. */
    @Test
    public void writesEveryRecordOfEveryBatchOnceAndInOrder() throws Exception {
        OutputOperator<T> output = output();
        try (BatchHarness harness = BatchHarness.create("contract")) {
            ScriptedInput<T> input = harness.input();
            harness.stream(input).output(output);
            harness.start();
            List<T> expected = new ArrayList<>();

            for (int batch = 0; batch < 3; batch++) {
                List<T> records = records(100 * batch, 7);
                input.addAll(records);
                harness.runBatch();
                expected.addAll(records.subList(0, Math.min(records.size(), output.limit())));
                assertEquals(expected, written());
            }
            assertTrue(harness.batches().stream().allMatch(batch -> batch.succeeded()));
        }
    }

    /** A batch without records is a batch, and writes none. */
    @Test
    public void writesNoRecordForAnEmptyBatch() throws Exception {
        OutputOperator<T> output = output();
        try (BatchHarness harness = BatchHarness.create("contract")) {
            harness.stream(harness.<T>input()).output(output);
            harness.start();

            harness.runBatches(2);

            assertEquals(List.of(), written());
            assertTrue(harness.batches().stream().allMatch(batch -> batch.succeeded()));
        }
    }

    /** An attempt at a batch that is broken off has not written anything. */
    @Test
    public void writesABatchOnceThoughAnExecutorDies() throws Exception {
        OutputOperator<T> output = output();
        try (BatchHarness harness = BatchHarness.create("contract")) {
            ScriptedInput<T> input = harness.input();
            harness.stream(input, 0).output(output);
            harness.start();
            List<T> records = records(0, 7);
            harness.crashWhen(CrashPoint.TASK_DONE, 0);

            input.addAll(records);
            harness.runBatches(3);

            assertEquals(1, harness.crashes());
            assertEquals(records.subList(0, Math.min(records.size(), output.limit())), written());
        }
    }

    /** A batch that fails before it comes to the output is not written, the next one is. */
    @Test
    public void goesOnAfterABatchThatFailed() throws Exception {
        OutputOperator<T> output = output();
        try (BatchHarness harness = BatchHarness.create("contract")) {
            ScriptedInput<T> input = harness.input();
            T poison = records(0, 1).get(0);
            harness.stream(input)
                    .filter(record -> {
                        if (record.equals(poison)) {
                            throw new IllegalStateException("a batch that fails");
                        }
                        return true;
                    })
                    .output(output);
            harness.start();

            input.addAll(records(0, 2));
            assertFalse(harness.runBatch().succeeded());
            List<T> good = records(1, 1);
            input.addAll(good);
            assertTrue(harness.runBatch().succeeded());

            assertEquals(good, written());
        }
    }

    /** The job closes its outputs when it ends; what was written is then there. */
    @Test
    public void keepsWhatItHasWrittenWhenTheJobEnds() throws Exception {
        OutputOperator<T> output = output();
        try (BatchHarness harness = BatchHarness.create("contract")) {
            ScriptedInput<T> input = harness.input();
            harness.stream(input).output(output);
            harness.start();
            List<T> records = records(0, 1);

            input.addAll(records);
            assertTrue(harness.stop().complete());

            assertEquals(records, written());
        }
    }
}
