// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.jdbc;

import io.millrace.operator.OutputCommit;
import java.util.Optional;

/**
 * A record that cannot be written, though the others of its batch can.
 *
 * @param commit the batch
 * @param position which record of the batch it is, from 0
 * @param record the record
 * @param table the table
 * @param column the column that it fails on, if that can be told
 * @param reason what the database, or a function of a column, said; escaped and at most 500 characters
 * @param <T> records
 */
public record RefusedRecord<T>(
        OutputCommit commit, int position, T record, String table, Optional<String> column, String reason) {

    /** One line that names all of it; the record is escaped and cut. */
    public String describe() {
        return "record " + position + " of " + commit.describe() + " is refused by table " + table
                + column.map(name -> ", column " + name).orElse("") + ": " + reason + ": " + Excerpt.of(record);
    }
}
