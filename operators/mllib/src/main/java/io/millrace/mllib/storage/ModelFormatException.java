// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.storage;

import org.jspecify.annotations.Nullable;

/** A saved model that cannot be loaded: damaged, foreign, beyond the limits, or of a class that is not known. */
public final class ModelFormatException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String file;
    private final String reason;

    public ModelFormatException(String file, String reason) {
        this(file, reason, null);
    }

    public ModelFormatException(String file, String reason, @Nullable Throwable cause) {
        super(file + ": " + reason, cause);
        this.file = file;
        this.reason = reason;
    }

    /** The file or folder at fault, relative to the model's directory. */
    public String file() {
        return file;
    }

    public String reason() {
        return reason;
    }
}
