// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.function;

import java.util.List;
import java.util.Optional;

/**
 * Makes a key's next state of its last one and of what the batch brought, as Spark's {@code updateStateByKey} does.
 *
 * <p>States are values: never change the old one in place, the engine keeps it until the batch is committed.
 *
 * @param <V> the values of the key in the batch
 * @param <S> its state
 */
@FunctionalInterface
public interface UpdateFunction<V, S> {

    /**
     * The state after this batch.
     *
     * @param values what the batch brought for the key, in no promised order; empty if nothing
     * @param state the state so far; empty for a new key
     * @return the new state; empty removes the key
     */
    Optional<S> apply(List<V> values, Optional<S> state) throws Exception;
}
