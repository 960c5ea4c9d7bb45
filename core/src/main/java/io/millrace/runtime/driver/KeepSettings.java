// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

/**
 * How much of the last batches is kept, so that they can be run again.
 *
 * @param batches how many; 0 = none
 * @param bytes how much memory they may take: the bytes of their blocks, and an estimate of 64 bytes for each key whose state changed and
 *     each record of an output
 */
public record KeepSettings(int batches, long bytes) {

    /** True if batches are kept. */
    public boolean isOn() {
        return batches > 0;
    }
}
