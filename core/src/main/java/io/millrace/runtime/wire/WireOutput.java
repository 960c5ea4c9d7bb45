// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A growing array of bytes to which values are appended. Fixed-width numbers are little-endian.
 *
 * <p>Used by one thread at a time. After a {@link WireException} the bytes are of no use until {@link #clear()}.
 */
public final class WireOutput {

    static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int FIRST_CAPACITY = 256;

    private final WireLimits limits;
    private final Nesting nesting;
    private byte[] bytes;
    private int size;

    /** Empty, within the default limits. */
    public WireOutput() {
        this(WireLimits.DEFAULT);
    }

    /** Empty, within these limits. */
    public WireOutput(WireLimits limits) {
        this.limits = limits;
        this.nesting = new Nesting(limits.maxDepth());
        this.bytes = new byte[Math.min(FIRST_CAPACITY, limits.maxBytes())];
    }

    /** How many bytes there are. */
    public int size() {
        return size;
    }

    /** A copy of the bytes. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    /** The bytes themselves, valid up to {@link #size()} and until the next write. */
    public byte[] array() {
        return bytes;
    }

    /** Forgets the bytes, keeps the room. */
    public void clear() {
        size = 0;
        nesting.reset();
    }

    /** Appends the low eight bits. */
    public void writeByte(int value) {
        makeRoom(1);
        bytes[size++] = (byte) value;
    }

    /** Appends one byte, 0 or 1. */
    public void writeBoolean(boolean value) {
        writeByte(value ? 1 : 0);
    }

    /** Appends a number in which small values take little: 1 byte below 128. */
    public void writeVarInt(int unsigned) {
        writeVarLong(unsigned & 0xFFFF_FFFFL);
    }

    /** Appends a number in which small values take little: 1 to 10 bytes, negative ones 10. */
    public void writeVarLong(long unsigned) {
        makeRoom((63 - Long.numberOfLeadingZeros(unsigned | 1)) / 7 + 1);
        long rest = unsigned;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** Appends a signed number in which values near zero take little. */
    public void writeInt(int value) {
        writeVarInt((value << 1) ^ (value >> 31));
    }

    /** Appends a signed number in which values near zero take little. */
    public void writeLong(long value) {
        writeVarLong((value << 1) ^ (value >> 63));
    }

    /** Appends 4 bytes. */
    public void writeFixedInt(int value) {
        makeRoom(4);
        INTS.set(bytes, size, value);
        size += 4;
    }

    /** Puts 4 bytes over bytes that are already there, such as a length that is known only now. */
    public void setFixedInt(int position, int value) {
        if (position < 0 || position > size - 4) {
            throw new IllegalArgumentException(
                    "position must be in 0.." + (size - 4) + " to set 4 bytes of " + size + ", but is " + position);
        }
        INTS.set(bytes, position, value);
    }

    /** Appends 8 bytes. */
    public void writeFixedLong(long value) {
        makeRoom(8);
        LONGS.set(bytes, size, value);
        size += 8;
    }

    /** Appends 4 bytes, the bits of the number whatever they are. */
    public void writeFloat(float value) {
        writeFixedInt(Float.floatToRawIntBits(value));
    }

    /** Appends 8 bytes, the bits of the number whatever they are. */
    public void writeDouble(double value) {
        writeFixedLong(Double.doubleToRawLongBits(value));
    }

    /** Appends a string, any string: also one with unpaired surrogates. */
    public void writeString(String value) {
        StringForm.write(value, this);
    }

    /** Appends a length and as many bytes. */
    public void writeBytes(byte[] source) {
        writeBytes(source, 0, source.length);
    }

    /** Appends a length and as many bytes. */
    public void writeBytes(byte[] source, int from, int length) {
        writeVarInt(length);
        writeRaw(source, from, length);
    }

    /** Appends bytes without their length. */
    public void writeRaw(byte[] source, int from, int length) {
        makeRoom(length);
        System.arraycopy(source, from, bytes, size, length);
        size += length;
    }

    /** Appends a length and numbers of 4 bytes. */
    public void writeInts(int[] values) {
        writeCount(values.length);
        makeRoom(4L * values.length);
        for (int value : values) {
            INTS.set(bytes, size, value);
            size += 4;
        }
    }

    /** Appends a length and numbers of 8 bytes. */
    public void writeLongs(long[] values) {
        writeCount(values.length);
        makeRoom(8L * values.length);
        for (long value : values) {
            LONGS.set(bytes, size, value);
            size += 8;
        }
    }

    /** Appends a length and numbers of 8 bytes. */
    public void writeDoubles(double[] values) {
        writeCount(values.length);
        makeRoom(8L * values.length);
        for (double value : values) {
            LONGS.set(bytes, size, Double.doubleToRawLongBits(value));
            size += 8;
        }
    }

    /** Appends how many elements follow. */
    public void writeCount(int count) {
        if (count < 0 || count > limits.maxElements()) {
            throw new WireException("A count must be in 0.." + limits.maxElements() + ", but is " + count);
        }
        writeVarInt(count);
    }

    /** The value now written lies one level deeper; paired with {@link #leave()}. */
    public void enter() {
        nesting.enter("written", size);
    }

    /** Ends what {@link #enter()} began. */
    public void leave() {
        nesting.leave();
    }

    /** Makes room for so many more bytes. */
    void makeRoom(long more) {
        long needed = size + more;
        if (needed > bytes.length) {
            if (needed > limits.maxBytes()) {
                throw new WireException(
                        "An output may have " + limits.maxBytes() + " bytes, but this one needs " + needed);
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(limits.maxBytes(), Math.max(needed, 2L * bytes.length)));
        }
    }
}
