// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

/**
 * A place in a query text.
 *
 * @param line from 1; 0 if there is no text
 * @param column from 1; 0 if there is no text
 */
public record Position(int line, int column) {

    /** No place: the expression was not written as text. */
    public static final Position NONE = new Position(0, 0);
}
