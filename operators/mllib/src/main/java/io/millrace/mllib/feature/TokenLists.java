// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;

/** Columns of arrays of words. */
final class TokenLists {

    private TokenLists() {}

    /**
     * Checks that a column holds words.
     *
     * @throws IllegalArgumentException if it does not
     */
    static void check(Field input) {
        if (!(input.type() instanceof DataType.Array array) || !array.element().equals(DataType.STRING)) {
            throw new IllegalArgumentException("requirement failed: Input type must be array<string> but got "
                    + input.type().sparkName() + ".");
        }
    }
}
