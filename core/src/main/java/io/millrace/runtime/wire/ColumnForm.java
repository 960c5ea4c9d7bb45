// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Many values of one kind: numbers as their differences from the least, in as few bytes as the widest needs; strings
 * without tags; all else as values.
 */
final class ColumnForm {

    private static final byte VALUES = 0;
    private static final byte LONGS = 1;
    private static final byte STRINGS = 2;

    private final Form any;

    ColumnForm(Form any) {
        this.any = any;
    }

    void write(@Nullable Object[] values, int count, WireOutput out) {
        if (all(Long.class, values, count)) {
            long[] numbers = new long[count];
            for (int i = 0; i < count; i++) {
                numbers[i] = (Long) Checks.present(values[i], "Long");
            }
            writeLongs(numbers, count, out);
            return;
        }
        boolean strings = all(String.class, values, count);
        out.writeByte(strings ? STRINGS : VALUES);
        out.writeCount(count);
        for (int i = 0; i < count; i++) {
            if (values[i] instanceof String text && strings) {
                out.writeString(text);
            } else {
                any.write(values[i], out);
            }
        }
    }

    @Nullable
    Object[] read(WireInput in) {
        if (isLongs(in)) {
            long[] numbers = readLongs(in);
            @Nullable Object[] values = new @Nullable Object[numbers.length];
            for (int i = 0; i < numbers.length; i++) {
                values[i] = numbers[i];
            }
            return values;
        }
        int start = in.position();
        byte kind = in.readByte();
        if (kind != VALUES && kind != STRINGS) {
            throw new WireException("A column was expected at byte " + start + ", not " + kind);
        }
        int count = in.readCount(1);
        List<@Nullable Object> values = new ArrayList<>(Math.min(count, ListForm.FIRST_ROOM));
        for (int i = 0; i < count; i++) {
            values.add(kind == STRINGS ? in.readString() : any.read(in));
        }
        return values.toArray();
    }

    static boolean isLongs(WireInput in) {
        return in.peek() == LONGS;
    }

    static void writeLongs(long[] values, int count, WireOutput out) {
        long least = count == 0 ? 0 : Long.MAX_VALUE;
        long most = count == 0 ? 0 : Long.MIN_VALUE;
        for (int i = 0; i < count; i++) {
            least = Math.min(least, values[i]);
            most = Math.max(most, values[i]);
        }
        int width = width(most - least);
        out.writeByte(LONGS);
        out.writeCount(count);
        out.writeLong(least);
        out.writeByte(width);
        out.makeRoom((long) count * width);
        for (int i = 0; i < count; i++) {
            writeUnsigned(values[i] - least, width, out);
        }
    }

    static long[] readLongs(WireInput in) {
        int start = in.position();
        byte kind = in.readByte();
        if (kind != LONGS) {
            throw new WireException("A column of numbers was expected at byte " + start + ", not " + kind);
        }
        int count = in.readCount(1);
        long least = in.readLong();
        int width = in.readByte();
        if (width != 1 && width != 2 && width != 4 && width != 8) {
            throw new WireException(
                    "A width of 1, 2, 4 or 8 bytes was expected before byte " + in.position() + ", not " + width);
        }
        if (in.remaining() / width < count) {
            throw new WireException("A column of " + count + " numbers of " + width + " bytes was expected at byte "
                    + in.position() + ", but only " + in.remaining() + " bytes are left");
        }
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = least + readUnsigned(width, in);
        }
        return values;
    }

    private static boolean all(Class<?> type, @Nullable Object[] values, int count) {
        for (int i = 0; i < count; i++) {
            if (!type.isInstance(values[i])) {
                return false;
            }
        }
        return count > 0;
    }

    /** How many bytes hold an unsigned number. */
    private static int width(long unsigned) {
        if (unsigned >>> 8 == 0) {
            return 1;
        }
        if (unsigned >>> 16 == 0) {
            return 2;
        }
        return unsigned >>> 32 == 0 ? 4 : 8;
    }

    private static void writeUnsigned(long value, int width, WireOutput out) {
        switch (width) {
            case 1 -> out.writeByte((int) value);
            case 2 -> {
                out.writeByte((int) value);
                out.writeByte((int) (value >>> 8));
            }
            case 4 -> out.writeFixedInt((int) value);
            default -> out.writeFixedLong(value);
        }
    }

    private static long readUnsigned(int width, WireInput in) {
        return switch (width) {
            case 1 -> in.readByte() & 0xFF;
            case 2 -> (in.readByte() & 0xFF) | (in.readByte() & 0xFF) << 8;
            case 4 -> Integer.toUnsignedLong(in.readFixedInt());
            default -> in.readFixedLong();
        };
    }
}
