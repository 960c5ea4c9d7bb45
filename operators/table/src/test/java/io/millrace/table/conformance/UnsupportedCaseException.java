// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.conformance;

/** A case says something that whoever reads it does not know. */
public final class UnsupportedCaseException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** What it is. */
    public UnsupportedCaseException(String what) {
        super(what);
    }
}
