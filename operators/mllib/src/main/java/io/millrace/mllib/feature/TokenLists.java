// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import io.millrace.mllib.table.TypeNames;

/** Columns of arrays of words. */
final class TokenLists {

    private TokenLists() {}

    /**
     * Checks that a column holds words.
     *
     * @throws IllegalArgumentException if it does not
     */
    static void check(Field input) {
        checkIs(input, "requirement failed: Input type must be array<string> but got %s.");
    }

    /** As {@link #check}, as the families say it that take lists with and without nulls. */
    static void checkOneOf(Field input) {
        checkIs(
                input,
                "requirement failed: Column " + input.name().replace("%", "%%")
                        + " must be of type equal to one of the following types: [array<string>, array<string>] but was"
                        + " actually of type %s.");
    }

    /** As {@link #check}; {@code message} has a place for the type. */
    static void checkIs(Field input, String message) {
        if (!(input.type() instanceof DataType.Array array) || !array.element().equals(DataType.STRING)) {
            throw new IllegalArgumentException(String.format(message, TypeNames.catalog(input.type())));
        }
    }
}
