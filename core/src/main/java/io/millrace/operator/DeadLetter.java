// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator;

/**
 * A record that a policy set aside.
 *
 * @param failed where it was and why it failed
 * @param record the record as the operator saw it
 */
public record DeadLetter(FailedRecord failed, Object record) {}
