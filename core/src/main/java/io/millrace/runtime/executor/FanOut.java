// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.operator.RecordFailure;
import io.millrace.operator.Step;
import java.util.Arrays;
import java.util.List;

/**
 * Pushes every record to several steps. A branch in which an operator fails is cut off for the rest of the batch; the others, and the
 * operator above, go on.
 */
final class FanOut implements Step<Object> {

    private final Step<Object>[] branches;
    private final boolean[] dead;
    private final Chain chain;

    @SuppressWarnings({"unchecked", "rawtypes"})
    FanOut(List<Step<Object>> branches, Chain chain) {
        this.branches = branches.toArray(new Step[0]);
        this.dead = new boolean[this.branches.length];
        this.chain = chain;
    }

    void begin() {
        Arrays.fill(dead, false);
    }

    @Override
    public void push(Object record) throws Exception {
        for (int i = 0; i < branches.length; i++) {
            if (!dead[i]) {
                try {
                    branches[i].push(record);
                } catch (RecordFailure failure) {
                    dead[i] = true;
                    chain.failed(failure);
                }
            }
        }
    }
}
