// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator;

import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The state of one key during one call of a function of {@code mapWithState}, as Spark's {@code State}.
 *
 * <p>What the function does to it counts when the function returns; if it throws, the state stays as it was. States are
 * values: never change one in place. The object is used again for the next call and must not be kept.
 *
 * @param <S> states
 */
public interface KeyState<S> {

    /** True if the key has a state: it had one before the call or got one in it, and it was not removed in it. */
    boolean exists();

    /**
     * The state; null if it was set to null.
     *
     * @throws NoSuchElementException if the key has none
     */
    S get();

    /** The state, empty if the key has none; empty too if the state is null. */
    Optional<S> getOption();

    /**
     * Gives the key a state, which may be null.
     *
     * @throws IllegalArgumentException if the state was removed in this call or is timing out
     */
    void update(S state);

    /**
     * Takes the key out of the state, if it is there.
     *
     * @throws IllegalArgumentException if the state was removed in this call already or is timing out
     */
    void remove();

    /** True if the call is the last one for a key that got no record for the length of the timeout; the key goes after it. */
    boolean isTimingOut();
}
