// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** {@link PageCodec} for parquet-java. A page never takes more memory than it says, nor more than the limit. */
final class PageCodecs implements CompressionCodecFactory {

    private final int pageBytes;

    PageCodecs(int pageBytes) {
        this.pageBytes = pageBytes;
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
        return new Decompressor(
                switch (name) {
                    case UNCOMPRESSED -> PageCodec.UNCOMPRESSED;
                    case SNAPPY -> PageCodec.SNAPPY;
                    case GZIP -> PageCodec.GZIP;
                    case LZ4 -> PageCodec.LZ4;
                    case ZSTD -> PageCodec.ZSTD;
                    case LZ4_RAW -> PageCodec.LZ4_RAW;
                    default ->
                        throw new UnsupportedOperationException("pages compressed with " + name
                                + ": only snappy, gzip, lz4, zstd, lz4_raw and none can be read");
                });
    }

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName name) {
        throw new UnsupportedOperationException("nothing is written");
    }

    @Override
    public void release() {}

    private final class Decompressor implements BytesInputDecompressor {

        private final int codec;

        Decompressor(int codec) {
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
            return PageCodec.decompress(codec, compressed, 0, compressed.length, size);
        }

        @Override
        public void release() {}
    }
}
