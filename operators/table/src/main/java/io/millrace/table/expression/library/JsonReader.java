// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.table.QueryExecutionException;
import io.millrace.table.data.Utf8;
import io.millrace.table.expression.ImplicitCasts;
import io.millrace.table.type.ArrayType;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DecimalType;
import io.millrace.table.type.Field;
import io.millrace.table.type.MapType;
import io.millrace.table.type.StructType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON as values of a type. What does not fit in a field is null there; a text that is no JSON is a struct of nulls, unless the mode is
 * {@code FAILFAST}. For any threads.
 */
public final class JsonReader {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final DataType schema;
    private final boolean failFast;
    private final int corruptRecord;
    private final TextValues values;
    private final Map<StructType, Map<String, Integer>> names = new HashMap<>();

    JsonReader(DataType schema, FormatOptions options) {
        this.schema = schema;
        this.failFast = options.failFast();
        this.values = new TextValues(options);
        index(schema);
        int corrupt = -1;
        if (schema instanceof StructType struct) {
            corrupt = indexOf(struct, options.corruptRecord());
        }
        this.corruptRecord = corrupt;
    }

    private int indexOf(StructType struct, String name) {
        return names.getOrDefault(struct, Map.of()).getOrDefault(name, -1);
    }

    private void index(DataType type) {
        if (type instanceof StructType struct) {
            Map<String, Integer> places = new HashMap<>();
            for (int i = 0; i < struct.fields().size(); i++) {
                Field field = struct.fields().get(i);
                places.put(field.name(), i);
                index(field.type());
            }
            names.put(struct, places);
        } else if (type instanceof ArrayType array) {
            index(array.element());
        } else if (type instanceof MapType map) {
            index(map.value());
        }
    }

    /** What is wrong with a record besides; it is read to its end all the same. */
    private static final class Flaws {
        private @Nullable String first;
        private boolean broken;

        void add(String flaw) {
            if (first == null) {
                first = flaw;
            }
        }
    }

    /** The value; null if there is nothing but blanks. The constants are those the reader was made of. */
    public @Nullable Object read(Utf8 json, Object... constants) {
        String text = json.toString();
        Flaws flaws = new Flaws();
        Object result = null;
        try (JsonParser parser = FACTORY.createParser(text)) {
            JsonToken token = parser.nextToken();
            if (token == null || token == JsonToken.VALUE_NULL) {
                return null;
            }
            result = root(parser, text, flaws);
        } catch (IOException e) {
            flaws.add("it is no JSON");
            flaws.broken = true;
            result = null;
        }
        if (flaws.first == null) {
            return result;
        }
        if (failFast) {
            boolean array = schema instanceof StructType && text.stripLeading().startsWith("[");
            String condition = flaws.broken
                    ? "MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION"
                    : array
                            ? "MALFORMED_RECORD_IN_PARSING.CANNOT_PARSE_JSON_ARRAYS_AS_STRUCTS"
                            : "CANNOT_PARSE_JSON_FIELD";
            throw new QueryExecutionException(
                    condition, "A record of from_json is malformed in the parse mode FAILFAST: " + flaws.first);
        }
        if (!(schema instanceof StructType struct)) {
            return result;
        }
        @Nullable
        Object[] fields = result == null ? new @Nullable Object[struct.fields().size()] : (@Nullable Object[]) result;
        if (corruptRecord >= 0) {
            fields[corruptRecord] = json;
        }
        return fields;
    }

    private @Nullable Object root(JsonParser parser, String text, Flaws flaws) throws IOException {
        if (schema instanceof ArrayType array
                && array.element() instanceof StructType struct
                && parser.currentToken() == JsonToken.START_OBJECT) {
            return new @Nullable Object[] {struct(parser, struct, text, flaws)};
        }
        return value(parser, schema, text, flaws);
    }

    private @Nullable Object value(JsonParser parser, DataType type, String text, Flaws flaws) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (type instanceof StructType struct) {
            return token == JsonToken.START_OBJECT ? struct(parser, struct, text, flaws) : unfit(parser, type, flaws);
        }
        if (type instanceof ArrayType array) {
            return token == JsonToken.START_ARRAY ? array(parser, array, text, flaws) : unfit(parser, type, flaws);
        }
        if (type instanceof MapType map) {
            return token == JsonToken.START_OBJECT ? map(parser, map, text, flaws) : unfit(parser, type, flaws);
        }
        if (type == AtomicType.STRING) {
            return token == JsonToken.VALUE_STRING ? Utf8.of(parser.getText()) : Utf8.of(raw(parser, text));
        }
        if (token.isStructStart()) {
            return unfit(parser, type, flaws);
        }
        try {
            return scalar(parser, type, token);
        } catch (IllegalArgumentException | QueryExecutionException e) {
            return unfit(parser, type, flaws);
        }
    }

    private Object scalar(JsonParser parser, DataType type, JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
            if (type == AtomicType.BOOLEAN) {
                return token == JsonToken.VALUE_TRUE;
            }
        } else if (type instanceof DecimalType decimal && token.isNumeric()) {
            return TextValues.fit(parser.getDecimalValue(), decimal);
        } else if (type == AtomicType.TIMESTAMP && token == JsonToken.VALUE_NUMBER_INT) {
            return TimeFunctions.ofSeconds(parser.getLongValue());
        } else if (token.isNumeric()) {
            if (type == AtomicType.DOUBLE || type == AtomicType.FLOAT || ImplicitCasts.isWhole(type)) {
                return values.parse(parser.getText(), type);
            }
        } else if (type != AtomicType.BOOLEAN && !ImplicitCasts.isWhole(type)) {
            boolean number = type == AtomicType.DOUBLE || type == AtomicType.FLOAT;
            Object value = values.parse(parser.getText(), type);
            if (!number || !Double.isFinite(((Number) value).doubleValue())) {
                return value; // of numbers in quotes only those that JSON has not otherwise
            }
        }
        throw new IllegalArgumentException("a " + token + " is no " + type.sql());
    }

    private static @Nullable Object unfit(JsonParser parser, DataType type, Flaws flaws) throws IOException {
        flaws.add("'" + parser.currentName() + "' is no " + type.sql());
        parser.skipChildren();
        return null;
    }

    private static String raw(JsonParser parser, String text) throws IOException {
        int from = (int) parser.currentTokenLocation().getCharOffset();
        if (parser.currentToken().isStructStart()) {
            parser.skipChildren();
            return text.substring(from, (int) parser.currentLocation().getCharOffset());
        }
        return parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT
                ? Double.toString(parser.getDoubleValue())
                : parser.getText();
    }

    private @Nullable Object[] struct(JsonParser parser, StructType type, String text, Flaws flaws) throws IOException {
        @Nullable Object[] fields = new @Nullable Object[type.fields().size()];
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            int place = indexOf(type, parser.currentName());
            parser.nextToken();
            if (place < 0) {
                parser.skipChildren();
            } else {
                fields[place] = value(parser, type.fields().get(place).type(), text, flaws);
            }
        }
        return fields;
    }

    private @Nullable Object[] array(JsonParser parser, ArrayType type, String text, Flaws flaws) throws IOException {
        List<@Nullable Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(parser, type.element(), text, flaws));
        }
        return elements.toArray();
    }

    private Object map(JsonParser parser, MapType type, String text, Flaws flaws) throws IOException {
        MapEntries entries = new MapEntries(8);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            Object key = values.parse(parser.currentName(), type.key());
            parser.nextToken();
            entries.replace(key, value(parser, type.value(), text, flaws));
        }
        return entries.toMap();
    }
}
