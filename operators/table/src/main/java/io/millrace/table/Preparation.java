// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table;

import io.millrace.table.data.ColumnBatch;
import io.millrace.table.expression.CompiledProjection;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.FunctionRegistry;
import io.millrace.table.sql.Planner;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Loads what the first query of a session needs while the program still describes its sources: of the time to a first result most is the
 * loading of classes. Each part has a daemon thread of its own, which ends when the part is loaded.
 */
final class Preparation {

    private Preparation() {}

    /** The planner; a session waits for it when it first needs it. */
    static CompletableFuture<Planner> planner(Supplier<FunctionRegistry> functions) {
        return CompletableFuture.supplyAsync(() -> new Planner(functions.get()), task -> run("millrace-planner", task));
    }

    /** The parser and the compiler of expressions. Nobody waits for them: what is not loaded yet is loaded where it is used. */
    static void compilers() {
        run("millrace-compiler", () -> {
            Planner.loadParser();
            Schema schema = new Schema(List.of(Field.of("flag", AtomicType.BOOLEAN)));
            Expression flag = new Expression.Reference(0, AtomicType.BOOLEAN, true, "flag");
            CompiledProjection.of(List.of(new Expression.IsNull(flag)), schema, schema)
                    .apply(ColumnBatch.empty(schema));
        });
    }

    /** Anything, in a daemon thread. */
    static void run(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
