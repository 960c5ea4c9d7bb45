// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.aggregate;

import io.millrace.table.data.ValueHash;
import io.millrace.table.data.ValueOrder;

/** A value that is equal to another in the sense of grouping. */
final class ValueKey {

    private final Object value;
    private final int hash;
    private final boolean alone;

    ValueKey(Object value) {
        this(value, false);
    }

    private ValueKey(Object value, boolean alone) {
        this.value = value;
        this.hash = ValueHash.hash(value);
        this.alone = alone;
    }

    /** A member of a set of Spark's, in which NaN is equal to nothing, and so there as often as it came. */
    static ValueKey member(Object value) {
        boolean none =
                (value instanceof Double number && number.isNaN()) || (value instanceof Float single && single.isNaN());
        return new ValueKey(value, none);
    }

    Object value() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof ValueKey that
                        && !alone
                        && !that.alone
                        && hash == that.hash
                        && ValueOrder.equal(value, that.value));
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
