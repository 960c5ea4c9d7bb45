// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

/** What an accumulator holds while it grows, in the place of an array or a map that would be copied for each row. For one thread. */
public interface Growing {

    /** The value in the form of its type; a copy. */
    Object toValue();
}
