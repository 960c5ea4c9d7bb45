// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source;

import io.millrace.table.AnalysisException;
import io.millrace.table.type.Schema;
import java.util.Optional;

/**
 * What is to be read.
 *
 * @param schema the columns, if the user says them
 * @param options of the format; a path is the option {@code path}
 */
public record ReadRequest(Optional<Schema> schema, FormatOptions options) {

    /** The columns of a format that has its own; refuses a user's. */
    public void refuseSchema(String format) {
        if (schema.isPresent()) {
            throw new AnalysisException(
                    "UNSUPPORTED_USER_SPECIFIED_SCHEMA",
                    "the format " + format + " has columns of its own, so no schema can be given");
        }
    }
}
