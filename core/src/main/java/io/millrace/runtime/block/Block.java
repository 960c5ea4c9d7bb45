// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.block;

import io.millrace.receiver.TextChunk;
import java.util.List;

/**
 * Some consecutive records of an input, immutable once cut.
 *
 * <p>Every store and every task that holds a block retains it and releases it; the last release gives the block's
 * memory back to where it came from.
 */
public sealed interface Block permits TextBlock, RecordBlock {

    /** What is known of it besides its content. */
    BlockInfo info();

    /** Lines that were too long to be taken, in the order in which they came. */
    List<TextChunk.Rejected> rejected();

    /** One more holder; false if the last one has let go already, so that there is nothing left to hold. */
    boolean retain();

    /** The same block with bytes of its own, for whoever keeps it after its last holder has let go. */
    Block detached();

    /** The same block under another name, before anybody else holds it. */
    Block named(BlockInfo info);

    /** One holder less. Whoever made the block is its first holder. */
    void release();
}
