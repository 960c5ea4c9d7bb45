// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.jdbc;

/** A value that no statement need be tried with. */
final class RefusedValueException extends Exception {

    private static final long serialVersionUID = 1L;

    RefusedValueException(String message) {
        super(message);
    }
}
