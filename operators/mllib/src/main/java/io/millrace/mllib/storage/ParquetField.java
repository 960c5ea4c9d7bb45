// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.storage;

import java.util.List;

/**
 * A field of a Parquet file's schema, with those below it.
 *
 * @param column its name behind those of the fields above it, with dots
 * @param name its own name
 * @param repetition {@link #REQUIRED}, {@link #OPTIONAL} or {@link #REPEATED}
 * @param type {@link #GROUP}, or the number of its type in the format
 * @param meaning {@link #LIST}, {@link #MAP} or {@link #PLAIN}, which is all else
 * @param definitions the definition level from which on it is there
 * @param repetitions the repetition level of its values
 * @param firstColumn the place of its first column in a row group
 * @param endColumn the place behind its last column
 */
record ParquetField(
        String column,
        String name,
        int repetition,
        int type,
        int meaning,
        int definitions,
        int repetitions,
        int firstColumn,
        int endColumn,
        List<ParquetField> fields) {

    static final int REQUIRED = 0;
    static final int OPTIONAL = 1;
    static final int REPEATED = 2;

    static final int GROUP = -1;
    static final int BOOLEAN = 0;
    static final int INT32 = 1;
    static final int INT64 = 2;
    static final int INT96 = 3;
    static final int FLOAT = 4;
    static final int DOUBLE = 5;
    static final int BINARY = 6;
    static final int FIXED_LEN_BYTE_ARRAY = 7;

    static final int PLAIN = -1;
    static final int MAP = 1;
    static final int LIST = 3;

    boolean isGroup() {
        return type == GROUP;
    }
}
