// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sink;

import io.millrace.table.plan.OutputMode;
import io.millrace.table.source.FormatOptions;
import io.millrace.table.type.Schema;
import java.util.List;

/**
 * What is to be written.
 *
 * @param schema the columns
 * @param mode which rows a batch brings
 * @param options of the format; a path is the option {@code path}
 * @param partitionBy columns whose values make directories
 */
public record WriteRequest(Schema schema, OutputMode mode, FormatOptions options, List<String> partitionBy) {

    /** Copies the list. */
    public WriteRequest {
        partitionBy = List.copyOf(partitionBy);
    }
}
