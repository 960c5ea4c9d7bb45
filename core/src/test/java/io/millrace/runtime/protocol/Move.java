// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

/** Something that can happen to a driver. */
sealed interface Move {

    /** It hears something. */
    record Hears(DriverEvent event) implements Move {}

    /** It hears that an attempt is done, if it is. */
    record HearsOfAttempt(AttemptName attempt) implements Move {}

    /** It hears that a sink has something, if it has. */
    record HearsOfSink(int sink, long batch, int partition) implements Move {}

    /** It does the next thing to open the log. */
    record Opens() implements Move {}

    /** It appends the first record that it has to append; or all of them, where the log is fenced by itself. */
    record Writes() implements Move {}

    /** It looks for a claim, and acts if there is none. */
    record Looks() implements Move {}
}
