// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator;

/**
 * Who writes to a transactional output: one run of one job. Of two claims with the same job and output the one with the higher epoch
 * is the later run; the other is a zombie.
 *
 * @param job the name of the job
 * @param output the name of the output, unique in the job
 * @param epoch counts the runs of the job on its checkpoint directory, from 1; 0 if it has none
 */
public record OutputClaim(String job, String output, long epoch) {

    /** Checks the epoch. */
    public OutputClaim {
        if (epoch < 0) {
            throw new IllegalArgumentException("epoch must be >= 0, but is " + epoch);
        }
    }
}
