// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.AnalysisException;
import io.millrace.table.type.AtomicType;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes and looks through expressions as they were written. */
final class Asts {

    private Asts() {}

    static Ast.Call call(String name, Position position, Ast... arguments) {
        return call(name, position, List.of(arguments));
    }

    static Ast.Call call(String name, Position position, List<Ast> arguments) {
        return new Ast.Call(name, arguments, false, null, position);
    }

    /** The parts an expression is made of. */
    static List<Ast> children(Ast ast) {
        if (ast instanceof Ast.Call call) {
            if (call.filter() == null) {
                return call.arguments();
            }
            List<Ast> all = new java.util.ArrayList<>(call.arguments());
            all.add(call.filter());
            return all;
        }
        if (ast instanceof Ast.Cast cast) {
            return List.of(cast.input());
        }
        if (ast instanceof Ast.Lambda lambda) {
            return List.of(lambda.body());
        }
        if (ast instanceof Ast.Alias alias) {
            return List.of(alias.input());
        }
        if (ast instanceof Ast.SortKey key) {
            return List.of(key.input());
        }
        if (ast instanceof Ast.Case cases) {
            List<Ast> all = new java.util.ArrayList<>();
            cases.branches().forEach(branch -> {
                all.add(branch.condition());
                all.add(branch.result());
            });
            if (cases.otherwise() != null) {
                all.add(cases.otherwise());
            }
            return all;
        }
        if (ast instanceof Ast.Over over) {
            List<Ast> all = new java.util.ArrayList<>();
            all.add(over.function());
            all.addAll(over.partitions());
            all.addAll(over.orders());
            return all;
        }
        if (ast instanceof Ast.Subquery query) {
            return query.values();
        }
        return List.of();
    }

    /** With other parts; where the function gives null a part is looked through. */
    static Ast replace(Ast ast, Function<Ast, @Nullable Ast> change) {
        Ast changed = change.apply(ast);
        if (changed != null) {
            return changed;
        }
        if (ast instanceof Ast.Call call) {
            Ast filter = call.filter() == null ? null : replace(call.filter(), change);
            return new Ast.Call(
                    call.name(), replace(call.arguments(), change), call.distinct(), filter, call.position());
        }
        if (ast instanceof Ast.Cast cast) {
            return new Ast.Cast(replace(cast.input(), change), cast.type(), cast.attempt(), cast.position());
        }
        if (ast instanceof Ast.Lambda lambda) {
            return new Ast.Lambda(lambda.parameters(), replace(lambda.body(), change), lambda.position());
        }
        if (ast instanceof Ast.Alias alias) {
            return new Ast.Alias(replace(alias.input(), change), alias.names(), alias.position());
        }
        if (ast instanceof Ast.SortKey key) {
            return key.on(replace(key.input(), change));
        }
        if (ast instanceof Ast.Case cases) {
            return new Ast.Case(
                    cases.branches().stream()
                            .map(branch ->
                                    new Ast.When(replace(branch.condition(), change), replace(branch.result(), change)))
                            .toList(),
                    cases.otherwise() == null ? null : replace(cases.otherwise(), change),
                    cases.position());
        }
        if (ast instanceof Ast.Over over) {
            return new Ast.Over(
                    replace(over.function(), change),
                    over.ignoreNulls(),
                    replace(over.partitions(), change),
                    over.orders().stream()
                            .map(key -> key.on(replace(key.input(), change)))
                            .toList(),
                    over.frame(),
                    over.position());
        }
        if (ast instanceof Ast.Subquery query) {
            return new Ast.Subquery(query.meaning(), replace(query.values(), change), query.query(), query.position());
        }
        return ast;
    }

    static List<Ast> replace(List<Ast> asts, Function<Ast, @Nullable Ast> change) {
        return asts.stream().map(ast -> replace(ast, change)).toList();
    }

    /** Whether a part is of a kind. */
    static boolean any(Ast ast, Predicate<Ast> wanted) {
        return wanted.test(ast) || children(ast).stream().anyMatch(child -> any(child, wanted));
    }

    /** The parts that must all be true for a condition to be. */
    static List<Ast> conjuncts(Ast condition) {
        if (condition instanceof Ast.Call call && call.name().equals("between")) {
            return between(call).arguments();
        }
        return condition instanceof Ast.Call call && call.name().equals("and")
                ? call.arguments().stream()
                        .flatMap(part -> conjuncts(part).stream())
                        .toList()
                : List.of(condition);
    }

    /** {@code a BETWEEN b AND c} as two comparisons. */
    static Ast.Call between(Ast.Call call) {
        Position position = call.position();
        Ast value = call.arguments().get(0);
        return call(
                "and",
                position,
                call(">=", position, value, call.arguments().get(1)),
                call("<=", position, value, call.arguments().get(2)));
    }

    static Ast.Constant truth(boolean truth, Position position) {
        return new Ast.Constant(truth, AtomicType.BOOLEAN, String.valueOf(truth), position);
    }

    /** Without a name that was given to it. */
    static Ast bare(Ast ast) {
        return ast instanceof Ast.Alias alias ? bare(alias.input()) : ast;
    }

    /** An error at a place, if it has none yet. */
    static AnalysisException at(AnalysisException error, Position position) {
        if (error.line() > 0 || position.line() == 0) {
            return error;
        }
        AnalysisException placed = new AnalysisException(
                error.condition(), String.valueOf(error.getMessage()), position.line(), position.column());
        placed.setStackTrace(error.getStackTrace());
        return placed;
    }

    static AnalysisException error(String condition, String message, Position position) {
        return new AnalysisException(condition, message, position.line(), position.column());
    }
}
