// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import io.millrace.runtime.block.CrashPoint;

/** Ends an actor where a test wants its executor to die. */
final class SimulatedCrash extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SimulatedCrash(CrashPoint point) {
        super("a test crashes this executor at " + point, null, false, false);
    }
}
