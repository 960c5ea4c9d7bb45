// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.runtime.state.PairBuffer;

/**
 * Rows on their way from a task to a partition.
 *
 * @param node the operator they are for
 * @param input which of its parents they come from
 * @param partition the partition
 * @param rows the rows
 */
public record Shuffle(int node, int input, int partition, PairBuffer rows) {}
