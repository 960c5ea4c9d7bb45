// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

/**
 * The bounds within which bytes are written and read. Writing obeys them too: what was written can be read.
 *
 * @param maxBytes the longest output, string or array, in bytes
 * @param maxElements the most elements of a collection, an array or a column
 * @param maxDepth how deep values may lie in one another
 */
public record WireLimits(int maxBytes, int maxElements, int maxDepth) {

    /** 256 MiB, 32 Mi elements, 200 levels. */
    public static final WireLimits DEFAULT = new WireLimits(256 << 20, 32 << 20, 200);

    /** Checks the bounds. */
    public WireLimits {
        requireWithin("maxBytes", maxBytes, 1, 1 << 30);
        requireWithin("maxElements", maxElements, 1, 1 << 27);
        requireWithin("maxDepth", maxDepth, 1, 1000);
    }

    private static void requireWithin(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be in " + least + ".." + most + ", but is " + value);
        }
    }
}
