// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

/** What a {@link Measurement} watches. It calls from a thread of its own. */
public interface Subject {

    /** The words processed so far; it may lag behind and move in steps, but not run ahead. */
    long words();

    /** The measured window begins. */
    default void windowOpens() {}

    /** The measured window has ended: the line with what the subject itself measured in it. */
    default JsonLine windowCloses(JsonLine line) {
        return line;
    }
}
