// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;

/**
 * Walks the runs and blocks in a data page before parquet-java decodes them: its decoders allocate by the lengths in their
 * headers, of which a few bytes can ask for gigabytes.
 */
final class PageCheck {

    /** The longest packed run, in groups of 8 values. Writers write runs of at most 64. */
    private static final int MAX_GROUPS = 1 << 16;

    /** The longest block of differences. Writers write blocks of 128 values. */
    private static final int MAX_BLOCK = 1 << 16;

    private final ByteBuffer in;
    private final int values;

    private PageCheck(ByteBuffer in, int values) {
        this.in = in.slice().order(ByteOrder.LITTLE_ENDIAN);
        this.values = values;
    }

    /**
     * Checks a page.
     *
     * @throws IOException with the reason, if decoding it would take more memory than what is in it can fill
     */
    static void check(ColumnDescriptor column, DataPage page) throws IOException {
        int values = page.getValueCount();
        int repetition = BytesUtils.getWidthFromMaxInt(column.getMaxRepetitionLevel());
        int definition = BytesUtils.getWidthFromMaxInt(column.getMaxDefinitionLevel());
        if (page instanceof DataPageV1 v1) {
            PageCheck check = new PageCheck(buffer(v1.getBytes()), values);
            check.levels(v1.getRlEncoding(), repetition);
            check.levels(v1.getDlEncoding(), definition);
            check.values(v1.getValueEncoding());
        } else if (page instanceof DataPageV2 v2) {
            new PageCheck(buffer(v2.getRepetitionLevels()), values).runs(repetition);
            new PageCheck(buffer(v2.getDefinitionLevels()), values).runs(definition);
            new PageCheck(buffer(v2.getData()), values).values(v2.getDataEncoding());
        }
    }

    private static ByteBuffer buffer(BytesInput bytes) throws IOException {
        ByteBufferInputStream stream = bytes.toInputStream();
        return stream.available() == 0 ? ByteBuffer.allocate(0) : stream.slice(stream.available());
    }

    @SuppressWarnings("deprecation") // Spark's files have pages of that encoding
    private void levels(Encoding encoding, int width) throws IOException {
        switch (encoding) {
            case RLE -> {
                if (width > 0) {
                    lengthAndRuns(width);
                }
            }
            case BIT_PACKED -> skip(((long) values * width + 7) / 8);
            default -> throw new IOException("a page whose levels are encoded by " + encoding);
        }
    }

    @SuppressWarnings("deprecation") // as above
    private void values(Encoding encoding) throws IOException {
        switch (encoding) {
            case PLAIN_DICTIONARY, RLE_DICTIONARY -> {
                if (in.hasRemaining()) {
                    runs(in.get() & 0xff);
                }
            }
            case RLE -> lengthAndRuns(1);
            case DELTA_BINARY_PACKED, DELTA_LENGTH_BYTE_ARRAY -> differences();
            case DELTA_BYTE_ARRAY -> {
                differences();
                differences();
            }
            case PLAIN, BYTE_STREAM_SPLIT -> {
                // nothing in them is counted
            }
            default -> throw new IOException("a page whose values are encoded by " + encoding);
        }
    }

    private void lengthAndRuns(int width) throws IOException {
        need(4);
        int length = in.getInt();
        need(length);
        new PageCheck(in.slice(in.position(), length), values).runs(width);
        skip(length);
    }

    /** The hybrid of repeated values and packed ones. */
    private void runs(int width) throws IOException {
        if (width > 32) {
            throw new IOException("a page with values of " + width + " bits");
        }
        long left = values;
        while (left > 0 && in.hasRemaining()) {
            int header = varint();
            int length = header >>> 1;
            if (length == 0) {
                throw new IOException("a page with a run of no values");
            }
            if ((header & 1) == 0) {
                skip((width + 7) / 8);
                left -= length;
            } else if (length > MAX_GROUPS) {
                throw new IOException("a page with a run of " + 8L * length + " values");
            } else {
                // what is cut off at the end of a page is read as zeros
                skip(Math.min((long) length * width, in.remaining()));
                left -= 8L * length;
            }
        }
    }

    /** Blocks of packed differences. */
    private void differences() throws IOException {
        int block = varint();
        int parts = varint();
        int count = varint();
        varlong();
        if (block <= 0 || block > MAX_BLOCK || parts <= 0 || block % (8L * parts) != 0) {
            throw new IOException("a page with blocks of " + block + " values in " + parts + " parts");
        }
        if (count < 0 || count > values || (count - 1L) / block > in.remaining()) {
            throw new IOException("a page of " + values + " values with " + count + " differences");
        }
        int part = block / parts;
        for (long left = count - 1L; left > 0; left -= block) {
            varlong();
            need(parts);
            int widths = in.position();
            skip(parts);
            // parts behind the last value are not stored
            for (int i = 0; i < parts && left - (long) i * part > 0; i++) {
                skip((long) (in.get(widths + i) & 0xff) * part / 8);
            }
        }
    }

    private int varint() throws IOException {
        long value = varlong();
        if (value != (value & 0xffffffffL)) {
            throw new IOException("a page with a length of more than 32 bits");
        }
        return (int) value;
    }

    private long varlong() throws IOException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            need(1);
            int part = in.get();
            value |= (long) (part & 0x7f) << shift;
            if (part >= 0) {
                return value;
            }
        }
        throw new IOException("a page with a length of more than 64 bits");
    }

    private void skip(long count) throws IOException {
        need(count);
        in.position(in.position() + (int) count);
    }

    private void need(long count) throws IOException {
        if (count < 0 || count > in.remaining()) {
            throw new IOException("a page that ends early: " + count + " bytes of " + in.remaining());
        }
    }
}
