// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operator.BatchTime;
import io.millrace.operator.Pair;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordCodecsTest {

    enum Mode {
        ON,
        OFF
    }

    record Scalarly(boolean z, byte b, short s, char c, int i, long l, float f, double d, String text, Mode mode) {}

    record Inner(String name, int number) {}

    record Generics(
            List<Pair<String, Long>> pairs,
            Map<Integer, List<Inner>> map,
            Optional<Set<Mode>> modes,
            Instant instant,
            Duration duration,
            BatchTime time,
            OptionalInt number) {}

    @SuppressWarnings("ArrayRecordComponent")
    record Arrays3(byte[] bytes, int[] ints, long[] longs, BitSet bits) {}

    record Loose<T>(Object any, T variable, List<?> wild, List<? extends Outcome> bounded) {}

    sealed interface Outcome {}

    record Won(int points) implements Outcome {}

    record Lost() implements Outcome {}

    sealed interface Drawn extends Outcome {}

    record Replay(Outcome before) implements Drawn {}

    enum Cancelled implements Drawn {
        RAIN,
        SNOW {}
    }

    record Outcomes(Outcome first, List<Outcome> rest) {}

    record Wrap<A>(A value, Optional<Wrap<A>> next) {}

    record Nested<K, V>(Wrap<Pair<K, List<V>>> wrapped) {}

    record NestedUse(Nested<Mode, Inner> nested, Wrap<Wrap<String>> wraps) {}

    sealed interface Reply<T> {}

    record Answer<T>(T value) implements Reply<T> {}

    record Refusal<T>(String why) implements Reply<T> {}

    record Replies(Reply<Inner> reply, Reply<List<Mode>> modes) {}

    @SuppressWarnings("ArrayRecordComponent")
    record Holes(@Nullable String text, List<@Nullable Inner> inners, byte @Nullable [] bytes, Object any) {}

    record Plain(String text) {}

    record Chain(int number, @Nullable Chain next) {}

    record Growing<T>(Optional<Growing<List<T>>> next) {}

    record OfThread(int number, List<Thread> threads) {}

    private static final class Celsius {
        private final double degrees;

        private Celsius(double degrees) {
            this.degrees = degrees;
        }
    }

    record Weather(Celsius now, Map<String, Celsius> later) {}

    record CelsiusCodec(boolean silent) implements Codec<Celsius> {
        @Override
        public void write(Celsius value, WireOutput out) {
            if (!silent) {
                out.writeDouble(value.degrees);
            }
        }

        @Override
        public Celsius read(WireInput in) {
            return new Celsius(in.readDouble());
        }
    }

    private final ValueCodec values = new ValueCodec(RandomValues.TYPES);
    private final RecordCodecs codecs = RecordCodecs.builder(values)
            .codec(Celsius.class, new CelsiusCodec(false))
            .build();

    @Test
    void scalarsTakeNoMoreThanTheyNeed() {
        Scalarly record = new Scalarly(true, (byte) 1, (short) 2, 'c', 4, 5, 6, 7, "text", Mode.OFF);

        assertThat(roundTrip(Scalarly.class, record)).isEqualTo(record);
        assertThat(bytes(Scalarly.class, record)).hasSize(1 + 1 + 1 + 1 + 1 + 1 + 4 + 8 + 5 + 1);
    }

    @Test
    void genericComponentsComeBack() {
        Generics record = new Generics(
                List.of(Pair.of("a", 1L), Pair.of("b", -1L)),
                Map.of(1, List.of(new Inner("x", 1)), 2, List.of()),
                Optional.of(Set.of(Mode.ON)),
                Instant.ofEpochSecond(-5, 7),
                Duration.ofMillis(-1),
                new BatchTime(1000),
                OptionalInt.of(-3));

        assertThat(roundTrip(Generics.class, record)).isEqualTo(record);
    }

    @Test
    void arraysComeBack() {
        BitSet bits = new BitSet();
        bits.set(100);

        Arrays3 back =
                roundTrip(Arrays3.class, new Arrays3(new byte[] {1}, new int[] {1, 2}, new long[] {1, 2, 3}, bits));

        assertThat(back.bytes()).containsExactly(1);
        assertThat(back.ints()).containsExactly(1, 2);
        assertThat(back.longs()).containsExactly(1, 2, 3);
        assertThat(back.bits()).isEqualTo(bits);
    }

    @Test
    void whatIsDeclaredLooselyIsAUsersValue() {
        RandomValues random = new RandomValues(Seeded.random("whatIsDeclaredLooselyIsAUsersValue"));
        for (int round = 0; round < 2_000; round++) {
            Loose<Object> record = new Loose<>(
                    List.of(Optional.ofNullable(random.key(3))),
                    Optional.ofNullable(random.key(3)),
                    Arrays.asList(random.key(2), null),
                    List.of(new Won(round)));

            assertThat(roundTrip(Loose.class, record)).isEqualTo(record);
        }
    }

    @Test
    void aSealedInterfaceIsWhicheverItPermits() {
        Outcomes record = new Outcomes(
                new Replay(new Replay(new Lost())),
                List.of(new Won(3), Cancelled.RAIN, Cancelled.SNOW, new Lost(), new Replay(Cancelled.RAIN)));

        assertThat(roundTrip(Outcomes.class, record)).isEqualTo(record);
        assertThat(bytes(Outcome.class, new Won(3))).containsExactly(3, 6);
    }

    @Test
    void genericRecordsInGenericRecordsComeBack() {
        NestedUse record = new NestedUse(
                new Nested<>(new Wrap<>(
                        Pair.of(Mode.ON, List.of(new Inner("a", 1))),
                        Optional.of(new Wrap<>(Pair.of(Mode.OFF, List.of()), Optional.empty())))),
                new Wrap<>(new Wrap<>("x", Optional.empty()), Optional.empty()));

        assertThat(roundTrip(NestedUse.class, record)).isEqualTo(record);
    }

    @Test
    void aSealedInterfaceHandsItsTypeArgumentsOn() {
        Replies record = new Replies(new Answer<>(new Inner("a", 1)), new Refusal<>("busy"));

        assertThat(roundTrip(Replies.class, record)).isEqualTo(record);
    }

    @Test
    void nullComesBackWhereItIsAllowed() {
        Holes full = new Holes("a", Arrays.asList(new Inner("a", 1), null), new byte[] {1}, "any");
        Holes empty = new Holes(null, List.of(), null, List.of());

        assertThat(roundTrip(Holes.class, full)).usingRecursiveComparison().isEqualTo(full);
        assertThat(roundTrip(Holes.class, empty)).isEqualTo(empty);
    }

    @Test
    void aRecordThatMayHoldItselfComesBack() {
        Chain chain = new Chain(1, new Chain(2, new Chain(3, null)));

        assertThat(roundTrip(Chain.class, chain)).isEqualTo(chain);
    }

    @Test
    @SuppressWarnings("NullAway")
    void nullIsRefusedWhereItIsNot() {
        Plain record = new Plain(null);

        assertThatThrownBy(() -> bytes(Plain.class, record))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("component 'text' of")
                .hasMessageContaining("String is expected, not null");
    }

    @Test
    void aClassWithACodecComesBackWhereverItIsDeclared() {
        Weather back = roundTrip(Weather.class, new Weather(new Celsius(20), Map.of("noon", new Celsius(30))));

        assertThat(back.now().degrees).isEqualTo(20);
        assertThat(back.later().get("noon"))
                .extracting(celsius -> celsius.degrees)
                .isEqualTo(30.0);
    }

    @Test
    void aCodecThatWritesNothingIsFoundOut() {
        RecordCodecs silent = RecordCodecs.builder(values)
                .codec(Celsius.class, new CelsiusCodec(true))
                .build();
        Codec<Weather> codec = silent.of(Weather.class);

        assertThatThrownBy(() -> codec.write(new Weather(new Celsius(1), Map.of()), new WireOutput()))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("must write at least 1 byte");
    }

    @Test
    void aComponentWithoutAFormIsNamedWhenTheCodecIsBuilt() {
        assertThatThrownBy(() -> codecs.of(OfThread.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("component 'threads' of")
                .hasMessageContaining("java.lang.Thread")
                .hasMessageContaining(".codec(Thread.class");
        assertThatThrownBy(() -> codecs.of(Growing.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("16 deep");
        assertThat(roundTrip(Plain.class, new Plain("fine"))).isEqualTo(new Plain("fine"));
    }

    @Test
    void aCodecIsBuiltOnce() {
        assertThat(codecs.of(Plain.class)).isSameAs(codecs.of(Plain.class));
    }

    @Test
    void bytesThatEndEarlyOrAreFlippedAreAMessageOrAreRefused() {
        Random random = Seeded.random("bytesThatEndEarlyOrAreFlippedAreAMessageOrAreRefused");
        Codec<NestedUse> codec = codecs.of(NestedUse.class);
        byte[] whole = bytes(
                NestedUse.class,
                new NestedUse(
                        new Nested<>(new Wrap<>(
                                Pair.of(Mode.ON, List.of(new Inner("a", 1), new Inner("b", 2))), Optional.empty())),
                        new Wrap<>(new Wrap<>("x", Optional.of(new Wrap<>("y", Optional.empty()))), Optional.empty())));
        for (int length = 0; length < whole.length; length++) {
            WireInput cut = new WireInput(whole, 0, length, WireLimits.DEFAULT);
            assertThatThrownBy(() -> codec.read(cut)).isInstanceOf(WireException.class);
        }
        int refused = 0;
        for (int round = 0; round < 10_000; round++) {
            byte[] flipped = whole.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                codec.read(new WireInput(flipped));
            } catch (WireException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(1_000, 9_999);
    }

    @Test
    void aRecordThatHoldsItselfTooDeepIsRefused() {
        byte[] bomb = new byte[1_000_000];
        Arrays.fill(bomb, (byte) 2); // Replay of a Replay of a Replay
        assertThat(bytes(Outcome.class, new Replay(new Lost()))).startsWith(2, 1);

        assertThatThrownBy(() -> codecs.of(Outcome.class).read(new WireInput(bomb)))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("200 deep");
    }

    private <T> byte[] bytes(Class<T> type, T value) {
        WireOutput out = new WireOutput();
        codecs.of(type).write(value, out);
        return out.toByteArray();
    }

    private <T> T roundTrip(Class<T> type, T value) {
        WireInput in = new WireInput(bytes(type, value));
        T back = codecs.of(type).read(in);
        in.expectEnd();
        return back;
    }
}
