// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import java.util.function.Consumer;

/** Lets tests of other packages hear of the points that a job in a simulation reaches. */
public final class PointSeam {

    private PointSeam() {}

    /** Calls this whenever the job reaches a {@code CrashPoint} or a {@code DurablePoint}, in the middle of what it does. */
    public static void onPoint(BatchHarness harness, Consumer<Enum<?>> listener) {
        harness.onPoint(listener);
    }
}
