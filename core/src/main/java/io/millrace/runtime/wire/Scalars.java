// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import io.millrace.operator.BatchTime;
import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The closed list of values that hold no others. Tags are part of the format: they may be added, never changed, and
 * those from 40 on belong to {@link ValueCodec}.
 */
final class Scalars {

    /** The longest magnitude of a {@link BigInteger}: 2.5 million decimal digits. */
    static final int MOST_BIG_BYTES = 1 << 20;

    private static final int NANOS_PER_SECOND = 1_000_000_000;

    static final int LONG_TAG = 6;
    static final int STRING_TAG = 10;

    private static final List<Scalar<?>> ALL = List.of(
            new Scalar<>(1, Boolean.class, (v, out) -> out.writeBoolean(v), WireInput::readBoolean),
            new Scalar<>(3, Byte.class, (v, out) -> out.writeByte(v), WireInput::readByte),
            new Scalar<>(4, Short.class, (v, out) -> out.writeInt(v), Scalars::readShort),
            new Scalar<>(5, Integer.class, (v, out) -> out.writeInt(v), WireInput::readInt),
            new Scalar<>(LONG_TAG, Long.class, (v, out) -> out.writeLong(v), WireInput::readLong),
            new Scalar<>(7, Float.class, (v, out) -> out.writeFloat(v), WireInput::readFloat),
            new Scalar<>(8, Double.class, (v, out) -> out.writeDouble(v), WireInput::readDouble),
            new Scalar<>(9, Character.class, (v, out) -> out.writeVarInt(v), Scalars::readCharacter),
            new Scalar<>(STRING_TAG, String.class, (v, out) -> out.writeString(v), WireInput::readString),
            new Scalar<>(11, byte[].class, (v, out) -> out.writeBytes(v), WireInput::readBytes),
            new Scalar<>(12, BigInteger.class, Scalars::writeBigInteger, Scalars::readBigInteger),
            new Scalar<>(13, BigDecimal.class, Scalars::writeBigDecimal, Scalars::readBigDecimal),
            new Scalar<>(14, Instant.class, Scalars::writeInstant, Scalars::readInstant),
            new Scalar<>(15, Duration.class, Scalars::writeDuration, Scalars::readDuration),
            new Scalar<>(16, LocalDate.class, (v, out) -> out.writeLong(v.toEpochDay()), Scalars::readLocalDate),
            new Scalar<>(17, LocalDateTime.class, Scalars::writeLocalDateTime, Scalars::readLocalDateTime),
            new Scalar<>(18, UUID.class, Scalars::writeUuid, Scalars::readUuid),
            new Scalar<>(
                    19, BatchTime.class, (v, out) -> out.writeLong(v.millis()), in -> new BatchTime(in.readLong())),
            new Scalar<>(20, int[].class, (v, out) -> out.writeInts(v), WireInput::readInts),
            new Scalar<>(21, long[].class, (v, out) -> out.writeLongs(v), WireInput::readLongs),
            new Scalar<>(22, double[].class, (v, out) -> out.writeDoubles(v), WireInput::readDoubles),
            new Scalar<>(23, BitSet.class, (v, out) -> out.writeLongs(v.toLongArray()), Scalars::readBitSet),
            new Scalar<>(24, OptionalInt.class, Scalars::writeOptionalInt, Scalars::readOptionalInt),
            new Scalar<>(25, OptionalLong.class, Scalars::writeOptionalLong, Scalars::readOptionalLong));

    private static final Map<Class<?>, Scalar<?>> BY_TYPE =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Scalar::type, Function.identity()));

    private static final Map<Integer, Scalar<?>> BY_TAG =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Scalar::tag, Function.identity()));

    private Scalars() {}

    /** The scalar of exactly this class, or null; of the box, if it is a primitive. */
    @SuppressWarnings("unchecked")
    static @Nullable Scalar<Object> of(Class<?> type) {
        return (Scalar<Object>) BY_TYPE.get(type.isPrimitive() ? boxed(type) : type);
    }

    /** The scalar with this tag, or null. */
    @SuppressWarnings("unchecked")
    static @Nullable Scalar<Object> of(int tag) {
        return (Scalar<Object>) BY_TAG.get(tag);
    }

    private static Class<?> boxed(Class<?> primitive) {
        return MethodType.methodType(primitive).wrap().returnType();
    }

    private static short readShort(WireInput in) {
        return (short) within(in.readInt(), Short.MIN_VALUE, Short.MAX_VALUE);
    }

    private static char readCharacter(WireInput in) {
        return (char) within(in.readVarInt(), 0, Character.MAX_VALUE);
    }

    private static void writeBigInteger(BigInteger value, WireOutput out) {
        byte[] magnitude = value.toByteArray();
        within(magnitude.length, 1, MOST_BIG_BYTES);
        out.writeBytes(magnitude);
    }

    private static BigInteger readBigInteger(WireInput in) {
        byte[] magnitude = in.readBytes();
        within(magnitude.length, 1, MOST_BIG_BYTES);
        return new BigInteger(magnitude);
    }

    private static void writeBigDecimal(BigDecimal value, WireOutput out) {
        out.writeInt(value.scale());
        writeBigInteger(value.unscaledValue(), out);
    }

    private static BigDecimal readBigDecimal(WireInput in) {
        int scale = in.readInt();
        return new BigDecimal(readBigInteger(in), scale);
    }

    private static void writeInstant(Instant value, WireOutput out) {
        out.writeLong(value.getEpochSecond());
        out.writeVarInt(value.getNano());
    }

    private static Instant readInstant(WireInput in) {
        long seconds = in.readLong();
        return Instant.ofEpochSecond(seconds, readNanos(in));
    }

    private static void writeDuration(Duration value, WireOutput out) {
        out.writeLong(value.getSeconds());
        out.writeVarInt(value.getNano());
    }

    private static Duration readDuration(WireInput in) {
        long seconds = in.readLong();
        return Duration.ofSeconds(seconds, readNanos(in));
    }

    private static int readNanos(WireInput in) {
        return within(in.readVarInt(), 0, NANOS_PER_SECOND - 1);
    }

    private static LocalDate readLocalDate(WireInput in) {
        return LocalDate.ofEpochDay(in.readLong());
    }

    private static void writeLocalDateTime(LocalDateTime value, WireOutput out) {
        out.writeLong(value.toLocalDate().toEpochDay());
        out.writeVarLong(value.toLocalTime().toNanoOfDay());
    }

    private static LocalDateTime readLocalDateTime(WireInput in) {
        LocalDate date = readLocalDate(in);
        return LocalDateTime.of(date, LocalTime.ofNanoOfDay(in.readVarLong()));
    }

    private static void writeUuid(UUID value, WireOutput out) {
        out.writeFixedLong(value.getMostSignificantBits());
        out.writeFixedLong(value.getLeastSignificantBits());
    }

    private static UUID readUuid(WireInput in) {
        long high = in.readFixedLong();
        return new UUID(high, in.readFixedLong());
    }

    private static BitSet readBitSet(WireInput in) {
        return BitSet.valueOf(in.readLongs());
    }

    private static void writeOptionalInt(OptionalInt value, WireOutput out) {
        out.writeBoolean(value.isPresent());
        value.ifPresent(out::writeInt);
    }

    private static OptionalInt readOptionalInt(WireInput in) {
        return in.readBoolean() ? OptionalInt.of(in.readInt()) : OptionalInt.empty();
    }

    private static void writeOptionalLong(OptionalLong value, WireOutput out) {
        out.writeBoolean(value.isPresent());
        value.ifPresent(out::writeLong);
    }

    private static OptionalLong readOptionalLong(WireInput in) {
        return in.readBoolean() ? OptionalLong.of(in.readLong()) : OptionalLong.empty();
    }

    private static int within(int value, int least, int most) {
        if (value < least || value > most) {
            throw new WireException("A number in " + least + ".." + most + " was expected, not " + value);
        }
        return value;
    }
}
