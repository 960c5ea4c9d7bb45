// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.key;

/** Which keys a join has: those of both streams, and perhaps those of one of them only. */
public enum JoinKind {
    /** Keys of both. */
    INNER("join", false, false),
    /** All keys of the left stream. */
    LEFT_OUTER("leftOuterJoin", true, false),
    /** All keys of the right stream. */
    RIGHT_OUTER("rightOuterJoin", false, true),
    /** All keys of either. */
    FULL_OUTER("fullOuterJoin", true, true);

    private final String kind;
    private final boolean keepsLeft;
    private final boolean keepsRight;

    JoinKind(String kind, boolean keepsLeft, boolean keepsRight) {
        this.kind = kind;
        this.keepsLeft = keepsLeft;
        this.keepsRight = keepsRight;
    }

    String kind() {
        return kind;
    }

    /** True if a value of the left stream comes out though the right one has none; values of the right one are optional then. */
    boolean keepsLeft() {
        return keepsLeft;
    }

    /** True if a value of the right stream comes out though the left one has none; values of the left one are optional then. */
    boolean keepsRight() {
        return keepsRight;
    }
}
