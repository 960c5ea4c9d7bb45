// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.state;

/**
 * A timer that fires.
 *
 * @param expiryTimeInMs for when it was set, in milliseconds since 1970
 */
public record ExpiredTimerInfo(long expiryTimeInMs) {}
