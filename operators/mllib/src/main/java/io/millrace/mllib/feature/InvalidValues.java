// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.storage.Params;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a stage does with values that it does not know: Spark's parameter {@code handleInvalid}. */
enum InvalidValues {
    /** Refuse the row. The default. */
    ERROR,
    /** Drop the row. */
    SKIP,
    /** Give them a place of their own. */
    KEEP,
    /** Do not look for them. */
    OPTIMISTIC;

    /** Whether one of these slots holds null or NaN: the rows that Spark's {@code na.drop} drops. */
    static boolean anyIn(@Nullable Object[] slots, int[] among) {
        for (int slot : among) {
            Object value = slots[slot];
            if (value == null
                    || (value instanceof Double number && number.isNaN())
                    || (value instanceof Float small && small.isNaN())) {
                return true;
            }
        }
        return false;
    }

    /** The parameter's value, which must be one of {@code allowed}. */
    static InvalidValues of(Params params, InvalidValues... allowed) {
        String text = params.getString("handleInvalid", "error");
        for (InvalidValues value : allowed) {
            if (value.name().toLowerCase(Locale.ROOT).equals(text)) {
                return value;
            }
        }
        throw params.failure(
                "handleInvalid",
                "is " + text + ", must be one of " + Arrays.toString(allowed).toLowerCase(Locale.ROOT));
    }
}
