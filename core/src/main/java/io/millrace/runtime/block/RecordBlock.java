// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.block;

import io.millrace.receiver.TextChunk;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A block of objects.
 *
 * @param info what is known of it
 * @param records the objects; never changed
 */
public record RecordBlock(BlockInfo info, @Nullable Object[] records) implements Block {

    @Override
    public List<TextChunk.Rejected> rejected() {
        return List.of();
    }

    @Override
    public boolean retain() {
        return true;
    }

    @Override
    public Block detached() {
        return this;
    }

    @Override
    public Block named(BlockInfo name) {
        return new RecordBlock(name, records);
    }

    @Override
    public void release() {
        // the garbage collector keeps count
    }
}
