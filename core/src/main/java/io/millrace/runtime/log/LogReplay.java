// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

/** Takes the records of a log in order. It must not act on them before the log is open: until then nothing is fenced. */
@FunctionalInterface
public interface LogReplay {

    /** Takes the record with the sequence number {@code sequence}. */
    void record(long sequence, LogRecord record);
}
