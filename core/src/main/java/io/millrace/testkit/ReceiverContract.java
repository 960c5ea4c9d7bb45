// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.millrace.receiver.Receiver;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every receiver promises, as tests: a test class of a receiver extends it and says how a source of it is made. Runs on real
 * threads and in real time, since sources do; every wait is bounded.
 *
 * @param <T> records; {@code String} for a receiver of lines
 */
@Timeout(60)
public abstract class ReceiverContract<T> {

    private static final int WAIT_SECONDS = 20;

    private ReceiverProbe<T> probe;
    private Subject<T> subject;

    /** For subclasses. */
    @SuppressWarnings("NullAway") // JUnit calls begin() first
    protected ReceiverContract() {}

    /** Makes a source that has nothing yet, and a receiver of it. */
    protected abstract Subject<T> start() throws Exception;

    /**
     * A source that a test controls, and a receiver of it.
     *
     * @param <T> records
     */
    public interface Subject<T> extends AutoCloseable {

        /** The receiver; always the same one. */
        Receiver<T> receiver();

        /**
         * Lets the source bring records to the receiver, which is open or is being opened meanwhile.
         *
         * @return the records as the receiver is to deliver them; no two of them are equal
         */
        List<T> bring(int count) throws Exception;

        /** Breaks the source off after everything it brought was delivered, as a lost connection does. */
        void breakOff() throws Exception;

        /** Waits until the receiver holds nothing of the source any more, such as a connection. */
        void awaitReleased() throws Exception;

        /**
         * How far the receiver's clock moves each time that a record does not come at once. Default: it stands still, except that
         * a receiver that is asked once per batch sees a second pass for every batch.
         */
        default Duration tick() {
            return Duration.ZERO;
        }

        /** Ends the source. */
        @Override
        void close() throws IOException;
    }

    /** Makes the subject. */
    @BeforeEach
    public final void begin() throws Exception {
        subject = start();
        probe = new ReceiverProbe<>(subject.tick());
    }

    /** Closes what a test left open. */
    @AfterEach
    public final void end() throws Exception {
        probe.end();
        subject.close();
    }

    /** What it is called stays the same and can be shown. */
    @Test
    public void hasANameThatStaysTheSame() {
        String name = subject.receiver().name();

        assertFalse(name.isBlank());
        assertEquals(name, subject.receiver().name());
    }

    /** Nothing is left out, repeated or moved. */
    @Test
    public void deliversWhatTheSourceBringsInOrder() throws Exception {
        probe.open(subject.receiver());

        for (int count : new int[] {1, 100, 3}) {
            List<T> brought = subject.bring(count);

            assertEquals(brought, probe.take(count));
        }
    }

    /** The engine opens a receiver again after its source ended, on the same executor. */
    @Test
    public void canBeOpenedAgainAfterItsSourceBrokeOff() throws Exception {
        probe.open(subject.receiver());
        assertEquals(subject.bring(3), probe.take(3));

        subject.breakOff();
        CompletableFuture<List<T>> next = probe.takeSoon(3);
        List<T> brought = subject.bring(3);

        assertEquals(brought, next.get(WAIT_SECONDS, TimeUnit.SECONDS));
    }

    /** The engine cancels a receiver when the job stops, and when its executor dies. */
    @Test
    public void letsGoOfTheSourceWhenItIsCancelled() throws Exception {
        probe.open(subject.receiver());
        assertEquals(subject.bring(3), probe.take(3));

        probe.cancel();

        subject.awaitReleased();
    }

    /** The engine opens a receiver on another executor when the first one died: the same instance, or a copy of it. */
    @Test
    public void keepsNothingBetweenOneOpeningAndTheNext() throws Exception {
        probe.open(subject.receiver());
        assertEquals(subject.bring(3), probe.take(3));
        probe.cancel();
        subject.awaitReleased();

        probe.open(subject.receiver());
        CompletableFuture<List<T>> next = probe.takeSoon(5);
        List<T> brought = subject.bring(5);

        assertEquals(brought, next.get(WAIT_SECONDS, TimeUnit.SECONDS));
    }
}
