// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import io.millrace.table.testkit.HarnessJobs;
import java.util.Random;

/** How a run of a query ends. */
final class CutOff {

    private CutOff() {}

    /** Stops the query when it has done its work, or cuts it off: before it has begun on what came, or before the sink is told. */
    static void end(HarnessJobs jobs, Random dice) {
        switch (dice.nextInt(3)) {
            case 0 -> {
                jobs.harness().runBatches(4);
                jobs.harness().stop();
            }
            case 1 -> jobs.harness().stop(false);
            default -> jobs.cutOffBeforeSinks();
        }
    }
}
