// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import io.millrace.operator.BatchTime;
import io.millrace.operator.Pair;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values of every kind a user may send, made up from a seed. */
final class RandomValues {

    enum Colour {
        RED,
        GREEN {
            @Override
            String shade() {
                return "dark";
            }
        };

        String shade() {
            return "light";
        }
    }

    record Reading(String sensor, int number, double value, boolean valid, List<Object> notes) {}

    sealed interface Shape permits Circle, Box {}

    record Circle(double radius) implements Shape {}

    record Box(@Nullable Shape inner, Colour colour, char letter, byte b, short s, float f, long l) implements Shape {}

    record Nothing() {}

    static final TypeRegistry TYPES = TypeRegistry.builder()
            .register(Colour.class)
            .register(Reading.class)
            .register(Shape.class)
            .register(Nothing.class)
            .build();

    private final Random random;

    RandomValues(Random random) {
        this.random = random;
    }

    /** Anything, arrays included. */
    @Nullable
    Object value(int depth) {
        return switch (random.nextInt(10)) {
            case 0 -> null;
            case 1 -> random.ints(random.nextInt(5)).toArray();
            case 2 -> random.longs(random.nextInt(5)).toArray();
            case 3 -> random.doubles(random.nextInt(5)).toArray();
            case 4 -> bytes();
            case 5 -> depth > 0 ? List.of(bytes(), bytes()) : bytes();
            default -> key(depth);
        };
    }

    /** Anything that has a sensible equals. */
    @Nullable
    Object key(int depth) {
        return depth == 0 || random.nextInt(3) == 0 ? scalar() : container(depth - 1);
    }

    private @Nullable Object container(int depth) {
        return switch (random.nextInt(9)) {
            case 0 -> list(depth);
            case 1 -> set(depth);
            case 2 -> map(depth);
            case 3 -> Optional.ofNullable(key(depth));
            case 4 -> pair(depth);
            case 5 -> new Reading(string(), random.nextInt(), number(), random.nextBoolean(), list(depth));
            case 6 -> shape(depth);
            case 7 -> new Nothing();
            default -> Colour.values()[random.nextInt(2)];
        };
    }

    @SuppressWarnings("NullAway")
    private Pair<Object, Object> pair(int depth) {
        return new Pair<>(key(depth), key(depth));
    }

    private Shape shape(int depth) {
        if (depth == 0) {
            return new Circle(number());
        }
        return new Box(
                random.nextBoolean() ? shape(depth - 1) : null,
                Colour.values()[random.nextInt(2)],
                (char) random.nextInt(),
                (byte) random.nextInt(),
                (short) random.nextInt(),
                (float) number(),
                random.nextLong());
    }

    @SuppressWarnings("NullAway")
    private List<Object> list(int depth) {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            list.add(key(depth));
        }
        return list;
    }

    private Set<@Nullable Object> set(int depth) {
        return new LinkedHashSet<>(list(depth));
    }

    private Map<@Nullable Object, @Nullable Object> map(int depth) {
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            map.put(key(depth), key(depth));
        }
        return map;
    }

    private @Nullable Object scalar() {
        return switch (random.nextInt(22)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> (byte) random.nextInt();
            case 3 -> (short) random.nextInt();
            case 4 -> random.nextInt() >> random.nextInt(32);
            case 5 -> integer();
            case 6 -> (float) number();
            case 7 -> number();
            case 8 -> (char) random.nextInt();
            case 9 -> new BigInteger(random.nextInt(300), random).negate();
            case 10 -> new BigDecimal(new BigInteger(random.nextInt(300), random), random.nextInt());
            case 11 -> Instant.ofEpochSecond(random.nextInt() * 1000L, random.nextInt(1_000_000_000));
            case 12 -> Duration.ofSeconds(random.nextLong(), random.nextInt(1_000_000_000));
            case 13 -> LocalDate.ofEpochDay(random.nextInt() / 10);
            case 14 ->
                LocalDateTime.ofEpochSecond(
                        random.nextInt() * 100L, random.nextInt(1_000_000_000), java.time.ZoneOffset.UTC);
            case 15 -> new UUID(random.nextLong(), random.nextLong());
            case 16 -> new BatchTime(integer());
            case 17 -> OptionalInt.of(random.nextInt());
            case 18 -> random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(integer());
            case 19 -> BitSet.valueOf(random.longs(random.nextInt(4)).toArray());
            default -> string();
        };
    }

    long integer() {
        return random.nextLong() >> random.nextInt(64);
    }

    private double number() {
        return switch (random.nextInt(6)) {
            case 0 -> Double.NaN;
            case 1 -> Double.NEGATIVE_INFINITY;
            case 2 -> -0.0;
            case 3 -> Double.MIN_VALUE;
            default -> random.nextGaussian();
        };
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** ASCII, Latin-1, any characters with unpaired surrogates among them, or whole code points. */
    String string() {
        int length = random.nextInt(20);
        int kind = random.nextInt(4);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            switch (kind) {
                case 0 -> text.append((char) random.nextInt(128));
                case 1 -> text.append((char) random.nextInt(256));
                case 2 -> text.append((char) (0xD700 + random.nextInt(0xA00)));
                default -> text.appendCodePoint(0x1F600 + random.nextInt(50));
            }
        }
        return text.toString();
    }
}
