// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.window;

import org.jspecify.annotations.Nullable;

/**
 * What {@link ReduceByKeyAndWindowInverseOperator} and its kin keep of a key. Public only because the state travels; of no use to a
 * program.
 *
 * @param last the end of the newest slice that has the key, in milliseconds since the epoch
 * @param value the value of the key in the window
 */
public record WindowValue(long last, @Nullable Object value) {}
