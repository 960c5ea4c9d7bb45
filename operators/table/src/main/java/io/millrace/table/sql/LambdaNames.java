// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the parameters of a lambda where its body names them. Names within a lambda within it have been taken by that one before. */
final class LambdaNames {

    private final List<Ast.Variable> parameters;

    private LambdaNames(List<Ast.Variable> parameters) {
        this.parameters = parameters;
    }

    /** The body with parameters in place of their names. */
    static Ast bound(List<Ast.Variable> parameters, Ast body) {
        return new LambdaNames(parameters).in(body);
    }

    private List<Ast> all(List<Ast> asts) {
        return asts.stream().map(this::in).toList();
    }

    private @Nullable Ast orNull(@Nullable Ast ast) {
        return ast == null ? null : in(ast);
    }

    private Ast in(Ast ast) {
        if (ast instanceof Ast.Name name) {
            return named(name);
        }
        if (ast instanceof Ast.Call call) {
            return new Ast.Call(
                    call.name(), all(call.arguments()), call.distinct(), orNull(call.filter()), call.position());
        }
        if (ast instanceof Ast.Lambda lambda) {
            return new Ast.Lambda(lambda.parameters(), in(lambda.body()), lambda.position());
        }
        if (ast instanceof Ast.Cast cast) {
            return new Ast.Cast(in(cast.input()), cast.type(), cast.attempt(), cast.position());
        }
        if (ast instanceof Ast.Case cases) {
            return new Ast.Case(
                    cases.branches().stream()
                            .map(when -> new Ast.When(in(when.condition()), in(when.result())))
                            .toList(),
                    orNull(cases.otherwise()),
                    cases.position());
        }
        if (ast instanceof Ast.Alias alias) {
            return new Ast.Alias(in(alias.input()), alias.names(), alias.position());
        }
        // what is left has no names that could be meant, or is refused in a lambda
        return ast;
    }

    private Ast named(Ast.Name name) {
        for (Ast.Variable parameter : parameters) {
            if (parameter.name().equalsIgnoreCase(name.parts().get(0))) {
                Ast value = new Ast.Variable(parameter.name(), parameter.identity(), name.position());
                for (String field : name.parts().subList(1, name.parts().size())) {
                    value = Asts.call("get_field", name.position(), value, Literals.string(field, name.position()));
                }
                return value;
            }
        }
        return name;
    }
}
