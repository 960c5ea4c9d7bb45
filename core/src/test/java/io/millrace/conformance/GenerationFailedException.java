// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.conformance;

/** A batch function that fails itself, not on the records: in Spark the whole batch cannot be generated. */
final class GenerationFailedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** What it says. */
    GenerationFailedException(String message) {
        super(message);
    }
}
