// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

/**
 * How far an explorer goes.
 *
 * @param records how many records the client sends; each as often as it likes, alone or together
 * @param drivers how many drivers there are, 1 or 2; the first goes on when the second has taken over
 * @param attempts how many attempts a driver makes at a partition
 * @param split whether opening the log is four steps (claim, read, seal, look) and appending is two (append, look); otherwise each
 *     is one, as if the log were fenced by itself
 */
record Bounds(int records, int drivers, int attempts, boolean split, ProtocolSettings settings) {}
