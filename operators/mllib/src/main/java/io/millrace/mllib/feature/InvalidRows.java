// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.storage.Params;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What becomes of rows with values that a stage cannot use: Spark's {@code handleInvalid}. */
enum InvalidRows {
    ERROR,
    SKIP,
    KEEP,
    OPTIMISTIC;

    /** The parameter; {@code third} is what the stage knows besides {@code error}, its default, and {@code skip}. */
    static InvalidRows of(Params params, String third) {
        String value = params.getString("handleInvalid", "error");
        if (!value.equals("error") && !value.equals("skip") && !value.equals(third)) {
            throw params.failure("handleInvalid", "is " + value + ", must be error, skip or " + third);
        }
        return valueOf(value.toUpperCase(Locale.ROOT));
    }

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
}
