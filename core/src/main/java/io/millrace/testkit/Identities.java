// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import java.util.SplittableRandom;

/** The identities of the actors of one simulation, the same ones for the same seed. */
final class Identities {

    private static final int NOT_AN_IDENTITY = 0;

    private final SplittableRandom random;

    Identities(long seed) {
        this.random = new SplittableRandom(~seed);
    }

    /** Any thread may ask, at the price of determinism. */
    synchronized int next() {
        int identity = random.nextInt();
        return identity == NOT_AN_IDENTITY ? next() : identity;
    }
}
