// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.record;

import io.millrace.operator.RecordOperator;
import io.millrace.operator.Step;
import io.millrace.operator.StepContext;

/**
 * All records of all parents, duplicates included; costs nothing.
 *
 * @param <T> records
 */
public record UnionOperator<T>() implements RecordOperator<T, T> {

    @Override
    public String kind() {
        return "union";
    }

    @Override
    public boolean keepsKeys() {
        return true;
    }

    @Override
    public Step<T> open(StepContext context, Step<T> out) {
        return out;
    }
}
