// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.conformance;

/** A program uses something that the language does not have, or that this interpreter does not know. */
final class UnsupportedProgramException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What it is. */
    UnsupportedProgramException(String message) {
        super(message);
    }
}
