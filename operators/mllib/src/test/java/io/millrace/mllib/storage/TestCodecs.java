// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.storage;

import com.github.luben.zstd.Zstd;
import io.airlift.compress.lz4.Lz4Compressor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/** Compresses pages, with other libraries than those that read them where there are such. */
final class TestCodecs implements CompressionCodecFactory {

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName name) {
        return new BytesInputCompressor() {
            @Override
            public BytesInput compress(BytesInput bytes) throws IOException {
                return BytesInput.from(
                        TestCodecs.compress(name, bytes.toInputStream().readAllBytes()));
            }

            @Override
            public CompressionCodecName getCodecName() {
                return name;
            }

            @Override
            public void release() {}
        };
    }

    static byte[] compress(CompressionCodecName name, byte[] bytes) throws IOException {
        return switch (name) {
            case UNCOMPRESSED -> bytes;
            case SNAPPY -> Snappy.compress(bytes);
            case ZSTD -> Zstd.compress(bytes);
            case LZ4_RAW -> {
                Lz4Compressor compressor = new Lz4Compressor();
                byte[] out = new byte[compressor.maxCompressedLength(bytes.length)];
                yield Arrays.copyOf(out, compressor.compress(bytes, 0, bytes.length, out, 0, out.length));
            }
            case LZ4 -> {
                // two blocks, the first of two chunks
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                int half = bytes.length / 2;
                if (half > 0) {
                    writeNumber(out, half);
                    writeChunk(out, Arrays.copyOf(bytes, half / 3));
                    writeChunk(out, Arrays.copyOfRange(bytes, half / 3, half));
                }
                writeNumber(out, bytes.length - half);
                writeChunk(out, Arrays.copyOfRange(bytes, half, bytes.length));
                yield out.toByteArray();
            }
            case GZIP -> {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                    gzip.write(bytes);
                }
                yield out.toByteArray();
            }
            default -> throw new IllegalArgumentException(name.name());
        };
    }

    private static void writeChunk(ByteArrayOutputStream out, byte[] bytes) throws IOException {
        byte[] chunk = compress(CompressionCodecName.LZ4_RAW, bytes);
        writeNumber(out, chunk.length);
        out.writeBytes(chunk);
    }

    private static void writeNumber(ByteArrayOutputStream out, int number) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
        throw new UnsupportedOperationException("nothing is read");
    }

    @Override
    public void release() {}
}
