// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

/** What becomes of a line that is not UTF-8. It is counted in any case. */
public enum MalformedText {
    /** Its bad bytes become U+FFFD, as in Spark. */
    REPLACE,
    /** It goes to the dead letters. */
    DEAD_LETTER,
    /** The batch fails. */
    FAIL
}
