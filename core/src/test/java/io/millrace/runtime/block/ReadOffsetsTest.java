// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.receiver.OffsetRange;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadOffsetsTest {

    private final ReadOffsets offsets = new ReadOffsets();

    private static BlockInfo block(int stream, OffsetRange... ranges) {
        return new BlockInfo(new BlockId(stream, 0, 0), 1, 1, 0, 0, 0, List.of(ranges));
    }

    private static OffsetRange range(String split, long from, long to) {
        return new OffsetRange(split, from, to);
    }

    @Test
    void whatGoesOnIsNew() {
        offsets.count(block(0, range("a", 0, 5), range("b", 7, 9)));

        assertThat(offsets.again(block(0, range("a", 5, 6), range("b", 9, 9), range("c", 0, 1))))
                .isEmpty();
        assertThat(offsets.of(0)).isEqualTo(Map.of("a", 5L, "b", 9L));
    }

    @Test
    void ofABlockThatCountsAllIsKnown() {
        offsets.recover(Map.of(0, Map.of("a", 5L)));

        assertThat(offsets.again(block(0, range("a", 2, 5))))
                .contains(new ReadOffsets.Again(true, range("a", 2, 5), 5));
    }

    @Test
    void aBlockOfWhichAPartCountsIsNotKnownAsAWhole() {
        offsets.count(block(0, range("a", 0, 5)));

        assertThat(offsets.again(block(0, range("b", 0, 3), range("a", 4, 8))))
                .contains(new ReadOffsets.Again(false, range("a", 4, 8), 5));
    }

    @Test
    void streamsAreNumberedEachForItself() {
        offsets.count(block(0, range("a", 0, 5)));

        assertThat(offsets.again(block(1, range("a", 0, 5)))).isEmpty();
        assertThat(offsets.of(1)).isEmpty();
    }

    @Test
    void aSplitThatIsGoneIsForgottenAndMayBeginAnew() {
        offsets.count(block(0, range("a", 0, 5)));

        assertThat(offsets.again(block(0, range("a", 0, 0)))).isEmpty();
        offsets.count(block(0, range("a", 0, 0)));
        assertThat(offsets.of(0)).isEmpty();
        assertThat(offsets.again(block(0, range("a", 0, 2)))).isEmpty();
    }
}
