// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

/** What two inputs of the same columns have in common, or not. */
public enum SetOperation {

    /** The rows that are in both. */
    INTERSECT,

    /** The rows of the first that are not in the second. */
    EXCEPT
}
