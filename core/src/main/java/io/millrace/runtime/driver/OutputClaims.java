// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import io.millrace.operator.OutputClaim;
import io.millrace.operator.TransactionalOutput;
import io.millrace.runtime.plan.PlanNode;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Claims the transactional outputs for a run of the job, each once. Used by the output thread only. */
final class OutputClaims {

    /** An output has batches that the checkpoint does not know of: the checkpoint is an older copy, or another one. */
    static final class AheadException extends Exception {
        private static final long serialVersionUID = 1L;

        AheadException(String message) {
            super(message);
        }
    }

    private final String job;
    private final long epoch;
    private final Map<Integer, OptionalLong> newest = new HashMap<>();

    /** None is claimed yet. */
    OutputClaims(String job, long epoch) {
        this.job = job;
        this.epoch = epoch;
    }

    /** The name under which an output is written to. */
    OutputClaim of(PlanNode output) {
        return new OutputClaim(job, output.node().name(), epoch);
    }

    /**
     * Claims an output, if that was not done yet.
     *
     * @param next the number of the batch that it is to be given
     * @throws AheadException if it has a later batch
     */
    void claim(PlanNode output, TransactionalOutput<?> operator, long next) throws Exception {
        OptionalLong has = newest.get(output.id());
        if (has == null) {
            has = operator.claim(of(output));
            newest.put(output.id(), has);
            if (has.isPresent() && has.getAsLong() > next) {
                throw new AheadException("output " + output.node().name() + " has batch " + has.getAsLong()
                        + " of job " + job + ", and the checkpoint goes on with batch " + next
                        + ": it is an older copy, or that of another job of this name");
            }
        }
    }
}
