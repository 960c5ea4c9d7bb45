// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.plan.QueryPlan.JoinType;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlPivot;
import org.apache.calcite.sql.SqlSampleSpec;
import org.apache.calcite.sql.SqlUnpivot;

/** Reads what stands behind FROM. */
final class FromReader {

    private final Planner planner;
    private final AstReader reader;
    private final QueryReader queries;
    private final TableFunctions tables;
    private final Pivots pivots;

    FromReader(Planner planner, AstReader reader, QueryReader queries) {
        this.planner = planner;
        this.reader = reader;
        this.queries = queries;
        this.tables = new TableFunctions(planner, reader, this, queries);
        this.pivots = new Pivots(planner, reader);
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
                return sample((SqlCall) node);
            }
            case PIVOT -> {
                return pivots.pivot(read(((SqlPivot) node).query), (SqlPivot) node);
            }
            case UNPIVOT -> {
                return pivots.unpivot(read(((SqlUnpivot) node).query), (SqlUnpivot) node);
            }
            case COLLECTION_TABLE -> {
                return tables.read(((SqlCall) node).operand(0));
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

    /** A watermark or a sample, which {@link SparkDialect} both writes as a sample. */
    private Relation sample(SqlCall call) {
        Object spec = ((SqlLiteral) call.operand(1)).getValue();
        Relation input = read(call.operand(0));
        if (!(spec instanceof SqlSampleSpec.SqlSubstitutionSampleSpec named)) {
            throw Asts.error("UNSUPPORTED_FEATURE.TABLESAMPLE", "TABLESAMPLE is not supported", reader.position(call));
        }
        List<String> parts = SparkDialect.names(named.getName());
        return parts.get(0).isEmpty()
                ? Samples.of(planner, input, parts.get(1), reader.position(call))
                : planner.watermark(input, parts.get(0), parts.get(1));
    }

    private Relation join(SqlJoin join) {
        Position position = reader.position(join);
        Relation left = read(join.getLeft());
        SqlCall view = view(join.getRight());
        if (view != null) {
            JoinType how = QueryReader.type(join.getJoinType(), position);
            Relation joined = lateral(left, join.getRight(), view, how == JoinType.LEFT_OUTER);
            SqlNode on = join.getCondition();
            return on == null || isTrue(on) ? joined : lateralOn(joined, on, how, position);
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

    private static boolean isTrue(SqlNode condition) {
        return condition instanceof SqlLiteral literal && Boolean.TRUE.equals(literal.getValue());
    }

    private Relation lateralOn(Relation joined, SqlNode on, JoinType type, Position position) {
        if (type != JoinType.INNER) {
            throw Asts.error(
                    "UNSUPPORTED_FEATURE.LATERAL_JOIN_CONDITION",
                    "An outer join with LATERAL takes no condition but ON true; put it into WHERE",
                    position);
        }
        return planner.filter(joined, reader.read(on));
    }

    private Relation lateral(Relation left, SqlNode node, SqlCall view, boolean optional) {
        Ast.Call call = (Ast.Call) reader.read(view);
        boolean outer = optional || call.name().startsWith("__outer:");
        String name = call.name().replaceFirst("^__outer:", "");
        Ast.Call generator = Asts.call(
                outer && !name.endsWith("_outer") ? name + "_outer" : name, call.position(), call.arguments());
        generator = Generators.columns(generator);
        if (!ExpressionResolver.generator(generator)) {
            throw Asts.error(
                    "UNRESOLVABLE_TABLE_VALUED_FUNCTION",
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
}
