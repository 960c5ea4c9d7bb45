// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import io.millrace.operator.BatchTime;
import java.util.List;

/**
 * A batch that ran, with all that is needed to run it again.
 *
 * @param batch its time
 * @param absorbed how many intervals before it have no batch of their own
 * @param blocks its blocks, in order of arrival
 * @param outputs what outputs were given; an output that had no batch at this time, or depends on what failed, is missing
 * @param operators what operators emitted, if that was observed
 */
public record KeptBatch(
        BatchTime batch, int absorbed, List<KeptBlock> blocks, List<Emitted> outputs, List<Emitted> operators) {

    /** Copies the lists. */
    public KeptBatch {
        blocks = List.copyOf(blocks);
        outputs = List.copyOf(outputs);
        operators = List.copyOf(operators);
    }
}
