// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.table.AnalysisException;
import io.millrace.table.Table;
import io.millrace.table.expression.FunctionRegistry;
import io.millrace.table.plan.QueryPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Every case of the conformance suite becomes a plan with the columns it says, or is refused as it says. */
class PlanningTest {

    private static final FunctionRegistry REGISTRY = FunctionRegistry.spark();

    private final List<String> failures = new ArrayList<>();
    private int planned;

    @Test
    void everyTextBecomesAPlan() throws IOException {
        for (PlanningCases query : PlanningCases.all(REGISTRY)) {
            if (query.hasSql()) {
                check(query, query::fromSql);
            }
        }
        report("SQL");
    }

    @Test
    void everyListOfOperationsBecomesAPlan() throws IOException {
        for (PlanningCases query : PlanningCases.all(REGISTRY)) {
            check(query, query::fromOperations);
        }
        report("operations");
    }

    private void report(String form) {
        System.out.println("planned from " + form + ": " + planned + ", failed: " + failures.size());
        failures.forEach(System.out::println);
        assertThat(failures).isEmpty();
    }

    private void check(PlanningCases query, Supplier<Table> table) {
        JsonNode refused = query.refused();
        try {
            Table made = table.get();
            Planner.Planned plan = made.environment().planner().plan(made.relation());
            QueryPlan optimised = plan.optimised();
            if (refused != null) {
                failures.add(query.id() + ": must be refused: " + refused.get("message"));
            } else if (!query.schema().isEmpty()
                    && (!made.schema().toString().equals(query.schema())
                            || !optimised.schema().toString().equals(query.schema())
                            || !plan.analysed().schema().toString().equals(query.schema()))) {
                failures.add(query.id() + ": has the columns " + made.schema() + ", not " + query.schema());
            } else {
                planned++;
            }
        } catch (AnalysisException e) {
            boolean named = refused != null
                    && refused.has("condition")
                    && !refused.get("condition").isNull();
            if (refused == null || (named && !refused.get("condition").asText().equals(e.condition()))) {
                failures.add(query.id() + ": [" + e.condition() + "] " + e.getMessage());
            } else {
                planned++;
            }
        } catch (RuntimeException | AssertionError e) {
            failures.add(query.id() + ": " + e + " at " + e.getStackTrace()[0]);
        }
    }
}
