// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

/** Says that an output failed in a batch, or that the job ended in a way nobody asked for. */
public final class BatchFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BatchFailedException(String message, Throwable cause) {
        super(message, cause);
    }

    BatchFailedException(String message) {
        super(message);
    }
}
