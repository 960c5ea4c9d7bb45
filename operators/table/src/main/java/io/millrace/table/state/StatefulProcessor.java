// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.state;

import io.millrace.table.plan.OutputMode;
import java.util.Collections;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * A function over the rows of each key with state of its own, as Spark's {@code transformWithState} takes it.
 *
 * <p>A new one is made for each partition and batch: {@code init}, then {@link #handleInputRows} once for each key that has rows, then {@link #handleExpiredTimer} for each timer that fires,
 * then {@code close}. Whatever is to be there in the next batch must be in states. If a function throws, the batch fails and what it did to the state is taken back. For one thread.
 *
 * @param <K> keys
 * @param <I> rows in
 * @param <O> rows out
 */
public abstract class StatefulProcessor<K, I, O> {

    private @Nullable StatefulProcessorHandle handle;

    /** Asks for states by {@link #getHandle}. */
    public abstract void init(OutputMode outputMode, TimeMode timeMode);

    /**
     * The rows of a key in a batch, in order of arrival.
     *
     * @param timerValues what time it is
     * @return rows out; consumed before the next call
     */
    public abstract Iterator<O> handleInputRows(K key, Iterator<I> rows, TimerValues timerValues);

    /** A timer of a key fires; it is gone afterwards. By default nothing comes of it. */
    public Iterator<O> handleExpiredTimer(K key, TimerValues timerValues, ExpiredTimerInfo expiredTimerInfo) {
        return Collections.emptyIterator();
    }

    /** The batch is over. */
    public void close() {}

    /**
     * States and timers.
     *
     * @throws IllegalStateException before {@code init}
     */
    protected final StatefulProcessorHandle getHandle() {
        if (handle == null) {
            throw new IllegalStateException("states and timers are there from init on");
        }
        return handle;
    }

    /** Gives it what it may ask for. */
    final void setHandle(StatefulProcessorHandle handle) {
        this.handle = handle;
    }
}
