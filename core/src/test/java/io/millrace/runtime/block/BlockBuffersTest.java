// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.block;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BlockBuffersTest {

    @Test
    void anArrayThatWasGivenBackIsUsedAgain() {
        BlockBuffers buffers = new BlockBuffers(32, 2);
        byte[] first = buffers.take();
        assertThat(first).hasSize(32).hasSize(buffers.size());

        buffers.give(first);

        assertThat(buffers.take()).isSameAs(first);
        assertThat(buffers.take()).isNotSameAs(first);
    }

    @Test
    void noMoreThanItsCapacityIsKept() {
        BlockBuffers buffers = new BlockBuffers(32, 1);
        byte[] kept = new byte[32];

        buffers.give(kept);
        buffers.give(new byte[32]);

        assertThat(buffers.take()).isSameAs(kept);
        assertThat(buffers.take()).containsOnly(0);
    }

    @Test
    void anArrayOfAnotherLengthIsNotKept() {
        BlockBuffers buffers = new BlockBuffers(32, 2);

        buffers.give(new byte[31]);
        buffers.give(new byte[33]);

        assertThat(buffers.take()).hasSize(32);
        assertThat(buffers.take()).hasSize(32);
    }

    @Test
    void withoutAPoolNothingIsKept() {
        byte[] array = new byte[1];

        BlockBuffers.UNPOOLED.give(array);

        assertThat(BlockBuffers.UNPOOLED.take()).isNotSameAs(array);
    }
}
