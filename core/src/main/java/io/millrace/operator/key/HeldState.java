// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.key;

import io.millrace.operator.KeyState;
import io.millrace.operator.State;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The state of the key that a {@link MapWithStateTask} is at; one object for all keys. What it is told is not yet in the table. */
final class HeldState<S> implements KeyState<S> {

    private static final int UNTOUCHED = 0;
    private static final int UPDATED = 1;
    private static final int REMOVED = 2;
    private static final int TIMING_OUT = 3;

    private final State<?, S> table;
    private int entry;
    private int status;
    private @Nullable S next;

    /** The state it was told if that is a long: kept without its box, which the compiler then need not make. */
    private long nextLong;

    private boolean isLong;

    HeldState(State<?, S> table) {
        this.table = table;
    }

    /** Turns to the key of an entry, or to one that has none (-1). */
    void hold(int newEntry) {
        entry = newEntry;
        status = UNTOUCHED;
    }

    /** Turns to the key of an entry that times out. */
    void holdTimingOut(int newEntry) {
        entry = newEntry;
        status = TIMING_OUT;
    }

    /** Lets go of what it was told. */
    void release() {
        next = null;
    }

    boolean isUpdated() {
        return status == UPDATED;
    }

    boolean isRemoved() {
        return status == REMOVED;
    }

    /** What it was told: apart from {@link #get}, so that the compiler sees there what users do and nothing else. */
    @SuppressWarnings({"unchecked", "NullAway"}) // null if the user's state is
    S told() {
        return isLong ? (S) (Long) nextLong : next;
    }

    /** Gives the entry, which there must be, what it was told. */
    @SuppressWarnings("NullAway") // null if the user's state is
    void write() {
        if (isLong) {
            table.setLong(entry, nextLong);
        } else {
            table.set(entry, next);
        }
    }

    @Override
    public boolean exists() {
        return status == UPDATED || (entry >= 0 && status != REMOVED);
    }

    @Override
    public S get() {
        if (status == UPDATED) {
            return told();
        }
        if (!exists()) {
            throw new NoSuchElementException("The state is not set");
        }
        return table.value(entry);
    }

    @Override
    public Optional<S> getOption() {
        return exists() ? Optional.ofNullable(get()) : Optional.empty();
    }

    /** Takes a long out of its box before anything else: if nothing can happen in between, the compiler makes no box. */
    @Override
    public void update(S state) {
        if (state instanceof Long number) {
            updateLong(number);
        } else {
            check("updated");
            next = state;
            isLong = false;
            status = UPDATED;
        }
    }

    private void updateLong(long number) {
        check("updated");
        nextLong = number;
        isLong = true;
        status = UPDATED;
    }

    @Override
    public void remove() {
        check("removed");
        status = REMOVED;
    }

    @Override
    public boolean isTimingOut() {
        return status == TIMING_OUT;
    }

    private void check(String what) {
        if (status >= REMOVED) {
            throw new IllegalArgumentException(
                    "A state that " + (status == REMOVED ? "has been removed in the same call" : "is timing out")
                            + " cannot be " + what);
        }
    }
}
