// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.node;

import io.millrace.runtime.block.Block;
import io.millrace.runtime.block.BlockInfo;
import io.millrace.runtime.durable.JournalEntry;
import io.millrace.runtime.durable.JournalFormat;
import io.millrace.runtime.executor.Collected;
import io.millrace.runtime.executor.NodeState;
import io.millrace.runtime.log.LogRecord;
import io.millrace.runtime.state.StateDelta;
import io.millrace.runtime.wire.Codec;
import io.millrace.runtime.wire.RecordCodecs;
import io.millrace.runtime.wire.TypeRegistry;
import io.millrace.runtime.wire.ValueCodec;
import io.millrace.runtime.wire.WireException;
import io.millrace.runtime.wire.WireInput;
import io.millrace.runtime.wire.WireOutput;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The engine's wire form as the format of the log. The type of a record says which entry it is; its version is that of all entries.
 * {@code docs/log-format.md} describes the bytes.
 */
public final class JournalCodec implements JournalFormat {

    /** The version of every entry; a change of any of them is another version. */
    static final int VERSION = 1;

    private static final int STATE_IN_SNAPSHOT = 100;

    /** In the order of their type numbers, from 1; never reordered. */
    private static final List<Class<? extends JournalEntry>> TYPES = List.of(
            JournalEntry.Begun.class,
            JournalEntry.Added.class,
            JournalEntry.Planned.class,
            JournalEntry.Prepared.class,
            JournalEntry.Committed.class,
            JournalEntry.Snapshotted.class);

    private final TypeRegistry types;
    private final ValueCodec values;
    private final BlockCodec blocks;
    private final StateDeltaCodec deltas;
    private final Codec<JournalEntry.StateChange> changes;
    private final Codec<BlockInfo> infos;
    private final List<Codec<? extends JournalEntry>> entries;

    /** A format that knows these types of users. */
    public JournalCodec(TypeRegistry types) {
        this.types = types;
        this.values = new ValueCodec(types);
        this.blocks = new BlockCodec(values);
        this.deltas = new StateDeltaCodec(values);
        RecordCodecs codecs = RecordCodecs.builder(values)
                .<Throwable>codec(Throwable.class, new ThrowableCodec())
                .build();
        this.changes = codecs.of(JournalEntry.StateChange.class);
        this.infos = codecs.of(BlockInfo.class);
        this.entries =
                TYPES.stream().<Codec<? extends JournalEntry>>map(codecs::of).toList();
    }

    @Override
    public JournalFormat refusing(Map<String, String> messages) {
        return new JournalCodec(types.refusing(messages));
    }

    @Override
    public LogRecord encode(JournalEntry entry) {
        int type = TYPES.indexOf(entry.getClass());
        return new LogRecord(type + 1, VERSION, bytes(out -> write(entries.get(type), entry, out)));
    }

    @SuppressWarnings("unchecked")
    private static <T extends JournalEntry> void write(Codec<T> codec, JournalEntry entry, WireOutput out) {
        codec.write((T) entry, out);
    }

    @Override
    public JournalEntry decode(LogRecord logged) {
        checkVersion(logged);
        if (logged.type() < 1 || logged.type() > TYPES.size()) {
            throw new IllegalArgumentException(
                    "the log has a record of type " + logged.type() + ", which this version does not know");
        }
        return read(entries.get(logged.type() - 1), logged.payload());
    }

    @Override
    public LogRecord encode(BlockInfo info, Block content) {
        List<ByteBuffer> block = blocks.parts(content);
        byte[] head = bytes(out -> {
            infos.write(info, out);
            out.writeVarInt(block.stream().mapToInt(ByteBuffer::remaining).sum());
        });
        List<ByteBuffer> parts = new ArrayList<>();
        parts.add(ByteBuffer.wrap(head));
        parts.addAll(block);
        return new LogRecord(TYPES.indexOf(JournalEntry.Added.class) + 1, VERSION, parts);
    }

    @Override
    public Block decodeBlock(JournalEntry.Added added) {
        return read(blocks, added.content()).named(added.block());
    }

    @Override
    public JournalEntry.StateChange encode(NodeState state) {
        return new JournalEntry.StateChange(
                state.node(), state.partition(), state.keys(), bytes(out -> deltas.write(state.delta(), out)));
    }

    @Override
    public NodeState decode(JournalEntry.StateChange change) {
        StateDelta<Object, Object> delta = read(deltas, change.delta());
        return new NodeState(change.node(), change.partition(), delta);
    }

    @Override
    public JournalEntry.StagedOutput encode(Collected collected) {
        Object[] records = collected.records().toArray();
        return new JournalEntry.StagedOutput(
                collected.output(),
                collected.level(),
                collected.ordinal(),
                records.length,
                bytes(out -> values.writeColumn(records, records.length, out)));
    }

    @Override
    public Collected decode(JournalEntry.StagedOutput staged) {
        WireInput in = new WireInput(staged.column());
        return new Collected(
                staged.output(), staged.level(), staged.ordinal(), Arrays.asList(checked(() -> values.readColumn(in))));
    }

    @Override
    public LogRecord snapshotEntry(JournalEntry.StateChange change) {
        return new LogRecord(STATE_IN_SNAPSHOT, VERSION, bytes(out -> changes.write(change, out)));
    }

    @Override
    public JournalEntry.StateChange fromSnapshot(LogRecord entry) {
        checkVersion(entry);
        if (entry.type() != STATE_IN_SNAPSHOT) {
            throw new IllegalArgumentException("a snapshot has an entry of type " + entry.type());
        }
        return read(changes, entry.payload());
    }

    private static void checkVersion(LogRecord logged) {
        if (logged.version() != VERSION) {
            throw new IllegalArgumentException("the log has entries of version " + logged.version()
                    + ", and this version of Millrace reads version " + VERSION);
        }
    }

    private interface Writing {
        void to(WireOutput out);
    }

    private static byte[] bytes(Writing writing) {
        WireOutput out = new WireOutput();
        try {
            writing.to(out);
        } catch (WireException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        return out.toByteArray();
    }

    private static <T> T read(Codec<T> codec, byte[] bytes) {
        return checked(() -> {
            WireInput in = new WireInput(bytes);
            T value = codec.read(in);
            in.expectEnd();
            return value;
        });
    }

    private static <T> T checked(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (WireException e) {
            throw new IllegalArgumentException("an entry of the log cannot be read: " + e.getMessage(), e);
        }
    }
}
