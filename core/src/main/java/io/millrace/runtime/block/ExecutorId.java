// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.block;

/**
 * One life of one executor.
 *
 * @param number its place among the executors, from 0
 * @param incarnation how often that place was filled before; a new life remembers nothing of the last
 */
public record ExecutorId(int number, int incarnation) implements Comparable<ExecutorId> {

    @Override
    public int compareTo(ExecutorId other) {
        int byNumber = Integer.compare(number, other.number);
        return byNumber != 0 ? byNumber : Integer.compare(incarnation, other.incarnation);
    }

    /** {@code executor-0}, and {@code executor-0.1} for its second life. */
    @Override
    public String toString() {
        return incarnation == 0 ? "executor-" + number : "executor-" + number + "." + incarnation;
    }
}
