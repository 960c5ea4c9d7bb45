// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

/** A value that cannot become bytes, or bytes that are not what they should be. */
public final class WireException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With a message that says what was expected, where, and the bound. */
    public WireException(String message) {
        super(message);
    }

    /** With what was thrown underneath, such as by the constructor of a user's record. */
    public WireException(String message, Throwable cause) {
        super(message, cause);
    }

    /** This failure, with the place in a message or value in front. */
    WireException in(String place) {
        return new WireException(place + ": " + getMessage(), this);
    }
}
