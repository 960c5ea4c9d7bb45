// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.plan;

/** Which of Spark's refusals hold for what could be run on a stream. */
public enum Refusals {

    /** All of them. */
    ALL_OF_SPARK,

    /** All but one: a query may have several operators with state, and joins of streams among them, in any output mode. The default. */
    BUT_SEVERAL_STATEFUL,

    /**
     * None: besides, aggregates of distinct values, the best rows of groups by {@code row_number()}, {@code rank()} or {@code dense_rank()}, left anti joins of two streams, and joins of
     * two streams outside append mode run.
     */
    NONE
}
