// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.chaos;

import java.io.PrintStream;

/** What a process tells the one that started it, line by line. */
final class Says {

    private static final PrintStream OUT = System.out;

    private Says() {}

    /** Tells a line at once. */
    static synchronized void line(String line) {
        OUT.println(line);
        OUT.flush();
    }
}
