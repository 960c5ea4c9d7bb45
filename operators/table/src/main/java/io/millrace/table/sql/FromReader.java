// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.plan.QueryPlan.JoinType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSampleSpec;

/** Reads what stands behind FROM. */
final class FromReader {

    private final Planner planner;
    private final AstReader reader;
    private final QueryReader queries;

    FromReader(Planner planner, AstReader reader, QueryReader queries) {
        this.planner = planner;
        this.reader = reader;
        this.queries = queries;
    }

    Relation read(SqlNode node) {
        Position position = reader.position(node);
        if (node instanceof SqlIdentifier name) {
            String last = name.names.get(name.names.size() - 1);
            return queries.table(last, position).as(last);
        }
        if (node instanceof SqlJoin join) {
            return join(join);
        }
        switch (node.getKind()) {
            case AS -> {
                return alias((SqlCall) node);
            }
            case TABLE_REF -> {
                return read(((SqlCall) node).operand(0));
            }
            case TABLESAMPLE -> {
                return watermark((SqlCall) node);
            }
            case COLLECTION_TABLE -> {
                return windowTable(((SqlCall) node).operand(0));
            }
            case LATERAL -> {
                return read(((SqlCall) node).operand(0));
            }
            default -> {
                return queries.query(node);
            }
        }
    }

    private Relation alias(SqlCall call) {
        String name = ((SqlIdentifier) call.operand(1)).getSimple();
        Relation relation = read(call.operand(0));
        if (call.operandCount() > 2) {
            List<String> names = new ArrayList<>();
            for (int i = 2; i < call.operandCount(); i++) {
                names.add(((SqlIdentifier) call.operand(i)).getSimple());
            }
            relation = planner.renameAll(relation, names);
        }
        return relation.as(name);
    }

    private Relation watermark(SqlCall call) {
        Object spec = ((SqlLiteral) call.operand(1)).getValue();
        Relation input = read(call.operand(0));
        if (!(spec instanceof SqlSampleSpec.SqlSubstitutionSampleSpec named)) {
            throw Asts.error("UNSUPPORTED_FEATURE.TABLESAMPLE", "TABLESAMPLE is not supported", reader.position(call));
        }
        List<String> parts = SparkDialect.names(named.getName());
        return planner.watermark(input, parts.get(0), parts.get(1));
    }

    private Relation join(SqlJoin join) {
        Position position = reader.position(join);
        Relation left = read(join.getLeft());
        SqlCall view = view(join.getRight());
        if (view != null) {
            return lateral(left, join.getRight(), view);
        }
        Relation right = read(join.getRight());
        JoinType type = QueryReader.type(join.getJoinType(), position);
        SqlNode condition = join.getCondition();
        if (join.isNatural()) {
            List<String> names = left.schema().fields().stream()
                    .map(field -> field.name())
                    .filter(name -> right.schema().indexOf(name) >= 0)
                    .toList();
            return planner.joinUsing(left, right, type, names);
        }
        if (condition instanceof SqlNodeList columns) {
            return planner.joinUsing(left, right, type, QueryReader.names(columns));
        }
        Subqueries subqueries = new Subqueries(planner, reader, this, queries);
        return new JoinQueries(planner, subqueries)
                .join(left, right, type, condition == null ? null : reader.read(condition));
    }

    /** The generator, if this is a {@code LATERAL VIEW}. */
    private static @org.jspecify.annotations.Nullable SqlCall view(SqlNode node) {
        SqlNode bare = node.getKind() == SqlKind.AS ? ((SqlCall) node).operand(0) : node;
        if (bare.getKind() != SqlKind.LATERAL) {
            return null;
        }
        SqlNode table = ((SqlCall) bare).operand(0);
        return table.getKind() == SqlKind.COLLECTION_TABLE ? ((SqlCall) table).operand(0) : null;
    }

    private Relation lateral(Relation left, SqlNode node, SqlCall view) {
        Ast.Call call = (Ast.Call) reader.read(view);
        boolean outer = call.name().startsWith("__outer:");
        String name = outer ? call.name().substring("__outer:".length()) : call.name();
        Ast.Call generator = Asts.call(
                outer && !name.endsWith("_outer") ? name + "_outer" : name, call.position(), call.arguments());
        generator = Selection.columns(generator);
        if (!ExpressionResolver.generator(generator)) {
            throw Asts.error(
                    "UNRESOLVED_TABLE_VALUED_FUNCTION",
                    "`" + name + "` is no generator; use explode, posexplode or inline",
                    call.position());
        }
        String table = "";
        List<String> names = new ArrayList<>();
        if (node.getKind() == SqlKind.AS) {
            SqlCall alias = (SqlCall) node;
            table = ((SqlIdentifier) alias.operand(1)).getSimple();
            for (int i = 2; i < alias.operandCount(); i++) {
                names.add(((SqlIdentifier) alias.operand(i)).getSimple());
            }
        }
        return planner.generate(left, generator, table, names);
    }

    /** {@code TABLE(TUMBLE(TABLE t, DESCRIPTOR(c), INTERVAL '10' SECOND))}. */
    private Relation windowTable(SqlNode node) {
        Position position = reader.position(node);
        SqlBasicCall call = (SqlBasicCall) node;
        String name = call.getOperator().getName().toLowerCase(Locale.ROOT);
        boolean hop = name.equals("hop");
        boolean session = name.equals("session");
        if (!hop && !session && !name.equals("tumble")) {
            throw Asts.error(
                    "UNRESOLVED_TABLE_VALUED_FUNCTION",
                    "Cannot resolve the table function `" + name + "`; there are TUMBLE, HOP and SESSION",
                    position);
        }
        List<SqlNode> operands = call.getOperandList();
        Relation input = null;
        Ast time = null;
        List<Ast> lengths = new ArrayList<>();
        List<Ast> keys = new ArrayList<>();
        for (SqlNode operand : operands) {
            SqlNode value = operand.getKind() == SqlKind.ARGUMENT_ASSIGNMENT ? ((SqlCall) operand).operand(0) : operand;
            if (value.getKind() == SqlKind.EXPLICIT_TABLE || value.getKind() == SqlKind.SET_SEMANTICS_TABLE) {
                input = read(((SqlCall) value).operand(0));
                if (value.getKind() == SqlKind.SET_SEMANTICS_TABLE) {
                    keys.addAll(reader.readAll((SqlNodeList) ((SqlCall) value).operand(1)));
                }
            } else if (value.isA(SqlKind.QUERY)) {
                input = queries.query(value);
            } else if (value instanceof SqlCall made
                    && made.getOperator().getName().equals("DESCRIPTOR")) {
                if (time == null) {
                    time = reader.read(made.operand(0));
                } else {
                    keys.addAll(reader.readAll(made.getOperandList()));
                }
            } else {
                lengths.add(reader.read(value));
            }
        }
        if (input == null || time == null || lengths.size() < (hop ? 2 : 1)) {
            throw Asts.error(
                    "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
                    "`" + name + "` needs TABLE, DESCRIPTOR(column)"
                            + (hop ? ", the slide and the width" : " and the width"),
                    position);
        }
        if (session) {
            return planner.sessions(input, keys, time, lengths.get(0));
        }
        List<Ast> arguments = new ArrayList<>();
        arguments.add(time);
        arguments.add(lengths.get(hop ? 1 : 0));
        arguments.add(lengths.get(0));
        if (lengths.size() > (hop ? 2 : 1)) {
            arguments.add(lengths.get(hop ? 2 : 1));
        }
        return planner.tableFunction(input, Asts.call("window", position, arguments));
    }
}
