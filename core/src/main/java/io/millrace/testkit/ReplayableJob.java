// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import io.millrace.operator.OutputOperator;
import io.millrace.stream.DStream;

/**
 * A job that says by name where its records come from and where they go, so that the same definition runs with real receivers and
 * sinks, under a {@link Recorder}, and again in a {@link Replay}.
 */
@FunctionalInterface
public interface ReplayableJob {

    /** Defines streams and outputs; called once per run. Must define the same each time. */
    void define(Wiring wiring);

    /** What a job is connected to. */
    interface Wiring {

        /**
         * The records that come in under a name.
         *
         * @throws IllegalArgumentException if there is no input of this name
         */
        <T> DStream<T> input(String name);

        /**
         * Sends a stream to a sink. In a replay the sink is not touched: what it would get is compared with what it got.
         *
         * @param name of the output, unique in the job
         */
        <T> void output(String name, DStream<T> stream, OutputOperator<? super T> sink);
    }
}
