// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

/**
 * Code that computes one value.
 *
 * @param before statements to run first; they refer to nothing but columns, constants and the row
 * @param isNull an expression without effects that says whether the value is null, or {@code "false"} if it never is
 * @param value an expression without effects, of no meaning if the value is null
 */
record Code(String before, String isNull, String value) {

    boolean neverNull() {
        return isNull.equals("false");
    }
}
