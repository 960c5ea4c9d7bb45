// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.storage;

import com.github.luben.zstd.Zstd;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** Decompression of pages, by the numbers that the format gives the codecs. */
final class PageCodec {

    static final int UNCOMPRESSED = 0;
    static final int SNAPPY = 1;
    static final int GZIP = 2;
    /** LZ4 in the blocks of Hadoop's codec, which the format has no name for any more but Spark still writes as "lz4". */
    static final int LZ4 = 5;

    static final int ZSTD = 6;
    static final int LZ4_RAW = 7;

    private PageCodec() {}

    static boolean isKnown(int codec) {
        return switch (codec) {
            case UNCOMPRESSED, SNAPPY, GZIP, LZ4, ZSTD, LZ4_RAW -> true;
            default -> false;
        };
    }

    /**
     * Decompresses {@code length} bytes from {@code start} on into exactly {@code size}.
     *
     * @throws IOException if they are damaged or of another size
     */
    static byte[] decompress(int codec, byte[] bytes, int start, int length, int size) throws IOException {
        if (codec == UNCOMPRESSED) {
            if (length != size) {
                throw wrongSize(size);
            }
            return Arrays.copyOfRange(bytes, start, start + length);
        }
        if (codec == SNAPPY && SnappyDecompressor.getUncompressedLength(bytes, start) != size) {
            throw wrongSize(size);
        }
        byte[] out = new byte[size];
        long found = switch (codec) {
            case SNAPPY -> new SnappyDecompressor().decompress(bytes, start, length, out, 0, size);
            case GZIP -> gzip(bytes, start, length, out);
            case LZ4 -> lz4Blocks(bytes, start, length, out);
            case ZSTD -> Zstd.decompressByteArray(out, 0, size, bytes, start, length);
            case LZ4_RAW -> new Lz4Decompressor().decompress(bytes, start, length, out, 0, size);
            default -> throw new IOException("pages compressed with codec " + codec);
        };
        if (found != size) {
            throw wrongSize(size);
        }
        return out;
    }

    /** How long it is; longer than {@code out} counts as that and one more. */
    private static long gzip(byte[] bytes, int start, int length, byte[] out) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes, start, length))) {
            int found = in.readNBytes(out, 0, out.length);
            return in.read() < 0 ? found : out.length + 1L;
        }
    }

    /** Blocks of Hadoop: a length of what comes out, and chunks of as much together, each behind its own length. */
    private static long lz4Blocks(byte[] bytes, int start, int length, byte[] out) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes, start, length);
        Lz4Decompressor decompressor = new Lz4Decompressor();
        int found = 0;
        while (in.hasRemaining()) {
            long blockEnd = found + (long) number(in);
            while (found < blockEnd) {
                int chunk = number(in);
                if (chunk > in.remaining()) {
                    throw new IOException("a chunk of " + chunk + " bytes, there are " + in.remaining());
                }
                found += decompressor.decompress(bytes, in.position(), chunk, out, found, out.length - found);
                in.position(in.position() + chunk);
            }
        }
        return found;
    }

    private static int number(ByteBuffer in) throws IOException {
        int number = in.remaining() < Integer.BYTES ? -1 : in.getInt();
        if (number < 0) {
            throw new IOException("a block of LZ4 without a length");
        }
        return number;
    }

    private static IOException wrongSize(int size) {
        return new IOException("a page is not of the " + size + " bytes that its header says");
    }
}
