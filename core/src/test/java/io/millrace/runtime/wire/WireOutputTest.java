// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WireOutputTest {

    @Test
    void numbersComeBackWhateverTheirSize() {
        Random random = Seeded.random("numbersComeBackWhateverTheirSize");
        for (int round = 0; round < 20_000; round++) {
            long number = random.nextLong() >> random.nextInt(64);
            WireOutput out = new WireOutput();

            out.writeVarLong(number);
            out.writeLong(number);
            out.writeFixedLong(number);
            out.writeVarInt((int) number);
            out.writeInt((int) number);
            out.writeFixedInt((int) number);
            out.writeDouble(Double.longBitsToDouble(number));
            out.writeFloat(Float.intBitsToFloat((int) number));
            out.writeByte((int) number);

            WireInput in = new WireInput(out.toByteArray());
            assertThat(in.readVarLong()).isEqualTo(number);
            assertThat(in.readLong()).isEqualTo(number);
            assertThat(in.readFixedLong()).isEqualTo(number);
            assertThat(in.readVarInt()).isEqualTo((int) number);
            assertThat(in.readInt()).isEqualTo((int) number);
            assertThat(in.readFixedInt()).isEqualTo((int) number);
            assertThat(Double.doubleToRawLongBits(in.readDouble())).isEqualTo(number);
            assertThat(Float.floatToRawIntBits(in.readFloat())).isEqualTo((int) number);
            assertThat(in.readByte()).isEqualTo((byte) number);
            in.expectEnd();
        }
    }

    @Test
    void smallNumbersTakeOneByteAndTheGreatestTen() {
        assertThat(sizeOf(out -> out.writeVarInt(127))).isEqualTo(1);
        assertThat(sizeOf(out -> out.writeVarInt(128))).isEqualTo(2);
        assertThat(sizeOf(out -> out.writeVarInt(-1))).isEqualTo(5);
        assertThat(sizeOf(out -> out.writeInt(-64))).isEqualTo(1);
        assertThat(sizeOf(out -> out.writeLong(Long.MIN_VALUE))).isEqualTo(10);
        assertThat(sizeOf(out -> out.writeString("ascii"))).isEqualTo(6);
    }

    @Test
    void stringsOfAnyCharactersComeBack() {
        Random random = Seeded.random("stringsOfAnyCharactersComeBack");
        RandomValues values = new RandomValues(random);
        for (int round = 0; round < 20_000; round++) {
            String text = values.string();

            assertThat(roundTrip(text)).isEqualTo(text);
        }
    }

    @Test
    void hugeStringsComeBack() {
        for (String unit : new String[] {"a", "ü", "語", "😀", "\uD800", "\uFFFD"}) {
            String text = unit.repeat(3_000_000);

            assertThat(roundTrip(text).equals(text))
                    .as("3,000,000 times " + unit)
                    .isTrue();
        }
    }

    @Test
    void arraysAndSlicesComeBack() {
        byte[] bytes = {1, 2, 3, 4, 5};
        WireOutput out = new WireOutput();

        out.writeBytes(bytes);
        out.writeBytes(bytes, 1, 3);
        out.writeBytes(bytes, 2, 2);
        out.writeRaw(bytes, 4, 1);
        out.writeInts(new int[] {1, -1, Integer.MIN_VALUE});
        out.writeLongs(new long[] {1, -1, Long.MIN_VALUE});
        out.writeDoubles(new double[] {1, -0.0, Double.NaN});

        WireInput in = new WireInput(out.toByteArray());
        assertThat(in.readBytes()).containsExactly(1, 2, 3, 4, 5);
        assertThat(in.readBytes()).containsExactly(2, 3, 4);
        ByteBuffer slice = in.readSlice();
        assertThat(slice).isEqualTo(ByteBuffer.wrap(new byte[] {3, 4}));
        assertThat(slice.isReadOnly()).isTrue();
        byte[] raw = new byte[3];
        in.readRaw(raw, 1, 1);
        assertThat(raw).containsExactly(0, 5, 0);
        assertThat(in.readInts()).containsExactly(1, -1, Integer.MIN_VALUE);
        assertThat(in.readLongs()).containsExactly(1, -1, Long.MIN_VALUE);
        assertThat(in.readDoubles()).containsExactly(1, -0.0, Double.NaN);
        in.expectEnd();
    }

    @Test
    void aNumberCanBeSetOnceItIsKnown() {
        WireOutput out = new WireOutput();
        out.writeFixedInt(0);
        out.writeString("body");
        out.setFixedInt(0, out.size());

        assertThat(new WireInput(out.toByteArray()).readFixedInt()).isEqualTo(9);
        assertThatThrownBy(() -> out.setFixedInt(6, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0..5");
    }

    @Test
    void anOutputIsReusedAfterAnError() {
        WireOutput out = new WireOutput(new WireLimits(100, 10, 2));
        out.enter();
        out.enter();
        assertThatThrownBy(out::enter).isInstanceOf(WireException.class).hasMessageContaining("2 deep");

        out.clear();
        out.enter();
        out.writeByte(7);

        assertThat(out.toByteArray()).containsExactly(7);
    }

    @Test
    void whatIsBeyondTheBoundsIsNotWrittenEither() {
        WireOutput out = new WireOutput(new WireLimits(100, 10, 5));

        assertThatThrownBy(() -> out.writeRaw(new byte[101], 0, 101))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("100 bytes")
                .hasMessageContaining("101");
        assertThatThrownBy(() -> out.writeInts(new int[11]))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("0..10")
                .hasMessageContaining("11");
        out.writeRaw(new byte[100], 0, 100);
        assertThatThrownBy(() -> out.writeByte(1)).isInstanceOf(WireException.class);
        assertThat(out.size()).isEqualTo(100);
    }

    @Test
    void limitsHaveLimits() {
        assertThatThrownBy(() -> new WireLimits(0, 1, 1)).hasMessageContaining("maxBytes must be in 1..");
        assertThatThrownBy(() -> new WireLimits(1, 1, 1001)).hasMessageContaining("maxDepth must be in 1..1000");
    }

    private static String roundTrip(String text) {
        WireOutput out = new WireOutput();
        out.writeString(text);
        WireInput in = new WireInput(out.toByteArray());
        String back = in.readString();
        in.expectEnd();
        return back;
    }

    private static int sizeOf(java.util.function.Consumer<WireOutput> step) {
        WireOutput out = new WireOutput();
        step.accept(out);
        assertThat(Arrays.copyOf(out.array(), out.size())).isEqualTo(out.toByteArray());
        return out.size();
    }
}
