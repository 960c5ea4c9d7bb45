// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.aggregate;

import io.millrace.table.expression.BoundAggregate;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.Failures;
import io.millrace.table.expression.ImplicitCasts;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Variances, skewness, kurtosis, covariances and correlation. */
final class MomentAggregates {

    private static final DataType DOUBLE = AtomicType.DOUBLE;

    private MomentAggregates() {}

    /** Of one argument. The buffers: how many, their average, and the sums of the powers of the distances from it. */
    static BoundAggregate central(String name, List<Expression> arguments) {
        DataType given = arguments.get(0).type();
        if (!ImplicitCasts.accepts(given, DOUBLE)) {
            throw Failures.unexpectedType(name, 0, "a number", given);
        }
        int buffers = name.equals("skewness") ? 4 : name.equals("kurtosis") ? 5 : 3;
        List<String> methods = List.of("count", "average", "second", "third", "fourth");
        List<Expression> update = new ArrayList<>();
        List<Expression> merge = new ArrayList<>();
        Expression value = Terms.maybe(buffers, DOUBLE);
        for (int i = 0; i < buffers; i++) {
            List<Expression> row = references(0, i + 1);
            row.add(value);
            Expression next = call(Moments.class, methods.get(i), row);
            update.add(Terms.when(Terms.isNull(value), Terms.sure(i, DOUBLE), next));
            List<Expression> pair = references(0, i + 1);
            pair.addAll(references(buffers, i + 1));
            merge.add(call(Moments.class, methods.get(i) + "Merged", pair));
        }
        String method = switch (name) {
            case "stddev_pop" -> "deviationOfAll";
            case "var_pop" -> "varianceOfAll";
            case "variance", "var_samp" -> "varianceOfSample";
            case "skewness" -> "skewness";
            case "kurtosis" -> "kurtosis";
            default -> "deviationOfSample";
        };
        return aggregate(name, arguments.size(), buffers, update, merge, result(Moments.class, method, buffers));
    }

    /** Of two arguments. The buffers: how many, both averages, the sum of the products of the distances, and of their squares. */
    static BoundAggregate joint(String name, List<Expression> arguments) {
        int buffers = name.startsWith("covar") ? 4 : 6;
        Expression x = Terms.maybe(buffers, DOUBLE);
        Expression y = Terms.maybe(buffers + 1, DOUBLE);
        Expression count = Terms.sure(0, DOUBLE);
        Expression averageX = Terms.sure(1, DOUBLE);
        Expression averageY = Terms.sure(2, DOUBLE);
        List<Expression> next = List.of(
                call(Moments.class, "count", List.of(count, x)),
                call(Moments.class, "average", List.of(count, averageX, x)),
                call(Moments.class, "average", List.of(count, averageY, y)),
                call(JointMoments.class, "product", List.of(count, averageX, averageY, Terms.sure(3, DOUBLE), x, y)),
                call(Moments.class, "second", List.of(count, averageX, Terms.sure(4, DOUBLE), x)),
                call(Moments.class, "second", List.of(count, averageY, Terms.sure(5, DOUBLE), y)));
        List<Expression> update = new ArrayList<>();
        Expression skipped = Terms.or(Terms.isNull(x), Terms.isNull(y));
        for (int i = 0; i < buffers; i++) {
            update.add(Terms.when(skipped, Terms.sure(i, DOUBLE), next.get(i)));
        }
        List<Expression> merge = List.of(
                merged("countMerged", Moments.class, buffers, 0),
                merged("averageMerged", Moments.class, buffers, 0, 1),
                merged("averageMerged", Moments.class, buffers, 0, 2),
                merged("productMerged", JointMoments.class, buffers, 0, 1, 2, 3),
                merged("secondMerged", Moments.class, buffers, 0, 1, 4),
                merged("secondMerged", Moments.class, buffers, 0, 2, 5));
        String method = switch (name) {
            case "corr" -> "correlation";
            case "covar_pop" -> "covarianceOfAll";
            case "covar_samp" -> "covarianceOfSample";
            default -> name.substring("regr_".length());
        };
        Class<?> owner = name.startsWith("regr_") ? Regressions.class : JointMoments.class;
        return aggregate(
                name, arguments.size(), buffers, update, merge.subList(0, buffers), result(owner, method, buffers));
    }

    /** How many pairs there are without null. */
    static BoundAggregate pairs(String name, List<Expression> arguments) {
        Expression count = Terms.sure(0, AtomicType.LONG);
        Expression one = Terms.call(AtomicType.LONG, Regressions.class, "oneMore", count);
        Expression skipped = Terms.or(Terms.isNull(Terms.maybe(1, DOUBLE)), Terms.isNull(Terms.maybe(2, DOUBLE)));
        return new BoundAggregate(
                name,
                List.of(DOUBLE, DOUBLE),
                List.of(AtomicType.LONG),
                List.of(new Expression.Literal(0L, AtomicType.LONG)),
                List.of(Terms.when(skipped, count, one)),
                List.of(Terms.call(
                        AtomicType.LONG, Regressions.class, "together", count, Terms.sure(1, AtomicType.LONG))),
                null,
                count,
                AtomicType.LONG,
                false);
    }

    private static BoundAggregate aggregate(
            String name,
            int arguments,
            int buffers,
            List<Expression> update,
            List<Expression> merge,
            Expression result) {
        return new BoundAggregate(
                name,
                Collections.nCopies(arguments, DOUBLE),
                Collections.nCopies(buffers, DOUBLE),
                Collections.nCopies(buffers, Terms.ZERO_DOUBLE),
                update,
                merge,
                null,
                result,
                DOUBLE,
                true);
    }

    private static Expression result(Class<?> owner, String method, int buffers) {
        return Terms.loose(DOUBLE, null, owner, method, references(0, buffers).toArray(new Expression[0]));
    }

    private static Expression merged(String method, Class<?> owner, int buffers, int... places) {
        List<Expression> arguments = new ArrayList<>();
        for (int shift = 0; shift <= buffers; shift += buffers) {
            for (int place : places) {
                arguments.add(Terms.sure(shift + place, DOUBLE));
            }
        }
        return call(owner, method, arguments);
    }

    private static Expression call(Class<?> owner, String method, List<Expression> arguments) {
        return Terms.call(DOUBLE, owner, method, arguments.toArray(new Expression[0]));
    }

    private static List<Expression> references(int from, int count) {
        List<Expression> references = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            references.add(Terms.sure(from + i, DOUBLE));
        }
        return references;
    }
}
