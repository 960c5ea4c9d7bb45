// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import io.millrace.runtime.durable.JournalFormat;
import java.util.function.UnaryOperator;

/** Lets tests of other packages look at, and change, what a job writes to its log and reads from it. */
public final class JournalSeam {

    private JournalSeam() {}

    /** Puts something around the format of the log. */
    public static void around(StreamingContextBuilder builder, UnaryOperator<JournalFormat> around) {
        builder.journalFormat = around;
    }
}
