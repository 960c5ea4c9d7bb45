// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import static io.millrace.table.type.AtomicType.BOOLEAN;
import static io.millrace.table.type.AtomicType.STRING;

import io.millrace.table.AnalysisException;
import io.millrace.table.QueryExecutionException;
import io.millrace.table.data.MapValue;
import io.millrace.table.data.Utf8;
import io.millrace.table.data.ValueOrder;
import io.millrace.table.expression.BoundFunction;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.FunctionLibrary;
import io.millrace.table.expression.ImplicitCasts;
import io.millrace.table.expression.ScalarFunction;
import io.millrace.table.type.ArrayType;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Field;
import io.millrace.table.type.MapType;
import io.millrace.table.type.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Maps. A key that comes twice and a key that is null are errors. */
public final class MapFunctions implements FunctionLibrary {

    private static final Utf8 COMMA = Utf8.of(",");
    private static final Utf8 COLON = Utf8.of(":");

    @Override
    public void register(Consumer<ScalarFunction> to) {
        Definitions all = new Definitions(MapFunctions.class);
        MapType texts = new MapType(STRING, STRING, true);
        all.bound("map", 0, Integer.MAX_VALUE, (name, arguments) -> map(all, name, arguments))
                .bound("map_keys", 1, 1, (name, arguments) -> keys(all, name, Types.map(name, arguments, 0)))
                .bound("map_values", 1, 1, (name, arguments) -> values(all, name, Types.map(name, arguments, 0)))
                .bound("map_entries", 1, 1, (name, arguments) -> entries(all, name, Types.map(name, arguments, 0)))
                .bound("map_from_arrays", 2, 2, (name, arguments) -> fromArrays(all, name, arguments))
                .bound("map_from_entries", 1, 1, (name, arguments) -> fromEntries(all, name, arguments))
                .bound("map_concat", 0, Integer.MAX_VALUE, (name, arguments) -> concat(all, name, arguments))
                .bound("map_contains_key", 2, 2, (name, arguments) -> containsKey(all, name, arguments))
                .on(TextMap::new, "str_to_map", texts, "read", STRING)
                .on(TextMap::new, "str_to_map", texts, "read", STRING, STRING)
                .on(TextMap::new, "str_to_map", texts, "read", STRING, STRING, STRING)
                .uncast(0, "str_to_map")
                .uncast(1, "str_to_map")
                .uncast(2, "str_to_map")
                .register(to);
    }

    private static BoundFunction map(Definitions all, String name, List<Expression> arguments) {
        if (arguments.size() % 2 != 0) {
            throw Definitions.wrongNumber(name, "2n (n >= 0)", arguments.size());
        }
        List<Expression> keys = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            keys.add(arguments.get(i));
            values.add(arguments.get(i + 1));
        }
        DataType key = ImplicitCasts.common(keys).orElse(null);
        DataType value = ImplicitCasts.common(values).orElse(null);
        if (key == null || value == null) {
            throw Definitions.differing(name, key == null ? keys : values);
        }
        List<DataType> parameters = new ArrayList<>();
        keys.forEach(ignored -> parameters.addAll(List.of(key, value)));
        boolean nullable = values.stream().anyMatch(Expression::nullable);
        return all.call(name, "map", new MapType(key, value, nullable), parameters);
    }

    private static BoundFunction keys(Definitions all, String name, MapType type) {
        return all.call(name, "keys", new ArrayType(type.key(), false), List.of(type));
    }

    private static BoundFunction values(Definitions all, String name, MapType type) {
        return all.call(name, "values", new ArrayType(type.value(), type.containsNull()), List.of(type));
    }

    private static BoundFunction entries(Definitions all, String name, MapType type) {
        StructType entry = new StructType(List.of(
                new Field("key", type.key(), false, false),
                new Field("value", type.value(), type.containsNull(), false)));
        return all.call(name, "entries", new ArrayType(entry, false), List.of(type));
    }

    private static BoundFunction fromArrays(Definitions all, String name, List<Expression> arguments) {
        ArrayType keys = Types.array(name, arguments, 0);
        ArrayType values = Types.array(name, arguments, 1);
        MapType type = new MapType(keys.element(), values.element(), values.containsNull());
        return all.call(name, "fromArrays", type, List.of(keys, values));
    }

    private static BoundFunction fromEntries(Definitions all, String name, List<Expression> arguments) {
        ArrayType entries = Types.array(name, arguments, 0);
        if (!(entries.element() instanceof StructType entry) || entry.fields().size() != 2) {
            throw Definitions.unexpectedType(name, 0, "an array of structs of two fields", entries);
        }
        Field value = entry.fields().get(1);
        MapType type = new MapType(entry.fields().get(0).type(), value.type(), value.nullable());
        return all.call(name, "fromEntries", type, List.of(entries));
    }

    private static BoundFunction concat(Definitions all, String name, List<Expression> arguments) {
        DataType type = arguments.isEmpty()
                ? new MapType(STRING, STRING, true)
                : ImplicitCasts.common(arguments).orElse(null);
        long texts = arguments.stream()
                .filter(argument -> argument.type() instanceof MapType map && map.key() == STRING)
                .count();
        if (!(type instanceof MapType) || (texts > 0 && texts < arguments.size())) {
            throw Definitions.differing(name, arguments);
        }
        return all.call(name, "concat", type, Definitions.times(arguments.size(), type));
    }

    private static BoundFunction containsKey(Definitions all, String name, List<Expression> arguments) {
        MapType map = Types.map(name, arguments, 0);
        DataType key = arguments.get(1).type();
        if (key == AtomicType.NULL) {
            throw new AnalysisException(
                    "DATATYPE_MISMATCH.NULL_TYPE", "`" + name + "` cannot look for a key without a type, as NULL is");
        }
        if (!ImplicitCasts.accepts(key, map.key()) || (key == STRING) != (map.key() == STRING)) {
            throw new AnalysisException(
                    "DATATYPE_MISMATCH.MAP_FUNCTION_DIFF_TYPES",
                    "The key for `" + name + "` must be " + map.key().sql() + ", but is " + key.sql());
        }
        return all.call(name, "containsKey", BOOLEAN, List.of(map, map.key()));
    }

    /** Of keys and values in turn. */
    public static MapValue map(@Nullable Object... keysAndValues) {
        MapEntries entries = new MapEntries(keysAndValues.length / 2);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            entries.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return entries.toMap();
    }

    public static Object[] keys(MapValue map) {
        return map.keys();
    }

    public static @Nullable Object[] values(MapValue map) {
        return map.values();
    }

    public static Object[] entries(MapValue map) {
        Object[] entries = new Object[map.size()];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = new @Nullable Object[] {map.keys()[i], map.values()[i]};
        }
        return entries;
    }

    public static MapValue fromArrays(@Nullable Object[] keys, @Nullable Object[] values) {
        if (keys.length != values.length) {
            throw new QueryExecutionException(
                    "_LEGACY_ERROR_TEMP_2015",
                    "The arrays of map_from_arrays must be of one length, but have " + keys.length + " and "
                            + values.length + " elements");
        }
        MapEntries entries = new MapEntries(keys.length);
        for (int i = 0; i < keys.length; i++) {
            entries.put(keys[i], values[i]);
        }
        return entries.toMap();
    }

    /** Of structs of a key and a value; null if one of them is. */
    public static @Nullable MapValue fromEntries(@Nullable Object[] structs) {
        MapEntries entries = new MapEntries(structs.length);
        for (Object struct : structs) {
            if (struct == null) {
                return null;
            }
            @Nullable Object[] pair = (@Nullable Object[]) struct;
            entries.put(pair[0], pair[1]);
        }
        return entries.toMap();
    }

    public static MapValue concat(MapValue... maps) {
        MapEntries entries = new MapEntries(16);
        for (MapValue map : maps) {
            for (int i = 0; i < map.size(); i++) {
                entries.put(map.keys()[i], map.values()[i]);
            }
        }
        return entries.toMap();
    }

    public static boolean containsKey(MapValue map, Object key) {
        for (Object other : map.keys()) {
            if (ValueOrder.equal(other, key)) {
                return true;
            }
        }
        return false;
    }

    /** The separators of one call of {@code str_to_map}, which are regular expressions. */
    public static final class TextMap {

        private final Regex pairs = new Regex("str_to_map");
        private final Regex values = new Regex("str_to_map");

        public MapValue read(Utf8 text) {
            return read(text, COMMA, COLON);
        }

        public MapValue read(Utf8 text, Utf8 pair) {
            return read(text, pair, COLON);
        }

        /** A map of what is between separators; a key without one has no value. */
        public MapValue read(Utf8 text, Utf8 pair, Utf8 value) {
            Object[] parts = pairs.split(text, pair);
            MapEntries entries = new MapEntries(parts.length);
            for (Object part : parts) {
                Object[] both = values.split((Utf8) part, value, 2);
                entries.put(both[0], both.length == 2 ? both[1] : null);
            }
            return entries.toMap();
        }
    }
}
