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

    private final State<?, S> table;
    private int entry;
    private boolean exists;
    private boolean updated;
    private boolean removed;
    private boolean timingOut;
    private @Nullable S next;

    /** The state it was told if that is a long: kept without its box, which the compiler then need not make. */
    private long nextLong;

    private boolean isLong;

    HeldState(State<?, S> table) {
        this.table = table;
    }

    /** Turns to the key of an entry, or to one that has none (-1). */
    void hold(int newEntry, boolean newTimingOut) {
        entry = newEntry;
        exists = newEntry >= 0;
        timingOut = newTimingOut;
        updated = false;
        removed = false;
    }

    /** Lets go of what it was told. */
    void release() {
        next = null;
    }

    boolean isUpdated() {
        return updated;
    }

    boolean isRemoved() {
        return removed;
    }

    @Override
    public boolean exists() {
        return exists;
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // null if the user's state is
    public S get() {
        if (updated) {
            return isLong ? (S) (Long) nextLong : next;
        }
        if (!exists) {
            throw new NoSuchElementException("The state is not set");
        }
        return table.value(entry);
    }

    @Override
    public Optional<S> getOption() {
        return exists ? Optional.ofNullable(get()) : Optional.empty();
    }

    @Override
    public void update(S state) {
        check("updated");
        if (state instanceof Long number) {
            nextLong = number;
            isLong = true;
        } else {
            next = state;
            isLong = false;
        }
        updated = true;
        exists = true;
    }

    @Override
    public void remove() {
        check("removed");
        removed = true;
        updated = false;
        exists = false;
    }

    @Override
    public boolean isTimingOut() {
        return timingOut;
    }

    private void check(String what) {
        if (removed || timingOut) {
            throw new IllegalArgumentException("A state that "
                    + (removed ? "has been removed in the same call" : "is timing out") + " cannot be " + what);
        }
    }
}
