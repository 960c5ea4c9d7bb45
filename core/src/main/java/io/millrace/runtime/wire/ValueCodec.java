// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import io.millrace.operator.Pair;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How users' values become bytes: a tag, and what the tag says.
 *
 * <p>Values are null, the scalars of {@code java.lang}, {@code java.math}, {@code java.time} and {@code java.util} in a
 * closed list, byte, int, long and double arrays, lists, sets, maps, optionals and pairs of values, and the records and
 * enums of a {@link TypeRegistry}. Collections come back unmodifiable, sets and maps in the order they were written.
 *
 * <p>Used by many threads at once.
 */
public final class ValueCodec {

    private static final int NULL = 0;
    private static final int PAIR = 40;
    private static final int LIST = 41;
    private static final int SET = 42;
    private static final int MAP = 43;
    private static final int EMPTY = 44;
    private static final int PRESENT = 45;
    private static final int NAMED = 46;

    private final Supplier<TypeRegistry> types;
    private final Form any = new Form() {
        @Override
        public void write(@Nullable Object value, WireOutput out) {
            ValueCodec.this.write(value, out);
        }

        @Override
        public @Nullable Object read(WireInput in) {
            return ValueCodec.this.read(in);
        }
    };
    private final ListForm lists = new ListForm(any);
    private final SetForm sets = new SetForm(any);
    private final MapForm maps = new MapForm(any, any);
    private final ColumnForm columns = new ColumnForm(any);

    /** For values of these types and no others. */
    public ValueCodec(TypeRegistry types) {
        this(() -> types);
    }

    /** For values of types that may become more. */
    ValueCodec(Supplier<TypeRegistry> types) {
        this.types = types;
    }

    /**
     * Appends a value.
     *
     * @throws WireException if it, or something in it, is of a class that may not travel
     */
    public void write(@Nullable Object value, WireOutput out) {
        if (value == null) {
            out.writeByte(NULL);
        } else if (value instanceof String text) {
            out.writeByte(Scalars.STRING_TAG);
            out.writeString(text);
        } else if (value instanceof Long number) {
            out.writeByte(Scalars.LONG_TAG);
            out.writeLong(number);
        } else if (value instanceof Pair<?, ?> pair) {
            out.writeByte(PAIR);
            out.enter();
            write(pair.key(), out);
            write(pair.value(), out);
            out.leave();
        } else {
            writeOther(value, out);
        }
    }

    /**
     * Takes a value.
     *
     * @throws WireException if the bytes are not those of a value of the closed list
     */
    public @Nullable Object read(WireInput in) {
        int start = in.position();
        int tag = in.readByte();
        return switch (tag) {
            case NULL -> null;
            case Scalars.LONG_TAG -> in.readLong();
            case Scalars.STRING_TAG -> in.readString();
            case PAIR -> readPair(in);
            case LIST -> lists.read(in);
            case SET -> sets.read(in);
            case MAP -> maps.read(in);
            case EMPTY -> Optional.empty();
            case PRESENT -> readPresent(in);
            case NAMED -> readNamed(in);
            default -> {
                Scalar<Object> scalar = Scalars.of(tag);
                if (scalar == null) {
                    throw new WireException("The tag of a value was expected at byte " + start + ", not " + tag);
                }
                yield scalar.read(in);
            }
        };
    }

    /** The bytes of one value. */
    public byte[] encode(@Nullable Object value) {
        WireOutput out = new WireOutput();
        write(value, out);
        return out.toByteArray();
    }

    /** The one value of these bytes. */
    public @Nullable Object decode(byte[] bytes) {
        WireInput in = new WireInput(bytes);
        Object value = read(in);
        in.expectEnd();
        return value;
    }

    /** Appends the first values of an array; compact if all are {@code Long} or all are strings. */
    public void writeColumn(@Nullable Object[] values, int count, WireOutput out) {
        columns.write(values, count, out);
    }

    /** Appends the first numbers of an array in the same form as a column of {@code Long} values. */
    public void writeColumn(long[] values, int count, WireOutput out) {
        ColumnForm.writeLongs(values, count, out);
    }

    /** A column; numbers come boxed. */
    public @Nullable Object[] readColumn(WireInput in) {
        return columns.read(in);
    }

    /** True if the column that is read next holds only numbers, so that {@link #readLongColumn} can take it. */
    public boolean isLongColumn(WireInput in) {
        return ColumnForm.isLongs(in);
    }

    /** A column of numbers, unboxed. */
    public long[] readLongColumn(WireInput in) {
        return ColumnForm.readLongs(in);
    }

    /** This codec as part of another. */
    Form any() {
        return any;
    }

    private void writeOther(Object value, WireOutput out) {
        Class<?> type = value.getClass();
        Scalar<Object> scalar = Scalars.of(type);
        if (scalar != null) {
            out.writeByte(scalar.tag());
            scalar.write(value, out);
            return;
        }
        NamedType named = types.get().find(value instanceof Enum<?> constant ? constant.getDeclaringClass() : type);
        if (named != null) {
            out.writeByte(NAMED);
            out.writeString(named.name());
            named.write(value, this, out);
        } else if (value instanceof List<?>) {
            out.writeByte(LIST);
            lists.write(value, out);
        } else if (value instanceof Set<?>) {
            out.writeByte(SET);
            sets.write(value, out);
        } else if (value instanceof Map<?, ?>) {
            out.writeByte(MAP);
            maps.write(value, out);
        } else if (value instanceof Optional<?> optional) {
            writeOptional(optional, out);
        } else {
            throw new WireException(refusal(value));
        }
    }

    private void writeOptional(Optional<?> optional, WireOutput out) {
        out.writeByte(optional.isPresent() ? PRESENT : EMPTY);
        if (optional.isPresent()) {
            out.enter();
            write(optional.get(), out);
            out.leave();
        }
    }

    @SuppressWarnings("NullAway") // a user's pair may well hold null
    private Pair<?, ?> readPair(WireInput in) {
        in.enter();
        Object key = read(in);
        Object value = read(in);
        in.leave();
        return new Pair<>(key, value);
    }

    private Optional<?> readPresent(WireInput in) {
        in.enter();
        int start = in.position();
        Object value = read(in);
        in.leave();
        if (value == null) {
            throw new WireException("The value of an Optional was expected at byte " + start + ", not null");
        }
        return Optional.of(value);
    }

    private Object readNamed(WireInput in) {
        int start = in.position();
        String name = in.readString();
        NamedType type = types.get().find(name);
        if (type == null) {
            throw new WireException("The name of a registered type was expected at byte " + start + ", not "
                    + Excerpt.of(name) + "; register the type in every process of the job");
        }
        return type.read(this, in);
    }

    private static String refusal(Object value) {
        Class<?> type = value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
        String advice = value instanceof Record || value instanceof Enum<?>
                ? "register it"
                : "only records, enums and plain values can be sent: make it a record and register it";
        return "A value of " + type.getTypeName() + " cannot be sent; " + advice
                + ": StreamingContext.builder().register(" + type.getSimpleName() + ".class)";
    }
}
