// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.AnalysisException;
import java.util.List;

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
        return List.of();
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
