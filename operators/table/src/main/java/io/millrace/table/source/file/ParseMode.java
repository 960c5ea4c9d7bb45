// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source.file;

import io.millrace.table.AnalysisException;
import io.millrace.table.source.FormatOptions;
import java.util.Locale;

/** What becomes of a row that is not as the schema says. */
enum ParseMode {
    /** What does not fit is null. */
    PERMISSIVE,
    /** The row is left out. */
    DROPMALFORMED,
    /** The query ends. */
    FAILFAST;

    static ParseMode of(FormatOptions options) {
        String mode = options.get("mode", PERMISSIVE.name()).toUpperCase(Locale.ROOT);
        for (ParseMode known : values()) {
            if (known.name().equals(mode)) {
                return known;
            }
        }
        throw new AnalysisException(
                "INVALID_OPTION", "the option 'mode' is PERMISSIVE, DROPMALFORMED or FAILFAST, but is '" + mode + "'");
    }
}
