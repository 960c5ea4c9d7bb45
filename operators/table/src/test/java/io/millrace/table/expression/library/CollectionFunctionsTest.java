// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import static io.millrace.table.expression.library.Calls.array;
import static io.millrace.table.expression.library.Calls.fails;
import static io.millrace.table.expression.library.Calls.is;
import static io.millrace.table.expression.library.Calls.list;
import static io.millrace.table.expression.library.Calls.map;
import static io.millrace.table.type.AtomicType.DOUBLE;
import static io.millrace.table.type.AtomicType.INT;
import static io.millrace.table.type.AtomicType.STRING;
import static io.millrace.table.type.AtomicType.YEAR_MONTH_INTERVAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.table.expression.Expression;
import io.millrace.table.type.ArrayType;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CollectionFunctionsTest {

    private static final Expression.Literal FOUR = array(INT, 3, 1, 2, 1);
    private static final Expression.Literal NONE = array(INT);
    private static final Expression.Literal HOLE = array(INT, null, 5);
    private static final Expression.Literal NULL = Calls.typed(new ArrayType(INT, true), null);

    @Test
    void looksForElements() {
        is(4, "size", FOUR);
        is(null, "size", NULL);
        is(true, "array_contains", FOUR, 1);
        is(null, "array_contains", HOLE, 1);
        is(false, "array_contains", NONE, 1);
        is(3L, "array_position", FOUR, 2);
        is(0L, "array_position", HOLE, 2);
        is(3, "array_max", FOUR);
        is(null, "array_max", NONE);
        is(5, "array_min", HOLE);
        is(Double.NaN, "array_max", array(DOUBLE, 1.0, Double.NaN));
    }

    @Test
    void takesElements() {
        is(3, "get_item", FOUR, 0);
        fails("INVALID_ARRAY_INDEX", "get_item", NONE, 0);
        fails("INVALID_ARRAY_INDEX", "get_item", FOUR, -1);
        is(null, "get", FOUR, 9);
        is(1, "element_at", FOUR, -1);
        fails("INVALID_ARRAY_INDEX_IN_ELEMENT_AT", "element_at", FOUR, 5);
        fails("INVALID_INDEX_OF_ZERO", "element_at", FOUR, 0);
        is(null, "try_element_at", NONE, 1);
        is(null, "element_at", map(STRING, INT, "a", 1), "zzz");
        is(1, "get_item", map(STRING, INT, "a", 1), "a");
    }

    @Test
    void sortsAndCuts() {
        is(list(1, 1, 2, 3), "sort_array", FOUR);
        is(list(3, 2, 1, 1), "sort_array", FOUR, false);
        is(list(null, 5), "sort_array", HOLE);
        is(list(5, null), "sort_array", HOLE, false);
        is(list(5, null), "array_sort", HOLE);
        is(list(3, 1), "slice", FOUR, 1, 2);
        is(list(2, 1), "slice", FOUR, -2, 9);
        is(list(), "slice", FOUR, 9, 1);
        fails("INVALID_PARAMETER_VALUE.START", "slice", FOUR, 0, 1);
        fails("INVALID_PARAMETER_VALUE.LENGTH", "slice", FOUR, 1, -1);
        is(list(1, 2, 1, 3), "reverse", FOUR);
    }

    @Test
    void addsAndRemoves() {
        is(list(3, 1, 2), "array_distinct", FOUR);
        is(list(null, 5, null), "array_append", HOLE, null);
        is(list(7, null, 5), "array_prepend", HOLE, 7);
        is(null, "array_append", NULL, 1);
        is(list(3, 2), "array_remove", FOUR, 1);
        is(null, "array_remove", FOUR, null);
        is(list(5), "array_compact", HOLE);
        is(list(3, 9, 1, 2, 1), "array_insert", FOUR, 2, 9);
        is(list(null, 5, null, 9), "array_insert", HOLE, 4, 9);
        is(list(3, 1, 2, 1, 9), "array_insert", FOUR, -1, 9);
        is(list(9, null, null, 5), "array_insert", HOLE, -4, 9);
        fails("INVALID_INDEX_OF_ZERO", "array_insert", FOUR, 0, 9);
        is(list("x", "x"), "array_repeat", "x", 2);
        is(list(1, 2), "array", 1, 2);
        is(list(1.5, null), "array", 1.5, null);
        is(list(3, 1, 2, 1, null, 5), "concat", FOUR, HOLE);
        is(list(1, 2, 3), "flatten", Calls.typed(new ArrayType(new ArrayType(INT, true), true), new Object[] {
            new Object[] {1, 2}, new Object[] {3}
        }));
    }

    @Test
    void treatsArraysAsSets() {
        is(list(3, 1, 2, null, 5), "array_union", FOUR, HOLE);
        is(list(1), "array_intersect", FOUR, array(INT, 1, 9));
        is(list((Object) null), "array_except", HOLE, array(INT, 5));
        is(true, "arrays_overlap", FOUR, array(INT, 2));
        is(null, "arrays_overlap", FOUR, array(INT, null, 9));
        is(false, "arrays_overlap", NONE, HOLE);
        is(list(list(3, null), list(1, 5), list(2, null), list(1, null)), "arrays_zip", FOUR, HOLE);
    }

    @Test
    void joinsTexts() {
        is("a-b", "array_join", array(STRING, "a", null, "b"), "-");
        is("a-?-b", "array_join", array(STRING, "a", null, "b"), "-", "?");
        is("", "array_join", array(STRING), "-");
    }

    @Test
    void countsUpAndDown() {
        is(list(1, 2, 3), "sequence", 1, 3);
        is(list(3, 2, 1), "sequence", 3, 1);
        is(list(1, 4), "sequence", 1, 5, 3);
        is(list(1L, 3L), "sequence", 1L, 4, 2);
        fails("_LEGACY_ERROR_TEMP_3239", "sequence", 1, 5, -1);
        fails("_LEGACY_ERROR_TEMP_3239", "sequence", 1, 5, 0);
        fails("COLLECTION_SIZE_LIMIT_EXCEEDED.PARAMETER", "sequence", 0L, Long.MAX_VALUE - 1);
        int day = (Integer) Calls.held(Calls.date("2024-01-31"));
        int last = (Integer) Calls.held(Calls.date("2024-02-29"));
        is(
                list(day, last),
                "sequence",
                Calls.date("2024-01-31"),
                Calls.date("2024-03-01"),
                Calls.typed(YEAR_MONTH_INTERVAL, 1));
    }

    @Test
    void knowsMaps() {
        Expression.Literal ab = map(STRING, INT, "a", 1, "b", null);
        is(Map.of("a", 1), "map", "a", 1);
        is(list("a", "b"), "map_keys", ab);
        is(list(1, null), "map_values", ab);
        is(list(list("a", 1), list("b", null)), "map_entries", ab);
        is(Map.of(3, 1.0), "map_from_arrays", array(INT, 3), array(DOUBLE, 1.0));
        is(Map.of("a", 1, "c", 2), "map_concat", map(STRING, INT, "a", 1), map(STRING, INT, "c", 2));
        is(true, "map_contains_key", ab, "b");
        is(Map.of("a", "1", "b", "2"), "str_to_map", "a:1,b:2");
        is(2, "cardinality", ab);
        fails("DUPLICATED_MAP_KEY", "map", "a", 1, "a", 2);
        fails("NULL_MAP_KEY", "map", Calls.typed(STRING, null), 1);
        fails("WRONG_NUM_ARGS.WITHOUT_SUGGESTION", "map", 1);
    }

    @Test
    void makesStructs() {
        is(list(1, "x"), "named_struct", "a", 1, "b", "x");
        is(list(1, "x"), "struct", 1, "x");
        assertThat(Calls.bind("named_struct", "a", 1, "b", "x").type().sql()).isEqualTo("struct<a:int,b:string>");
    }

    @Test
    void registersNoNameTwice() {
        Set<String> names = new HashSet<>();
        new SparkLibrary()
                .register(function -> assertThat(names.add(function.name()))
                        .as(function.name())
                        .isTrue());
        assertThat(names).hasSizeGreaterThan(260);
    }
}
