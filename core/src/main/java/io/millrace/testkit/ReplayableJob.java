// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import io.millrace.StreamingContext;

/** The definition of a job, which is run by a program with its receivers and sinks, and by a {@link Replay} without touching them. */
@FunctionalInterface
public interface ReplayableJob {

    /** Defines streams and outputs on a context that has not started; called once per run. Must define the same each time. */
    void define(StreamingContext context);
}
