// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.data.Utf8;
import io.millrace.table.expression.BatchMoment;
import io.millrace.table.expression.Expression;
import io.millrace.table.type.AtomicType;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Functions of the clock, which give the time of the batch, and those of chance, which are refused. */
final class ClockFunctions {

    private static final Set<String> CHANCE = Set.of(
            "rand",
            "random",
            "randn",
            "randstr",
            "uniform",
            "uuid",
            "shuffle",
            "monotonically_increasing_id",
            "spark_partition_id");

    private ClockFunctions() {}

    /** The expression for a call; null if it is another function. */
    static @Nullable Expression resolve(Ast.Call call, ExpressionResolver resolver) {
        switch (call.name()) {
            case "current_timestamp", "now", "localtimestamp" -> {
                none(call);
                return BatchMoment.asked();
            }
            case "current_date", "curdate" -> {
                none(call);
                return new Expression.Cast(BatchMoment.asked(), AtomicType.DATE, false);
            }
            case "unix_timestamp" -> {
                return call.arguments().isEmpty()
                        ? resolver.function("unix_timestamp", List.of(BatchMoment.asked()))
                        : null;
            }
            case "current_timezone" -> {
                none(call);
                return text("UTC");
            }
            case "current_catalog" -> {
                none(call);
                return text("spark_catalog");
            }
            case "current_database", "current_schema" -> {
                none(call);
                return text("default");
            }
            case "version" -> {
                none(call);
                return text("4.1.0 millrace");
            }
            default -> {
                if (CHANCE.contains(call.name())) {
                    throw Asts.error(
                            "UNSUPPORTED_FEATURE.NONDETERMINISTIC_FUNCTION",
                            "`" + call.name()
                                    + "` gives something else each time, but a batch that is run again must give the same rows; hash what tells "
                                    + "rows apart instead, as xxhash64(id)",
                            call.position());
                }
                return null;
            }
        }
    }

    private static Expression text(String text) {
        return new Expression.Literal(Utf8.of(text), AtomicType.STRING);
    }

    private static void none(Ast.Call call) {
        if (!call.arguments().isEmpty()) {
            throw Asts.error(
                    "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
                    "The `" + call.name() + "` requires 0 parameters but the actual number is "
                            + call.arguments().size(),
                    call.position());
        }
    }
}
