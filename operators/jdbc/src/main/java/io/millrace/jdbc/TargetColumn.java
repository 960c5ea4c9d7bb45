// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.jdbc;

import java.sql.Types;

/**
 * A column as the database has it.
 *
 * @param name as the database spells it
 * @param quoted as statements have it
 * @param isKey whether an upsert finds its row by it
 * @param type one of {@link Types}
 * @param typeName the database's name for it
 * @param mayBeNull false if null is refused
 * @param precision characters of text, digits of numbers; 0 if unknown
 * @param scale digits after the point
 */
record TargetColumn(
        String name,
        String quoted,
        boolean isKey,
        int type,
        String typeName,
        boolean mayBeNull,
        int precision,
        int scale) {

    /** True if its moments are the same in all time zones. */
    boolean hasZone() {
        return type == Types.TIMESTAMP_WITH_TIMEZONE || typeName.equalsIgnoreCase("timestamptz");
    }
}
