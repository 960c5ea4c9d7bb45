// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator;

/**
 * A record that a policy set aside.
 *
 * @param failed where it was and why it failed
 * @param record the record as the operator saw it; of a line that is not UTF-8, its bytes ({@code byte[]}); of a line that was too
 *     long to be taken, what is left of it ({@link CutLine})
 */
public record DeadLetter(FailedRecord failed, Object record) {}
