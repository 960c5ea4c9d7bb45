// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import java.time.Instant;
import java.util.UUID;

/**
 * Who opens a log.
 *
 * @param job the job's name, at most 1024 characters; the log of another one is refused
 * @param incarnation this start of it; never used before
 * @param now the time that the claim tells; nothing is decided by it
 */
public record Claimant(String job, UUID incarnation, Instant now) {

    /** Checks the length of the name. */
    public Claimant {
        if (job.length() > 1024) {
            throw new IllegalArgumentException("the name of a job may have 1024 characters, and has " + job.length());
        }
    }
}
