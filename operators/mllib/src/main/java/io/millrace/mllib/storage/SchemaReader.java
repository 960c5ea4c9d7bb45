// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.storage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the schema in a footer, where the fields of a group follow it, and makes a tree of it. */
final class SchemaReader {

    /** A field without those below it. */
    private record Element(String name, int repetition, int type, int children, int meaning) {}

    private final String file;
    private final int maxDepth;
    private final List<Element> elements = new ArrayList<>();
    private final List<ParquetField> columns = new ArrayList<>();
    private int at;

    SchemaReader(String file, int maxDepth) {
        this.file = file;
        this.maxDepth = maxDepth;
    }

    void read(ThriftReader in) throws IOException {
        for (int left = in.list(ThriftReader.STRUCT); left > 0; left--) {
            elements.add(element(in));
        }
    }

    private static Element element(ThriftReader in) throws IOException {
        String name = "";
        int type = ParquetField.GROUP;
        int repetition = ParquetField.REQUIRED;
        int children = 0;
        int meaning = ParquetField.PLAIN;
        int logical = ParquetField.PLAIN;
        boolean converted = false;
        for (int id = in.field(0); id != ThriftReader.STOP; id = in.field(id)) {
            switch (id) {
                case 1 -> type = in.i32();
                case 3 -> repetition = in.i32();
                case 4 -> name = in.string();
                case 5 -> children = in.i32();
                case 6 -> {
                    // the older form of what the field means comes before the newer one, as in parquet-java
                    converted = true;
                    meaning = in.i32();
                }
                case 10 -> {
                    in.struct();
                    logical = logicalType(in);
                }
                default -> in.skip();
            }
        }
        if (repetition < ParquetField.REQUIRED || repetition > ParquetField.REPEATED) {
            throw new IOException("a field with repetition " + repetition + " in the footer");
        }
        if (type != ParquetField.GROUP && (type < 0 || type > ParquetField.FIXED_LEN_BYTE_ARRAY)) {
            throw new IOException("a field of type " + type + " in the footer");
        }
        return new Element(name, repetition, type, children, converted ? meaning : logical);
    }

    /** A union: its one field says which type it is. */
    private static int logicalType(ThriftReader in) throws IOException {
        int meaning = ParquetField.PLAIN;
        for (int id = in.field(0); id != ThriftReader.STOP; id = in.field(id)) {
            meaning = id == 2 ? ParquetField.MAP : id == 3 ? ParquetField.LIST : ParquetField.PLAIN;
            in.skip();
        }
        return meaning;
    }

    /** The group of all fields. */
    ParquetField tree() throws IOException {
        if (elements.isEmpty()) {
            throw new IOException("no schema in the footer");
        }
        ParquetField tree = field(null, 1);
        if (at != elements.size()) {
            throw new IOException(elements.size() + " fields in the footer, of which the schema has " + at);
        }
        return tree;
    }

    /** The fields that are columns, once there is a {@link #tree}. */
    List<ParquetField> columns() {
        return columns;
    }

    /** The next field; {@code above} has its levels and name only. */
    private ParquetField field(@Nullable ParquetField above, int depth) throws IOException {
        if (depth > maxDepth) {
            throw new ModelFormatException(file, "types nested deeper than " + maxDepth);
        }
        if (at == elements.size()) {
            throw new IOException("a schema of more than its " + at + " fields in the footer");
        }
        Element element = elements.get(at++);
        ParquetField bare = above == null ? root(element) : below(above, element);
        if (element.type() != ParquetField.GROUP) {
            columns.add(bare);
            return bare;
        }
        List<ParquetField> fields = new ArrayList<>();
        for (int i = 0; i < element.children(); i++) {
            fields.add(field(bare, depth + 1));
        }
        if (fields.isEmpty() && above != null) {
            throw new IOException("group " + bare.column() + " without fields in the footer");
        }
        return new ParquetField(
                bare.column(),
                bare.name(),
                bare.repetition(),
                bare.type(),
                bare.meaning(),
                bare.definitions(),
                bare.repetitions(),
                bare.firstColumn(),
                columns.size(),
                fields);
    }

    private static ParquetField root(Element element) throws IOException {
        if (element.type() != ParquetField.GROUP) {
            throw new IOException("a schema of one field of type " + element.type() + " in the footer");
        }
        return new ParquetField(
                "",
                element.name(),
                ParquetField.REQUIRED,
                ParquetField.GROUP,
                ParquetField.PLAIN,
                0,
                0,
                0,
                0,
                List.of());
    }

    private ParquetField below(ParquetField above, Element element) {
        int meaning = element.meaning() == ParquetField.LIST || element.meaning() == ParquetField.MAP
                ? element.meaning()
                : ParquetField.PLAIN;
        return new ParquetField(
                above.column().isEmpty() ? element.name() : above.column() + "." + element.name(),
                element.name(),
                element.repetition(),
                element.type(),
                meaning,
                above.definitions() + (element.repetition() == ParquetField.REQUIRED ? 0 : 1),
                above.repetitions() + (element.repetition() == ParquetField.REPEATED ? 1 : 0),
                columns.size(),
                columns.size() + 1,
                List.of());
    }
}
