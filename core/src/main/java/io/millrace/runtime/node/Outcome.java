// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.node;

import io.millrace.listener.StopReport;
import java.util.Optional;

/** Hears how a job fares. Called by actors' threads. */
public interface Outcome {

    /** An output failed in a batch; the job goes on. */
    void outputFailed(String description, Throwable cause);

    /** The job has ended; {@code failure} says why, if it was not told to. */
    void stopped(StopReport report, Optional<String> failure);
}
