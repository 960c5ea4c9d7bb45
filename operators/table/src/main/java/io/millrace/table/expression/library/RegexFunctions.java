// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import static io.millrace.table.type.AtomicType.BOOLEAN;
import static io.millrace.table.type.AtomicType.INT;
import static io.millrace.table.type.AtomicType.STRING;

import io.millrace.table.expression.FunctionLibrary;
import io.millrace.table.expression.ScalarFunction;
import io.millrace.table.type.ArrayType;
import java.util.function.Consumer;

/** Regular expressions of Java, and LIKE. */
public final class RegexFunctions implements FunctionLibrary {

    @Override
    public void register(Consumer<ScalarFunction> to) {
        ArrayType strings = new ArrayType(STRING, false);
        new Definitions(RegexFunctions.class)
                .on(Regex::new, "rlike regexp_like regexp", BOOLEAN, "matches", STRING, STRING)
                .on(Regex::new, "regexp_count", INT, "count", STRING, STRING)
                .on(Regex::new, "regexp_substr", STRING, "first", STRING, STRING)
                .on(Regex::new, "regexp_instr", INT, "place", STRING, STRING)
                .on(Regex::new, "regexp_instr", INT, "place", STRING, STRING, INT)
                .on(named("regexp_extract"), "regexp_extract", STRING, "extract", STRING, STRING)
                .on(named("regexp_extract"), "regexp_extract", STRING, "extract", STRING, STRING, INT)
                .on(named("regexp_extract_all"), "regexp_extract_all", strings, "extractAll", STRING, STRING)
                .on(named("regexp_extract_all"), "regexp_extract_all", strings, "extractAll", STRING, STRING, INT)
                .on(named("regexp_replace"), "regexp_replace", STRING, "replace", STRING, STRING, STRING)
                .on(named("regexp_replace"), "regexp_replace", STRING, "replace", STRING, STRING, STRING, INT)
                .on(Regex::new, "split", strings, "split", STRING, STRING)
                .on(Regex::new, "split", strings, "split", STRING, STRING, INT)
                .on(() -> new Like(false), "like", BOOLEAN, "matches", STRING, STRING)
                .on(() -> new Like(false), "like", BOOLEAN, "matches", STRING, STRING, STRING)
                .on(() -> new Like(true), "ilike", BOOLEAN, "matches", STRING, STRING)
                .on(() -> new Like(true), "ilike", BOOLEAN, "matches", STRING, STRING, STRING)
                .register(to);
    }

    private static java.util.function.Supplier<Object> named(String function) {
        return () -> new Regex(function);
    }
}
