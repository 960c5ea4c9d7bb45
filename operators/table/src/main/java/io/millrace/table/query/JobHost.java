// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import io.millrace.StreamingContext;
import io.millrace.StreamingContextBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** What the jobs of queries run in: an actor system, or the simulation of a test. */
public interface JobHost {

    /**
     * A job, on which nothing is defined yet.
     *
     * @param name its name: letters, digits, {@code -} and {@code _}
     * @param interval how often it looks for rows
     * @param options further options
     */
    StreamingContext context(String name, Duration interval, Consumer<StreamingContextBuilder> options);

    /** Starts a job of this host. */
    void start(StreamingContext context);

    /** What the time is. */
    Instant now();
}
