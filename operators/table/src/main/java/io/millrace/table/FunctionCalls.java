// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table;

import io.millrace.table.sql.Ast;
import io.millrace.table.sql.Position;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@link Functions} makes its columns with. */
abstract class FunctionCalls {

    FunctionCalls() {}

    static Column call(String name, @Nullable Object... arguments) {
        List<Ast> asts = new ArrayList<>();
        for (Object argument : arguments) {
            asts.add(Column.of(argument));
        }
        return new Column(new Ast.Call(name, asts, false, null, Position.NONE));
    }

    static Column distinct(String name, Column first, Column... more) {
        List<Ast> asts = new ArrayList<>();
        asts.add(first.ast());
        Arrays.stream(more).map(Column::ast).forEach(asts::add);
        return new Column(new Ast.Call(name, asts, true, null, Position.NONE));
    }
}
