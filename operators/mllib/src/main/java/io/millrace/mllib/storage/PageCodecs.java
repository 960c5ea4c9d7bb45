// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.storage;

import com.github.luben.zstd.Zstd;
import io.airlift.compress.lz4.Lz4Decompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/** Decompression of pages without Hadoop. A page never takes more memory than it says, nor more than the limit. */
final class PageCodecs implements CompressionCodecFactory {

    /** Decompresses {@code in} into exactly {@code out}; false if it has another length. */
    private interface Codec {
        boolean decompress(byte[] in, byte[] out) throws IOException;
    }

    private final int pageBytes;

    PageCodecs(int pageBytes) {
        this.pageBytes = pageBytes;
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
        return switch (name) {
            case UNCOMPRESSED -> new Decompressor(PageCodecs::copy);
            case SNAPPY -> new Decompressor(PageCodecs::snappy);
            case GZIP -> new Decompressor(PageCodecs::gzip);
            case ZSTD ->
                new Decompressor(
                        (in, out) -> Zstd.decompressByteArray(out, 0, out.length, in, 0, in.length) == out.length);
            case LZ4_RAW ->
                new Decompressor((in, out) ->
                        new Lz4Decompressor().decompress(in, 0, in.length, out, 0, out.length) == out.length);
            default ->
                throw new UnsupportedOperationException(
                        "pages compressed with " + name + ": only snappy, gzip, zstd, lz4_raw and none can be read");
        };
    }

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName name) {
        throw new UnsupportedOperationException("nothing is written");
    }

    @Override
    public void release() {}

    private static boolean copy(byte[] in, byte[] out) {
        System.arraycopy(in, 0, out, 0, Math.min(in.length, out.length));
        return in.length == out.length;
    }

    private static boolean snappy(byte[] in, byte[] out) throws IOException {
        return Snappy.uncompressedLength(in) == out.length && Snappy.uncompress(in, 0, in.length, out, 0) == out.length;
    }

    private static boolean gzip(byte[] in, byte[] out) throws IOException {
        try (InputStream stream = new GZIPInputStream(new ByteArrayInputStream(in))) {
            return stream.readNBytes(out, 0, out.length) == out.length && stream.read() < 0;
        }
    }

    private final class Decompressor implements BytesInputDecompressor {

        private final Codec codec;

        Decompressor(Codec codec) {
            this.codec = codec;
        }

        @Override
        public BytesInput decompress(BytesInput compressed, int size) throws IOException {
            return BytesInput.from(decompress(compressed.toInputStream().readAllBytes(), size));
        }

        @Override
        public void decompress(ByteBuffer compressed, int compressedSize, ByteBuffer out, int size) throws IOException {
            byte[] bytes = new byte[compressedSize];
            compressed.get(bytes);
            out.put(decompress(bytes, size));
        }

        private byte[] decompress(byte[] compressed, int size) throws IOException {
            if (size < 0 || size > pageBytes) {
                throw new IOException("a page of " + size + " bytes, at most " + pageBytes + " are read");
            }
            byte[] out = new byte[size];
            if (!codec.decompress(compressed, out)) {
                throw new IOException("a page is not of the " + size + " bytes that its header says");
            }
            return out;
        }

        @Override
        public void release() {}
    }
}
