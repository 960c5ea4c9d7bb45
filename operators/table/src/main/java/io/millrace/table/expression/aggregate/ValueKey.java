// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.aggregate;

import io.millrace.table.data.ValueHash;
import io.millrace.table.data.ValueOrder;

/** A value that is equal to another in the sense of grouping. */
final class ValueKey {

    private final Object value;
    private final int hash;

    ValueKey(Object value) {
        this.value = value;
        this.hash = ValueHash.hash(value);
    }

    Object value() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ValueKey that && hash == that.hash && ValueOrder.equal(value, that.value);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
