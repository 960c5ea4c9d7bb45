// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.sql;

import io.millrace.mllib.model.RowPlan;
import io.millrace.mllib.table.Field;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@code SELECT … FROM __THIS__ [WHERE …]} that can be laid over rows: columns, elements of arrays, arithmetic, bits, comparisons, logic,
 * CASE, CAST, IN, BETWEEN, LIKE and scalar functions, with the types and the errors of Spark 4.1 in ANSI mode.
 */
public final class SqlQuery {

    private final SqlStatement statement;

    private SqlQuery(SqlStatement statement) {
        this.statement = statement;
    }

    /**
     * Parses a statement.
     *
     * @throws SqlException if it is not of the subset that is known; the message names the construct
     */
    public static SqlQuery parse(String sql) {
        return new SqlQuery(SqlParser.parse(sql));
    }

    /**
     * Filters rows and puts what is selected in the place of their columns.
     *
     * @throws SqlException if a column is missing or an expression does not fit its types
     */
    public void plan(RowPlan plan) {
        List<Field> columns = plan.schema().fields();
        int[] slots = plan.slots();
        SqlBinder binder = new SqlBinder(columns, slots);
        if (statement.where() != null) {
            SqlExpression where = SqlPredicates.truth(binder.bind(statement.where()));
            plan.step(row -> Boolean.TRUE.equals(where.value().of(row)));
        }
        List<Field> fields = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (SqlStatement.Item item : statement.items()) {
            SqlNode node = item.node();
            if (node == null) {
                fields.addAll(columns);
                for (int slot : slots) {
                    places.add(slot);
                }
                continue;
            }
            String alias = item.alias();
            String name = alias == null ? nameOf(node) : alias;
            int column = node instanceof SqlNode.Column reference ? binder.find(reference.name()) : -1;
            if (column >= 0) {
                fields.add(columns.get(column).withName(name));
                places.add(slots[column]);
            } else {
                SqlExpression expression = binder.bind(node);
                fields.add(new Field(name, expression.type(), expression.nullable(), null));
                places.add(compute(plan, expression));
            }
            if (alias != null) {
                binder.alias(alias, binder.bind(node));
            }
        }
        plan.project(fields, places);
    }

    /** The name of a column without alias; a cast column keeps its name. */
    private static String nameOf(SqlNode node) {
        return node instanceof SqlNode.Cast cast && cast.child() instanceof SqlNode.Column column
                ? column.name()
                : node.sql();
    }

    private static int compute(RowPlan plan, SqlExpression expression) {
        int slot = plan.newSlot();
        SqlExpression.Value value = expression.value();
        plan.step(row -> {
            row[slot] = value.of(row);
            return true;
        });
        return slot;
    }
}
