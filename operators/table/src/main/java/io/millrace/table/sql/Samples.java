// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code TABLESAMPLE}: some rows of a table. */
final class Samples {

    private static final Pattern ROWS = Pattern.compile("(?i)(- )?([0-9]{1,18}) rows");

    private static final Pattern PERCENT = Pattern.compile("(?i)(- )?([0-9]*\\.?[0-9]+|[0-9]+\\.) percent");

    private static final String STREAM = "Sampling is not supported on streaming DataFrames/Datasets";

    private Samples() {}

    /**
     * The first rows, all or none.
     *
     * @param amount what stands in the parentheses
     */
    static Relation of(Planner planner, Relation input, String amount, Position position) {
        Matcher rows = ROWS.matcher(amount);
        if (rows.matches()) {
            long count = Long.parseLong(rows.group(2));
            return planner.limit(input, 0, rows.group(1) == null ? count : -count);
        }
        Matcher percent = PERCENT.matcher(amount);
        if (!percent.matches()) {
            throw unsupported(amount, position);
        }
        BigDecimal share = new BigDecimal(percent.group(2).replaceFirst("\\.$", ""));
        if (percent.group(1) != null || share.compareTo(BigDecimal.valueOf(100)) > 0) {
            throw Asts.error("PARSE_SYNTAX_ERROR", "a sample has from 0 to 100 percent, not " + amount, position);
        }
        if (share.signum() == 0) {
            return planner.finishedOnly(planner.limit(input, 0, 0), STREAM);
        }
        if (share.compareTo(BigDecimal.valueOf(100)) == 0) {
            return planner.finishedOnly(input, STREAM);
        }
        throw unsupported(amount, position);
    }

    private static io.millrace.table.AnalysisException unsupported(String amount, Position position) {
        return Asts.error(
                "UNSUPPORTED_FEATURE.TABLESAMPLE",
                "TABLESAMPLE (" + amount
                        + ") would give other rows each time, but a batch that is run again must give the same; TABLESAMPLE (n ROWS) gives the first, and a condition as xxhash64(id) % 100 < 10 a share",
                position);
    }
}
