// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.conformance;

/** What Spark gets wrong, or refuses without need; each is a rule over programs. */
enum Flaw {
    /** Two stateful operators or more in update or complete mode: Spark refuses to start. */
    SEVERAL_STATEFUL_OPERATORS,
    /** A full outer join of two streams: null keys of the two sides match each other, as in no other join. */
    NULL_KEYS_MEET,
    /**
     * An outer join in which the side whose rows come out with nulls carries no watermark, though that of the other side says when nothing can
     * match any more: Spark keeps those rows for ever.
     */
    NULLS_NEVER_EMITTED
}
