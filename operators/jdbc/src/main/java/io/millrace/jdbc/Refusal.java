// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.jdbc;

import io.millrace.operator.OutputCommit;
import java.util.Optional;

/** A refused record before it is known by the name of its batch. */
record Refusal<T>(int position, T record, Optional<String> column, String reason) {

    private static final int LONGEST = 480;

    RefusedRecord<T> in(OutputCommit commit, TableName table, Redaction redaction) {
        return new RefusedRecord<>(
                commit, position, record, table.toString(), column, Excerpt.of(redaction.clean(reason), LONGEST));
    }
}
