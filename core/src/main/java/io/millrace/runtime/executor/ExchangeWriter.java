// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.operator.Step;
import java.util.List;

/** The end of a chain where records leave for the partitions of an operator of a later level. */
interface ExchangeWriter extends Step<Object> {

    /** A batch begins; this executor works on these partitions of it, of which the task prefers {@code near}. */
    void begin(int near);

    /** From here on records come from this block or partition. */
    void mark(int ordinal);

    /** Works on what is held back, before the task leaves the block it is at. */
    default void flush() throws Exception {}

    /** Hands over what was written in the batch. */
    void drainTo(List<Shuffle> target);
}
