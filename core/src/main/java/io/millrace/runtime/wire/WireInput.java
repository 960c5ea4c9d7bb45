// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A reader of bytes that a {@link WireOutput} wrote, or that somebody else made up.
 *
 * <p>Whatever the bytes are, a read ends in a value or in a {@link WireException}; nothing is allocated for a length
 * that is not there. Used by one thread at a time; does not copy the array it reads.
 */
public final class WireInput {

    private final byte[] bytes;
    private final int end;
    private final WireLimits limits;
    private final Nesting nesting;
    private int position;

    /** All bytes of an array, within the default limits. */
    public WireInput(byte[] bytes) {
        this(bytes, 0, bytes.length, WireLimits.DEFAULT);
    }

    /** Part of an array, within these limits. */
    public WireInput(byte[] bytes, int from, int to, WireLimits limits) {
        if (from < 0 || from > to || to > bytes.length) {
            throw new IllegalArgumentException(
                    "from..to must lie in 0.." + bytes.length + ", but is " + from + ".." + to);
        }
        this.bytes = bytes;
        this.position = from;
        this.end = to;
        this.limits = limits;
        this.nesting = new Nesting(limits.maxDepth());
    }

    /** Where the next byte is read, counted from the start of the array. */
    public int position() {
        return position;
    }

    /** How many bytes are left. */
    public int remaining() {
        return end - position;
    }

    /** Refuses bytes that are left over. */
    public void expectEnd() {
        if (position != end) {
            throw new WireException(
                    "The end was expected at byte " + position + ", but " + remaining() + " bytes are left");
        }
    }

    /** One byte. */
    public byte readByte() {
        require(1, "a byte");
        return bytes[position++];
    }

    /** One byte that is 0 or 1. */
    public boolean readBoolean() {
        byte value = readByte();
        if (value != 0 && value != 1) {
            throw new WireException("0 or 1 was expected at byte " + (position - 1) + ", not " + value);
        }
        return value == 1;
    }

    /** The counterpart of {@link WireOutput#writeVarInt}. */
    public int readVarInt() {
        int start = position;
        long value = readVarLong();
        if (value >>> 32 != 0) {
            throw new WireException(
                    "A number below 2^32 was expected at byte " + start + ", not " + Long.toUnsignedString(value));
        }
        return (int) value;
    }

    /** The counterpart of {@link WireOutput#writeVarLong}. */
    public long readVarLong() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = readByte();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                if (shift == 63 && next > 1) {
                    break;
                }
                return value;
            }
        }
        throw new WireException("A number of at most 64 bits was expected before byte " + position);
    }

    /** A signed number. */
    public int readInt() {
        int value = readVarInt();
        return (value >>> 1) ^ -(value & 1);
    }

    /** A signed number. */
    public long readLong() {
        long value = readVarLong();
        return (value >>> 1) ^ -(value & 1);
    }

    /** A number of 4 bytes. */
    public int readFixedInt() {
        require(4, "a number of 4 bytes");
        int value = (int) WireOutput.INTS.get(bytes, position);
        position += 4;
        return value;
    }

    /** A number of 8 bytes. */
    public long readFixedLong() {
        require(8, "a number of 8 bytes");
        long value = (long) WireOutput.LONGS.get(bytes, position);
        position += 8;
        return value;
    }

    /** A number of 4 bytes. */
    public float readFloat() {
        return Float.intBitsToFloat(readFixedInt());
    }

    /** A number of 8 bytes. */
    public double readDouble() {
        return Double.longBitsToDouble(readFixedLong());
    }

    /** A string. */
    public String readString() {
        return StringForm.read(this);
    }

    /** A copy of bytes that follow their length. */
    public byte[] readBytes() {
        int length = checkedLength(Integer.toUnsignedLong(readVarInt()), "an array of bytes");
        int from = position;
        position += length;
        return Arrays.copyOfRange(bytes, from, position);
    }

    /** A read-only view of bytes that follow their length. */
    public ByteBuffer readSlice() {
        int length = checkedLength(Integer.toUnsignedLong(readVarInt()), "a slice");
        ByteBuffer slice = ByteBuffer.wrap(bytes, position, length).slice().asReadOnlyBuffer();
        position += length;
        return slice;
    }

    /** Copies bytes that have no length in front. */
    public void readRaw(byte[] target, int from, int length) {
        require(length, "a run of bytes");
        System.arraycopy(bytes, position, target, from, length);
        position += length;
    }

    /** Numbers of 4 bytes. */
    public int[] readInts() {
        int[] values = new int[readCount(4)];
        for (int i = 0; i < values.length; i++) {
            values[i] = readFixedInt();
        }
        return values;
    }

    /** Numbers of 8 bytes. */
    public long[] readLongs() {
        long[] values = new long[readCount(8)];
        for (int i = 0; i < values.length; i++) {
            values[i] = readFixedLong();
        }
        return values;
    }

    /** Numbers of 8 bytes. */
    public double[] readDoubles() {
        double[] values = new double[readCount(8)];
        for (int i = 0; i < values.length; i++) {
            values[i] = readDouble();
        }
        return values;
    }

    /**
     * How many elements follow.
     *
     * @param leastBytes how few bytes an element can have, from 1; a count for which the bytes do not suffice is refused
     */
    public int readCount(int leastBytes) {
        int start = position;
        long count = readVarLong();
        long most = Math.min(limits.maxElements(), remaining() / leastBytes);
        if (count < 0 || count > most) {
            throw new WireException("A count of at most " + most + " was expected at byte " + start + " (" + remaining()
                    + " bytes left), not " + Long.toUnsignedString(count));
        }
        return (int) count;
    }

    /** The value now read lies one level deeper; paired with {@link #leave()}. */
    public void enter() {
        nesting.enter("read", position);
    }

    /** Ends what {@link #enter()} began. */
    public void leave() {
        nesting.leave();
    }

    /** The byte that is read next. */
    byte peek() {
        require(1, "a byte");
        return bytes[position];
    }

    byte[] array() {
        return bytes;
    }

    void skip(int length) {
        require(length, "a run of bytes");
        position += length;
    }

    /** A length that was read, once it is known that as many bytes are there. */
    int checkedLength(long length, String what) {
        int most = Math.min(limits.maxBytes(), remaining());
        if (length < 0 || length > most) {
            throw new WireException("The length of " + what + " at byte " + position + " must be at most " + most
                    + ", but is " + Long.toUnsignedString(length));
        }
        return (int) length;
    }

    private void require(int length, String what) {
        if (length < 0 || length > end - position) {
            throw new WireException("Expected " + what + " (" + length + " bytes) at byte " + position + ", but only "
                    + remaining() + " bytes are left");
        }
    }
}
