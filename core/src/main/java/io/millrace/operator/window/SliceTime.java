// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.window;

/**
 * The key under which a window operator keeps a {@link Slice} in its state, beside the keys of the records. Public only because the
 * state travels; of no use to a program.
 *
 * @param end the end of the slice, or the time of the one batch of an open one, in milliseconds since the epoch
 */
public record SliceTime(long end) {}
