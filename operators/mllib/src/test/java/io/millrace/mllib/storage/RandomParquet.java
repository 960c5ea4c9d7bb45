// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.storage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.DelegatingPositionOutputStream;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** Parquet files of any nesting, with nulls, empty lists, small and large pages, by parquet-java's writer. */
final class RandomParquet {

    private static final int MAX_DEPTH = 4;
    private static final List<CompressionCodecName> CODECS = List.of(
            CompressionCodecName.SNAPPY,
            CompressionCodecName.UNCOMPRESSED,
            CompressionCodecName.GZIP,
            CompressionCodecName.ZSTD,
            CompressionCodecName.LZ4_RAW,
            CompressionCodecName.LZ4);
    private static final PrimitiveTypeName[] SCALARS = {
        PrimitiveTypeName.BOOLEAN,
        PrimitiveTypeName.INT32,
        PrimitiveTypeName.INT64,
        PrimitiveTypeName.FLOAT,
        PrimitiveTypeName.DOUBLE,
        PrimitiveTypeName.BINARY
    };

    private final Random random;
    /** How many different values there are. */
    private final int variety;

    private final double nulls;

    RandomParquet(Random random) {
        this.random = random;
        variety = random.nextBoolean() ? 1 + random.nextInt(40) : Integer.MAX_VALUE;
        nulls = random.nextInt(4) / 5.0;
    }

    /** A file of any schema. */
    byte[] file(WriterVersion version) throws IOException {
        List<Type> fields = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            fields.add(field("f" + i, 1));
        }
        return file(new MessageType("spark_schema", fields), version);
    }

    /** A file of so many records with nothing in them, which takes a few bytes. */
    static byte[] nothing(int records) throws IOException {
        MessageType schema = Types.buildMessage().optional(PrimitiveTypeName.DOUBLE).named("x").named("spark_schema");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new Memory(bytes))
                .withConf(new PlainParquetConfiguration())
                .withType(schema)
                .withPageRowCountLimit(Integer.MAX_VALUE)
                .build()) {
            Group record = new SimpleGroup(schema);
            for (int i = 0; i < records; i++) {
                writer.write(record);
            }
        }
        return bytes.toByteArray();
    }

    byte[] file(MessageType schema, WriterVersion version) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new Memory(bytes))
                .withConf(new PlainParquetConfiguration())
                .withType(schema)
                .withCodecFactory(new TestCodecs())
                .withCompressionCodec(CODECS.get(random.nextInt(CODECS.size())))
                .withWriterVersion(version)
                .withDictionaryEncoding(random.nextInt(3) > 0)
                .withDictionaryPageSize(random.nextBoolean() ? 1 << 20 : 100)
                .withPageSize(random.nextBoolean() ? 1 << 20 : 200)
                .withMinRowCountForPageSizeCheck(5)
                .withRowGroupRowCountLimit(random.nextBoolean() ? 1 << 20 : 40)
                .build()) {
            for (int left = random.nextInt(120); left > 0; left--) {
                Group record = new SimpleGroup(schema);
                fill(record);
                writer.write(record);
            }
        }
        return bytes.toByteArray();
    }

    private Type field(String name, int depth) {
        Repetition repetition = random.nextInt(3) == 0 ? Repetition.REQUIRED : Repetition.OPTIONAL;
        return switch (depth < MAX_DEPTH ? random.nextInt(6) : 0) {
            case 3 -> {
                List<Type> fields = new ArrayList<>();
                for (int i = random.nextInt(3); i >= 0; i--) {
                    fields.add(field("s" + i, depth + 1));
                }
                yield new GroupType(repetition, name, fields);
            }
            case 4 ->
                Types.list(repetition).element(field("element", depth + 1)).named(name);
            case 5 ->
                Types.map(repetition)
                        .key(scalar("key", Repetition.REQUIRED))
                        .value(field("value", depth + 1))
                        .named(name);
            default -> scalar(name, repetition);
        };
    }

    private Type scalar(String name, Repetition repetition) {
        PrimitiveTypeName type = SCALARS[random.nextInt(SCALARS.length)];
        return type == PrimitiveTypeName.BINARY && random.nextBoolean()
                ? Types.primitive(type, repetition)
                        .as(LogicalTypeAnnotation.stringType())
                        .named(name)
                : Types.primitive(type, repetition).named(name);
    }

    private void fill(Group group) {
        GroupType type = group.getType();
        for (int i = 0; i < type.getFieldCount(); i++) {
            if (type.getType(i).isRepetition(Repetition.REQUIRED) || random.nextDouble() >= nulls) {
                add(group, i);
            }
        }
    }

    private void add(Group group, int index) {
        Type type = group.getType().getType(index);
        if (type.isPrimitive()) {
            addScalar(group, index, type.asPrimitiveType().getPrimitiveTypeName());
        } else if (type.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation) {
            Group list = group.addGroup(index);
            for (int left = length(); left > 0; left--) {
                Group wrapper = list.addGroup(0);
                // a null among numbers is refused by both readers
                boolean number = wrapper.getType().getType(0).isPrimitive();
                if (number) {
                    add(wrapper, 0);
                } else {
                    fill(wrapper);
                }
            }
        } else if (type.getLogicalTypeAnnotation() instanceof MapLogicalTypeAnnotation) {
            Group map = group.addGroup(index);
            for (int left = length(); left > 0; left--) {
                fill(map.addGroup(0));
            }
        } else {
            fill(group.addGroup(index));
        }
    }

    private int length() {
        return random.nextInt(200) == 0 ? random.nextInt(300) : random.nextInt(4);
    }

    private void addScalar(Group group, int index, PrimitiveTypeName type) {
        int value = variety == Integer.MAX_VALUE ? random.nextInt() : random.nextInt(variety);
        switch (type) {
            case BOOLEAN -> group.add(index, (value & 1) != 0);
            case INT32 -> group.add(index, value);
            case INT64 -> group.add(index, value * 0x9e3779b97f4a7c15L);
            case FLOAT -> group.add(index, Float.intBitsToFloat(value));
            case DOUBLE -> group.add(index, Double.longBitsToDouble(value * 0x9e3779b97f4a7c15L));
            default -> group.add(index, "é".repeat(Math.floorMod(value, 7)) + value);
        }
    }

    private record Memory(ByteArrayOutputStream bytes) implements OutputFile {

        @Override
        public PositionOutputStream create(long blockSizeHint) {
            return new DelegatingPositionOutputStream(bytes) {
                @Override
                public long getPos() {
                    return bytes.size();
                }
            };
        }

        @Override
        public PositionOutputStream createOrOverwrite(long blockSizeHint) {
            return create(blockSizeHint);
        }

        @Override
        public boolean supportsBlockSize() {
            return false;
        }

        @Override
        public long defaultBlockSize() {
            return 0;
        }
    }
}
