// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.block;

/**
 * The name of a block.
 *
 * @param stream the input stream, from 0
 * @param incarnation which life of the stream's receiver cut it, from 0
 * @param number its number in that life, from 0
 */
public record BlockId(int stream, int incarnation, long number) {

    /** {@code input-0-0-17}. */
    @Override
    public String toString() {
        return "input-" + stream + "-" + incarnation + "-" + number;
    }
}
