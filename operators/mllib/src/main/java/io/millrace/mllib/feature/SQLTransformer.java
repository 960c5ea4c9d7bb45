// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.model.RowPlan;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.model.Transformer;
import io.millrace.mllib.sql.SqlException;
import io.millrace.mllib.sql.SqlQuery;
import io.millrace.mllib.storage.Params;

/**
 * Makes columns by a SQL statement, {@code SELECT … FROM __THIS__ [WHERE …]}: expressions over single rows. What is beyond
 * that (joins, groups, order, windows, subqueries, dates, functions that are not known) is refused when the stage is loaded.
 * As Spark's {@code SQLTransformer}, with the ANSI semantics of Spark 4.
 */
public final class SQLTransformer implements Transformer {

    private final String uid;
    private final SqlQuery query;

    public SQLTransformer(Params params) {
        uid = params.uid();
        String statement = params.getString("statement");
        try {
            query = SqlQuery.parse(statement);
        } catch (SqlException e) {
            throw params.failure("statement", "\"" + statement + "\": " + e.getMessage());
        }
    }

    static SQLTransformer load(SavedStage saved) {
        return new SQLTransformer(saved.params());
    }

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public void plan(RowPlan plan) {
        query.plan(plan);
    }
}
