// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.model;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps netlib from warning twice per JVM that it found neither a native library nor the vector module: what it takes
 * instead is what Spark takes on Java 17. Held, because java.util.logging forgets loggers that nobody holds.
 */
public final class QuietNetlib {

    private static final Logger LOGGER = Logger.getLogger("dev.ludovic.netlib");

    private QuietNetlib() {}

    /** Sets netlib's logger to severe, unless somebody has given it a level of his own. */
    public static void apply() {
        if (LOGGER.getLevel() == null) {
            LOGGER.setLevel(Level.SEVERE);
        }
    }
}
