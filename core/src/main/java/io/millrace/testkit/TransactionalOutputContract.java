// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputClaim;
import io.millrace.operator.OutputCommit;
import io.millrace.operator.OutputFencedException;
import io.millrace.operator.TransactionalOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every transactional output promises, as tests: a test class of one extends it and says how what was written is read back.
 *
 * @param <T> records
 */
@Timeout(120)
public abstract class TransactionalOutputContract<T> {

    private static final String JOB = "contract";
    private static final String OUTPUT = "counts";

    /** For subclasses. */
    protected TransactionalOutputContract() {}

    /**
     * A further instance that writes to the same place, as another process would have it; asked for several times per test. The place
     * is empty at the beginning of a test.
     */
    protected abstract TransactionalOutput<T> output() throws Exception;

    /** So many records, no two of which are equal; those with a smaller {@code first} come first. */
    protected abstract List<T> records(int first, int count);

    /** What is there for readers who follow the rules of the output, in order of writing, or sorted as {@link #records} sorts. */
    protected abstract List<T> written() throws Exception;

    private static OutputClaim claim(long epoch) {
        return new OutputClaim(JOB, OUTPUT, epoch);
    }

    private static OutputCommit batch(long epoch, long number) {
        return part(epoch, number, 0);
    }

    private static OutputCommit part(long epoch, long number, int partition) {
        return new OutputCommit(claim(epoch), number, new BatchTime(1_000 * number), partition);
    }

    /** A part that is committed again is there once. */
    @Test
    public void commitsAPartOnceHoweverOftenItIsTold() throws Exception {
        TransactionalOutput<T> output = output();
        try {
            assertEquals(OptionalLong.empty(), output.claim(claim(1)));

            assertTrue(output.commit(batch(1, 1), records(0, 5)));
            assertFalse(output.commit(batch(1, 1), records(0, 5)));
            assertTrue(output.commit(batch(1, 2), records(5, 3)));
            assertFalse(output.commit(batch(1, 2), records(5, 3)));

            assertEquals(records(0, 8), written());
        } finally {
            output.close();
        }
    }

    /** Parts of a batch are told apart. */
    @Test
    public void commitsEveryPartOfABatch() throws Exception {
        TransactionalOutput<T> output = output();
        try {
            output.claim(claim(1));

            assertTrue(output.commit(part(1, 1, 0), records(0, 2)));
            assertTrue(output.commit(part(1, 1, 1), records(2, 2)));
            assertFalse(output.commit(part(1, 1, 0), records(0, 2)));

            assertEquals(records(0, 4), written());
        } finally {
            output.close();
        }
    }

    /** A run that comes later finds out what is there, and commits nothing of it again. */
    @Test
    public void tellsALaterRunWhatIsThere() throws Exception {
        TransactionalOutput<T> first = output();
        first.claim(claim(1));
        first.commit(batch(1, 1), records(0, 3));
        first.commit(batch(1, 2), records(3, 3));
        first.close();

        TransactionalOutput<T> second = output();
        try {
            assertEquals(OptionalLong.of(2), second.claim(claim(2)));
            assertFalse(second.commit(batch(2, 2), records(3, 3)));
            assertTrue(second.commit(batch(2, 3), records(6, 1)));

            assertEquals(records(0, 7), written());
        } finally {
            second.close();
        }
    }

    /** A run that was replaced writes nothing more, though it has its connection still. */
    @Test
    public void refusesARunThatWasReplaced() throws Exception {
        TransactionalOutput<T> zombie = output();
        TransactionalOutput<T> next = output();
        try {
            zombie.claim(claim(1));
            zombie.commit(batch(1, 1), records(0, 2));
            releaseForAnother(zombie);

            next.claim(claim(2));

            assertThrows(OutputFencedException.class, () -> zombie.commit(batch(1, 2), records(50, 2)));
            assertThrows(OutputFencedException.class, () -> zombie.claim(claim(1)));
            assertTrue(next.commit(batch(2, 2), records(2, 2)));
            assertEquals(records(0, 4), written());
        } finally {
            zombie.close();
            next.close();
        }
    }

    /**
     * Called before another instance claims what {@code held} has claimed. An output that holds a lock of the operating system, which would
     * die with its process, lets go of it here. Default: nothing.
     */
    protected void releaseForAnother(TransactionalOutput<T> held) throws Exception {}

    /** An older batch than the newest changes nothing. */
    @Test
    public void changesNothingForAnOlderBatch() throws Exception {
        TransactionalOutput<T> output = output();
        try {
            output.claim(claim(1));
            output.commit(batch(1, 7), records(0, 2));

            assertFalse(output.commit(batch(1, 6), records(50, 2)));

            assertEquals(records(0, 2), written());
        } finally {
            output.close();
        }
    }

    /** A batch without records is fine, and so is the one after it. */
    @Test
    public void takesABatchWithoutRecords() throws Exception {
        TransactionalOutput<T> output = output();
        try {
            output.claim(claim(1));
            output.commit(batch(1, 1), List.of());
            output.commit(batch(1, 1), List.of());
            output.commit(batch(1, 2), records(0, 1));

            assertEquals(records(0, 1), written());
        } finally {
            output.close();
        }
    }

    /** A commit that was not preceded by a claim claims by itself. */
    @Test
    public void claimsByItself() throws Exception {
        TransactionalOutput<T> output = output();
        try {
            assertTrue(output.commit(batch(3, 1), records(0, 1)));
            assertThrows(OutputFencedException.class, () -> output.claim(claim(2)));
            assertEquals(records(0, 1), written());
        } finally {
            output.close();
        }
    }

    /** Two runs that commit the same part at the same time have it there once, and the older one no other. */
    @Test
    public void letsTwoRunsCollide() throws Exception {
        TransactionalOutput<T> zombie = output();
        TransactionalOutput<T> next = output();
        try {
            zombie.claim(claim(1));
            releaseForAnother(zombie);
            AtomicReference<Throwable> problem = new AtomicReference<>();
            Thread thread = new Thread(
                    () -> {
                        try {
                            for (int number = 1; number <= 20; number++) {
                                zombie.commit(batch(1, number), records(10 * number, 10));
                            }
                        } catch (OutputFencedException e) {
                            // what is to happen, sooner or later
                        } catch (Throwable e) {
                            problem.set(e);
                        }
                    },
                    "zombie");
            thread.start();
            next.claim(claim(2));
            List<T> expected = new ArrayList<>();
            for (int number = 1; number <= 20; number++) {
                next.commit(batch(2, number), records(10 * number, 10));
                expected.addAll(records(10 * number, 10));
            }
            thread.join();

            if (problem.get() != null && !mayFailWhenReplaced(problem.get())) {
                throw new AssertionError("a run that was replaced failed in an odd way", problem.get());
            }
            assertEquals(expected, written());
        } finally {
            zombie.close();
            next.close();
        }
    }

    /** True if this is what a run may hear, besides {@link OutputFencedException}, when it collides with a later one. Default: no. */
    protected boolean mayFailWhenReplaced(Throwable failure) {
        return false;
    }
}
