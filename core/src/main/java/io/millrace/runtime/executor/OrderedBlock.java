// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.runtime.block.BlockId;

/**
 * A block and its place in a batch.
 *
 * @param ordinal its number in the batch, in order of arrival
 * @param block the block
 * @param work what there is to do for it, in bytes of a block of records
 */
public record OrderedBlock(int ordinal, BlockId block, long work) {}
