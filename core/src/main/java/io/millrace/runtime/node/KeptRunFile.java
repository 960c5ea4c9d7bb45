// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.node;

import io.millrace.runtime.block.Block;
import io.millrace.runtime.driver.KeptBatch;
import io.millrace.runtime.driver.KeptRun;
import io.millrace.runtime.executor.LostBatch;
import io.millrace.runtime.executor.NodeState;
import io.millrace.runtime.state.StateDelta;
import io.millrace.runtime.wire.Codec;
import io.millrace.runtime.wire.RecordCodecs;
import io.millrace.runtime.wire.TypeRegistry;
import io.millrace.runtime.wire.ValueCodec;
import io.millrace.runtime.wire.WireException;
import io.millrace.runtime.wire.WireInput;
import io.millrace.runtime.wire.WireOutput;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Kept batches as a file: data only, in the engine's wire form, no class is named but those registered.
 *
 * <p>The file is the line {@code MillraceRecording 2}, then sections: a header, one for the state of each operator and partition, one for
 * each batch. A section is its length and the CRC32C of its bytes, each four bytes with the highest first, and the bytes. The header says
 * how many sections follow. Another version of the format has another first line.
 */
public final class KeptRunFile {

    private static final byte[] MAGIC = "MillraceRecording 2\n".getBytes(StandardCharsets.US_ASCII);

    /** No section is longer: {@link io.millrace.runtime.wire.WireLimits}. */
    private static final int MAX_SECTION = 256 << 20;

    private record Header(KeptRun.Job job, List<LostBatch> lost, int states, int batches) {}

    private final Codec<Header> headers;
    private final Codec<NodeState> states;
    private final Codec<KeptBatch> batches;

    /** A format that knows these types of users. */
    public KeptRunFile(TypeRegistry types) {
        ValueCodec values = new ValueCodec(types);
        RecordCodecs codecs = RecordCodecs.builder(values)
                .<Block>codec(Block.class, new BlockCodec(values))
                .<StateDelta<Object, Object>>codec(StateDelta.class, new StateDeltaCodec(values))
                .<Throwable>codec(Throwable.class, new ThrowableCodec())
                .build();
        this.headers = codecs.of(Header.class);
        this.states = codecs.of(NodeState.class);
        this.batches = codecs.of(KeptBatch.class);
    }

    /**
     * Writes a file, in place of what is there.
     *
     * @throws IOException if it cannot be written
     * @throws IllegalArgumentException if a value is of a class that is not registered; the message names it
     */
    public void write(Path file, KeptRun run) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        try {
            try (DataOutputStream out =
                    new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(unfinished)))) {
                out.write(MAGIC);
                section(
                        out,
                        headers,
                        new Header(
                                run.job(),
                                run.lost(),
                                run.states().size(),
                                run.batches().size()));
                for (NodeState state : run.states()) {
                    section(out, states, state);
                }
                for (KeptBatch batch : run.batches()) {
                    section(out, batches, batch);
                }
            } catch (WireException e) {
                throw new IllegalArgumentException(file + " cannot be written: " + e.getMessage(), e);
            }
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static <T> void section(DataOutputStream out, Codec<T> codec, T value) throws IOException {
        WireOutput bytes = new WireOutput();
        codec.write(value, bytes);
        out.writeInt(bytes.size());
        out.writeInt(crc(bytes.array(), bytes.size()));
        out.write(bytes.array(), 0, bytes.size());
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if the file cannot be read, is no recording, or is truncated or damaged; the message names it, the section and
     *     the reason
     */
    public KeptRun read(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            byte[] magic = in.readNBytes(MAGIC.length);
            if (!Arrays.equals(magic, MAGIC)) {
                throw new IOException(file + " is no recording: it does not begin with 'MillraceRecording 2'");
            }
            Header header = section(file, in, headers, "the header");
            List<NodeState> allStates = new ArrayList<>();
            for (int i = 1; i <= header.states(); i++) {
                allStates.add(section(file, in, states, "state " + i + " of " + header.states()));
            }
            List<KeptBatch> allBatches = new ArrayList<>();
            for (int i = 1; i <= header.batches(); i++) {
                allBatches.add(section(file, in, batches, "batch " + i + " of " + header.batches()));
            }
            if (in.read() >= 0) {
                throw new IOException(file + " is damaged: something follows its last batch");
            }
            return new KeptRun(header.job(), allStates, header.lost(), allBatches);
        }
    }

    private static <T> T section(Path file, DataInputStream in, Codec<T> codec, String name) throws IOException {
        byte[] head = in.readNBytes(2 * Integer.BYTES);
        if (head.length < 2 * Integer.BYTES) {
            throw new IOException(file + " is truncated: it ends where " + name + " should begin");
        }
        int length = fixedInt(head, 0);
        if (length < 0 || length > MAX_SECTION) {
            throw new IOException(
                    file + " is damaged: " + name + " cannot have " + length + " bytes, at most " + MAX_SECTION);
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new IOException(
                    file + " is truncated: of the " + length + " bytes of " + name + " there are " + bytes.length);
        }
        if (crc(bytes, length) != fixedInt(head, Integer.BYTES)) {
            throw new IOException(file + " is damaged: the checksum of " + name + " does not match its bytes");
        }
        try {
            WireInput input = new WireInput(bytes);
            T value = codec.read(input);
            input.expectEnd();
            return value;
        } catch (WireException e) {
            throw new IOException(file + " cannot be read: " + name + ": " + e.getMessage(), e);
        }
    }

    private static int fixedInt(byte[] bytes, int at) {
        return java.nio.ByteBuffer.wrap(bytes).getInt(at);
    }

    private static int crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
