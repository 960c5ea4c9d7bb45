// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HostileBytesTest {

    /** What a refusal may cost at least: a few stack traces. */
    private static final long MOST_ALLOCATED = 4 << 20;

    /** What a byte that is there may cost: an element of a list that grew by halves. */
    private static final long MOST_ALLOCATED_PER_BYTE = 20;

    private static final int LIST = 41;

    private final ValueCodec codec = new ValueCodec(RandomValues.TYPES);

    @Test
    void bytesThatEndEarlyAreRefusedWhereverTheyEnd() {
        RandomValues values = new RandomValues(Seeded.random("bytesThatEndEarlyAreRefusedWhereverTheyEnd"));
        for (int round = 0; round < 1_000; round++) {
            byte[] bytes = codec.encode(values.value(4));
            for (int length = 0; length < bytes.length; length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                assertThat(refuses(cut)).isTrue();
            }
        }
    }

    @Test
    void columnsThatEndEarlyAreRefusedWhereverTheyEnd() {
        RandomValues values = new RandomValues(Seeded.random("columnsThatEndEarlyAreRefusedWhereverTheyEnd"));
        for (int round = 0; round < 100; round++) {
            @Nullable Object[] column = new @Nullable Object[10];
            boolean numbers = round % 2 == 0;
            Arrays.setAll(column, i -> numbers ? (Object) values.integer() : values.string());
            WireOutput out = new WireOutput();
            codec.writeColumn(column, column.length, out);
            for (int length = 0; length < out.size(); length++) {
                WireInput cut = new WireInput(out.toByteArray(), 0, length, WireLimits.DEFAULT);
                assertThatThrownBy(() -> codec.readColumn(cut)).isInstanceOf(WireException.class);
            }
        }
    }

    @Test
    void flippedBitsAreAValueOrAreRefused() {
        Random random = Seeded.random("flippedBitsAreAValueOrAreRefused");
        RandomValues values = new RandomValues(random);
        List<Object> many = new ArrayList<>();
        int refused = 0;
        for (int round = 0; round < 10_000; round++) {
            many.clear();
            for (int i = 0; i < 4; i++) {
                many.add(Optional.ofNullable(values.value(4)));
            }
            byte[] bytes = codec.encode(many);
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            if (refuses(bytes)) {
                refused++;
            }
        }
        System.out.println("flippedBitsAreAValueOrAreRefused: " + refused + " of 10000 refused");
        assertThat(refused).isBetween(1_000, 9_999);
    }

    @Test
    void randomBytesAreAValueOrAreRefused() {
        Random random = Seeded.random("randomBytesAreAValueOrAreRefused");
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[1 + random.nextInt(200)];
            random.nextBytes(bytes);
            bytes[0] = (byte) (40 + random.nextInt(8));
            refuses(bytes);
        }
    }

    @Test
    void aBombOfNestedListsIsRefused() {
        byte[] lists = new byte[2_000_000];
        for (int i = 0; i < lists.length; i += 2) {
            lists[i] = LIST;
            lists[i + 1] = 1;
        }
        byte[] optionals = new byte[1_000_000];
        Arrays.fill(optionals, (byte) 45);
        byte[] pairs = new byte[1_000_000];
        Arrays.fill(pairs, (byte) 40);

        for (byte[] bomb : List.of(lists, optionals, pairs)) {
            assertThat(refuses(bomb)).isTrue();
            assertThatThrownBy(() -> codec.decode(bomb)).hasMessageContaining("200 deep");
        }
    }

    @Test
    void listsThatPromiseManyElementsOverAndOverGetNoRoomForThem() {
        WireOutput out = new WireOutput();
        for (int depth = 0; depth < 199; depth++) {
            out.writeByte(LIST);
            out.writeVarInt(900_000);
        }
        out.writeRaw(new byte[1_000_000], 0, 1_000_000);
        byte[] bytes = out.toByteArray();

        assertThat(refuses(bytes)).isTrue();
    }

    @Test
    void aValueThatHoldsItselfIsNotWritten() {
        List<Object> self = new ArrayList<>();
        self.add(self);

        assertThatThrownBy(() -> codec.encode(self))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("200 deep");
    }

    @Test
    void whatIsJustDeepEnoughComesBack() {
        Object value = "core";
        for (int depth = 0; depth < WireLimits.DEFAULT.maxDepth(); depth++) {
            value = depth % 2 == 0 ? List.of(value) : Optional.of(value);
        }
        Object deepest = value;

        assertThat(codec.decode(codec.encode(deepest))).isEqualTo(deepest);
        assertThatThrownBy(() -> codec.encode(List.of(deepest))).isInstanceOf(WireException.class);
    }

    @Test
    void aSerialisedJavaObjectIsRefused() {
        byte[] gadget = {(byte) 0xAC, (byte) 0xED, 0, 5, 's', 'r', 0, 17, 'j', 'a', 'v', 'a', '.', 'u', 't', 'i', 'l'};

        assertThat(refuses(gadget)).isTrue();
    }

    private boolean refuses(byte[] bytes) {
        boolean[] refused = new boolean[1];
        Consumer<byte[]> attempt = attempted -> {
            try {
                codec.decode(attempted);
            } catch (WireException e) {
                refused[0] = true;
            }
        };
        long allocated = Allocation.bytesOf(() -> attempt.accept(bytes));
        assertThat(allocated).isLessThan(MOST_ALLOCATED + MOST_ALLOCATED_PER_BYTE * bytes.length);
        return refused[0];
    }
}
