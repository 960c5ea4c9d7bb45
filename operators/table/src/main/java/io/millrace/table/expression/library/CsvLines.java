// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import io.millrace.table.QueryExecutionException;
import io.millrace.table.data.Utf8;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Field;
import io.millrace.table.type.StructType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes single lines of CSV. What does not fit in a field is null there, unless the mode is {@code FAILFAST}. For any threads. */
public final class CsvLines {

    private static final char QUOTE = '"';
    private static final char ESCAPE = '\\';

    private final StructType schema;
    private final String delimiter;
    private final String nullValue;
    private final boolean failFast;
    private final String corruptRecord;
    private final TextValues values;

    CsvLines(StructType schema, FormatOptions options) {
        this.schema = schema;
        this.delimiter = options.get("sep", options.get("delimiter", ","));
        this.nullValue = options.get("nullValue", "");
        this.failFast = options.failFast();
        this.corruptRecord = options.corruptRecord();
        this.values = new TextValues(options);
    }

    /** A field's text, and whether it stood in quotes. */
    private record Token(String text, boolean quoted) {}

    /** The fields of a line; missing ones are null, further ones are ignored. The constants are those of the schema and options. */
    public @Nullable Object[] read(Utf8 line, Object... constants) {
        List<Token> tokens = tokens(line.toString(), delimiter);
        @Nullable Object[] fields = new @Nullable Object[schema.fields().size()];
        String flaw = null;
        int corrupt = -1;
        int next = 0;
        for (int i = 0; i < fields.length; i++) {
            Field field = schema.fields().get(i);
            if (field.name().equals(corruptRecord)) {
                corrupt = i;
            } else if (next < tokens.size()) {
                Token token = tokens.get(next++);
                try {
                    fields[i] = value(token, field.type());
                } catch (IllegalArgumentException | QueryExecutionException e) {
                    flaw = "the field " + field.name() + " cannot be '" + token.text() + "'";
                }
            } else {
                flaw = "the field " + field.name() + " is missing";
            }
        }
        if (flaw != null && failFast) {
            throw new QueryExecutionException(
                    "MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION",
                    "A record of from_csv is malformed in the parse mode FAILFAST: " + flaw);
        }
        if (flaw != null && corrupt >= 0) {
            fields[corrupt] = line;
        }
        return fields;
    }

    private @Nullable Object value(Token token, DataType type) {
        if (!token.quoted() && token.text().equals(nullValue)) {
            return null;
        }
        return values.parse(token.text(), type);
    }

    private static List<Token> tokens(String line, String delimiter) {
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        while (true) {
            StringBuilder text = new StringBuilder();
            boolean quoted = at < line.length() && line.charAt(at) == QUOTE;
            if (quoted) {
                at = quoted(line, at + 1, text);
            }
            int end = line.indexOf(delimiter, at);
            if (end < 0) {
                tokens.add(new Token(text + line.substring(at), quoted));
                return tokens;
            }
            tokens.add(new Token(text + line.substring(at, end), quoted));
            at = end + delimiter.length();
        }
    }

    /** Where the quotes end. */
    private static int quoted(String line, int from, StringBuilder text) {
        int at = from;
        while (at < line.length()) {
            char c = line.charAt(at++);
            if (c == ESCAPE && at < line.length() && (line.charAt(at) == QUOTE || line.charAt(at) == ESCAPE)) {
                text.append(line.charAt(at++));
            } else if (c == QUOTE) {
                return at;
            } else {
                text.append(c);
            }
        }
        return at;
    }

    /** A line without an end. The constants are those of the options. */
    public @Nullable Utf8 write(@Nullable Object @Nullable [] fields, Object... constants) {
        if (fields == null) {
            return null;
        }
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < fields.length; i++) {
            Object value = fields[i];
            line.append(i > 0 ? delimiter : "");
            if (value == null) {
                line.append(nullValue);
            } else {
                String text = text(value, schema.fields().get(i).type());
                line.append(value instanceof Utf8 ? quote(text.strip()) : text);
            }
        }
        return Utf8.of(line.toString());
    }

    private String text(Object value, DataType type) {
        if (type == AtomicType.DATE) {
            return values.formatDate((Integer) value);
        }
        if (type == AtomicType.TIMESTAMP) {
            return values.formatTimestamp((Long) value);
        }
        return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
    }

    private String quote(String text) {
        boolean plain = !text.isEmpty()
                && !text.contains(delimiter)
                && text.indexOf(QUOTE) < 0
                && text.indexOf('\n') < 0
                && text.indexOf('\r') < 0;
        return plain ? text : QUOTE + text.replace("\\", "\\\\").replace("\"", "\\\"") + QUOTE;
    }

    /** The types that the fields of a line could be read as, in DDL. */
    public static Utf8 schema(Utf8 line) {
        StringBuilder ddl = new StringBuilder("STRUCT<");
        List<Token> tokens = tokens(line.toString(), ",");
        for (int i = 0; i < tokens.size(); i++) {
            ddl.append(i > 0 ? ", " : "").append("_c").append(i).append(": ");
            ddl.append(type(tokens.get(i).text()));
        }
        return Utf8.of(ddl.append('>').toString());
    }

    private static String type(String text) {
        if (text.matches("[+-]?\\d{1,9}")) {
            return "INT";
        }
        if (text.matches("[+-]?\\d{10,18}")) {
            return "BIGINT";
        }
        if (text.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?")) {
            return "DOUBLE";
        }
        if (text.matches("\\d{4}-\\d{2}-\\d{2}")) {
            return "DATE";
        }
        if (text.matches("\\d{4}-\\d{2}-\\d{2}[ T].*")) {
            return "TIMESTAMP";
        }
        return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false") ? "BOOLEAN" : "STRING";
    }
}
