// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import static io.millrace.table.type.AtomicType.BOOLEAN;
import static io.millrace.table.type.AtomicType.INT;
import static io.millrace.table.type.AtomicType.STRING;

import io.millrace.table.AnalysisException;
import io.millrace.table.data.Utf8;
import io.millrace.table.expression.BoundFunction;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.FunctionLibrary;
import io.millrace.table.expression.ImplicitCasts;
import io.millrace.table.expression.ScalarFunction;
import io.millrace.table.type.ArrayType;
import java.util.List;
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
                .bound("like", 2, 3, (name, arguments) -> like(name, false, arguments))
                .bound("ilike", 2, 3, (name, arguments) -> like(name, true, arguments))
                .register(to);
    }

    private static BoundFunction like(String name, boolean ignoreCase, List<Expression> arguments) {
        for (int place = 0; place < arguments.size(); place++) {
            if (!ImplicitCasts.accepts(arguments.get(place).type(), STRING)) {
                throw Definitions.unexpectedType(
                        name, place, STRING.sql(), arguments.get(place).type());
            }
        }
        if (arguments.size() == 3
                && arguments.get(2) instanceof Expression.Literal literal
                && literal.value() instanceof Utf8 escape
                && CodePoints.count(escape) != 1) {
            throw new AnalysisException(
                    "INVALID_ESC",
                    "Found an invalid escape string: '" + escape
                            + "'. The escape string must contain only one character.");
        }
        return Methods.bind(
                name,
                Like.class,
                new Like(ignoreCase),
                "matches",
                BOOLEAN,
                Definitions.times(arguments.size(), STRING));
    }

    private static java.util.function.Supplier<Object> named(String function) {
        return () -> new Regex(function);
    }
}
