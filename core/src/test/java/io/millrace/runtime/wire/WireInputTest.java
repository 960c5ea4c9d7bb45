// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class WireInputTest {

    @Test
    void aLengthThatIsNotThereIsRefusedBeforeAnythingIsAllocated() {
        WireOutput out = new WireOutput();
        out.writeVarLong(0x7FFF_FFFCL);
        byte[] bytes = out.toByteArray();

        List<Function<WireInput, Object>> readers = List.of(
                WireInput::readString,
                WireInput::readBytes,
                WireInput::readSlice,
                WireInput::readInts,
                WireInput::readLongs,
                WireInput::readDoubles,
                in -> in.readCount(1));
        for (Function<WireInput, Object> reader : readers) {
            long allocated = Allocation.bytesOf(() -> assertThatThrownBy(() -> reader.apply(new WireInput(bytes)))
                    .isInstanceOf(WireException.class)
                    .hasMessageContaining("at byte"));
            assertThat(allocated).isLessThan(5_000_000);
        }
    }

    @Test
    void theErrorNamesWhatWasExpectedWhereAndTheBound() {
        WireInput in = new WireInput(new byte[] {1, 2, 3});
        in.readByte();

        assertThatThrownBy(in::readFixedLong)
                .isInstanceOf(WireException.class)
                .hasMessage("Expected a number of 8 bytes (8 bytes) at byte 1, but only 2 bytes are left");
    }

    @Test
    void aCountIsCheckedAgainstTheLeastSizeOfTheElements() {
        byte[] bytes = {3, 0, 0, 0, 0, 0};

        assertThat(new WireInput(bytes).readCount(1)).isEqualTo(3);
        assertThatThrownBy(() -> new WireInput(bytes).readCount(2))
                .isInstanceOf(WireException.class)
                .hasMessage("A count of at most 2 was expected at byte 0 (5 bytes left), not 3");
    }

    @Test
    void aCountBeyondTheBoundIsRefusedEvenIfTheBytesAreThere() {
        byte[] bytes = new byte[100];
        bytes[0] = 50;

        assertThatThrownBy(() -> new WireInput(bytes, 0, 100, new WireLimits(1000, 49, 1)).readCount(1))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("at most 49");
        assertThatThrownBy(() -> new WireInput(bytes, 0, 100, new WireLimits(49, 1000, 1)).readBytes())
                .isInstanceOf(WireException.class)
                .hasMessageContaining("at most 49, but is 50");
    }

    @Test
    void numbersOfTooManyBitsAreRefused() {
        byte[] tooLong = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1};
        byte[] tooGreat = {-1, -1, -1, -1, -1, -1, -1, -1, -1, 2};
        byte[] noInt = {-1, -1, -1, -1, 0x1F};

        assertThatThrownBy(() -> new WireInput(tooLong).readVarLong()).isInstanceOf(WireException.class);
        assertThatThrownBy(() -> new WireInput(tooGreat).readVarLong()).isInstanceOf(WireException.class);
        assertThatThrownBy(() -> new WireInput(noInt).readVarInt()).isInstanceOf(WireException.class);
    }

    @Test
    void aBooleanIsZeroOrOne() {
        assertThatThrownBy(() -> new WireInput(new byte[] {2}).readBoolean())
                .isInstanceOf(WireException.class)
                .hasMessage("0 or 1 was expected at byte 0, not 2");
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() {
        byte[] half = {2 << 2 | 1, (byte) 0xE8, (byte) 0xAA};
        byte[] unknownEncoding = {1 << 2 | 3, 65};
        byte[] oddUtf16 = {3 << 2 | 2, 65, 0, 65};

        assertThatThrownBy(() -> new WireInput(half).readString()).isInstanceOf(WireException.class);
        assertThatThrownBy(() -> new WireInput(unknownEncoding).readString()).isInstanceOf(WireException.class);
        assertThatThrownBy(() -> new WireInput(oddUtf16).readString()).isInstanceOf(WireException.class);
    }

    @Test
    void aPartOfAnArrayIsNotLeft() {
        byte[] bytes = "xabcx".getBytes(StandardCharsets.ISO_8859_1);
        WireInput in = new WireInput(bytes, 1, 4, WireLimits.DEFAULT);

        assertThat(in.readByte()).isEqualTo((byte) 'a');
        assertThatThrownBy(() -> in.readFixedInt()).isInstanceOf(WireException.class);
        assertThatThrownBy(in::expectEnd).isInstanceOf(WireException.class).hasMessageContaining("2 bytes are left");
        assertThatThrownBy(() -> new WireInput(bytes, 2, 6, WireLimits.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
