// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.AnalysisException;
import io.millrace.table.data.Utf8;
import io.millrace.table.expression.Expression;
import io.millrace.table.plan.QueryPlan.JoinType;
import io.millrace.table.type.AtomicType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSetOperator;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.jspecify.annotations.Nullable;

/** Makes relations of the parsed text of a query. */
final class QueryReader {

    private final Planner planner;
    private final SqlNode root;
    private final AstReader reader;
    private final FromReader from;
    private final Map<String, Relation> named;

    QueryReader(Planner planner, SqlParsing.Parsed parsed) {
        this(planner, parsed.node(), new AstReader(parsed.text()), new HashMap<>());
    }

    private QueryReader(Planner planner, SqlNode root, AstReader reader, Map<String, Relation> named) {
        this.planner = planner;
        this.root = root;
        this.reader = reader;
        this.named = named;
        this.from = new FromReader(planner, reader, this);
    }

    /** One expression, with or without a name. */
    static Ast expression(String sql) {
        SqlParsing.Parsed parsed = SqlParsing.expression(sql);
        if (!(parsed.node() instanceof SqlSelect select)
                || select.getFrom() != null
                || select.getSelectList().size() != 1) {
            throw new AnalysisException("PARSE_SYNTAX_ERROR", "'" + sql + "' is not one expression");
        }
        return new AstReader(parsed.text()).read(select.getSelectList().get(0));
    }

    Relation query() {
        return query(root);
    }

    /** The relation a name stands for. */
    Relation table(String name, Position position) {
        Relation found = named.get(name.toLowerCase(Locale.ROOT));
        if (found != null) {
            return found;
        }
        return planner.views()
                .find(name)
                .orElseThrow(() -> Asts.error(
                        "TABLE_OR_VIEW_NOT_FOUND",
                        "The table or view " + SqlText.quote(name) + " cannot be found; there are "
                                + planner.views().names(),
                        position));
    }

    Relation query(SqlNode node) {
        Position position = reader.position(node);
        try {
            if (node instanceof SqlOrderBy ordered) {
                return ordered(ordered);
            }
            if (node instanceof SqlWith with) {
                return with(with);
            }
            if (node instanceof SqlSelect select) {
                return new SelectReader(planner, reader, from, this).select(select, List.of());
            }
            if (node.getKind() == SqlKind.VALUES) {
                return values((SqlCall) node);
            }
            if (node instanceof SqlBasicCall call && call.getOperator() instanceof SqlSetOperator) {
                return set(call);
            }
        } catch (AnalysisException e) {
            throw Asts.at(e, position);
        }
        if (node instanceof SqlIdentifier) {
            return from.read(node);
        }
        if (node.getKind() == SqlKind.EXPLICIT_TABLE) {
            return from.read(((SqlCall) node).operand(0));
        }
        throw Asts.error("PARSE_SYNTAX_ERROR", "a query cannot be a " + node.getKind(), position);
    }

    private Relation ordered(SqlOrderBy ordered) {
        List<Ast.SortKey> keys = new ArrayList<>();
        for (SqlNode key : ordered.orderList) {
            keys.add(reader.sortKey(key));
        }
        Relation sorted;
        if (ordered.query instanceof SqlSelect select) {
            sorted = new SelectReader(planner, reader, from, this).select(select, keys);
        } else {
            Relation query = query(ordered.query);
            List<Ast.SortKey> places = ordinals(query, keys);
            sorted = places.isEmpty() ? query : planner.sort(query, places);
        }
        if (ordered.offset == null && ordered.fetch == null) {
            return sorted;
        }
        return planner.limit(sorted, number(ordered.offset, 0), number(ordered.fetch, Long.MAX_VALUE));
    }

    private List<Ast.SortKey> ordinals(Relation query, List<Ast.SortKey> keys) {
        List<Ast.SortKey> changed = new ArrayList<>();
        List<Ast> columns = Selection.expand(query, List.of(new Ast.Star(List.of(), List.of(), Position.NONE)));
        for (Ast.SortKey key : keys) {
            if (SelectReader.isAll(key.input(), keys, columns)) {
                return columns.stream().map(key::on).toList();
            } else if (SelectReader.isDistributed(key.input())) {
                planner.expression(query, key.input());
            } else if (key.input() instanceof Ast.Constant constant && constant.value() instanceof Integer place) {
                if (place < 1 || place > query.size()) {
                    throw SelectReader.position("ORDER_BY_POS_OUT_OF_RANGE", "ORDER BY", place, query.size(), key);
                }
                Ast column = new Ast.Column(place - 1, query.field(place - 1).name(), key.position());
                changed.add(new Ast.SortKey(column, key.descending(), key.nullsFirst(), key.position()));
            } else {
                changed.add(key);
            }
        }
        return changed;
    }

    private long number(@Nullable SqlNode node, long otherwise) {
        if (node == null) {
            return otherwise;
        }
        Ast ast = reader.read(node);
        Position position = reader.position(node);
        if (Asts.any(ast, part -> part instanceof Ast.Name || part instanceof Ast.Subquery)) {
            throw limit("IS_UNFOLDABLE", "must be constant", ast, position);
        }
        Expression count = planner.expression(one(planner), ast);
        if (count.type() != AtomicType.INT) {
            throw limit("DATA_TYPE", "must be an int, but is " + count.type().sql(), ast, position);
        }
        Object value = Generators.value(count);
        if (!(value instanceof Integer number)) {
            throw limit("IS_NULL", "must not be null", ast, position);
        }
        return number;
    }

    private static AnalysisException limit(String why, String message, Ast ast, Position position) {
        return Asts.error(
                "INVALID_LIMIT_LIKE_EXPRESSION." + why,
                "The number of LIMIT or OFFSET " + message + ": " + SqlText.name(ast),
                position);
    }

    private Relation with(SqlWith with) {
        Map<String, Relation> inner = new HashMap<>(named);
        QueryReader scope = new QueryReader(planner, with.body, reader, inner);
        for (SqlNode node : with.withList) {
            SqlWithItem item = (SqlWithItem) node;
            Relation query = scope.query(item.query);
            String name = item.name.getSimple();
            if (item.columnList != null) {
                query = planner.renameAll(query, names(item.columnList));
            }
            inner.put(name.toLowerCase(Locale.ROOT), query.as(name));
        }
        return scope.query();
    }

    static List<String> names(SqlNodeList list) {
        List<String> names = new ArrayList<>();
        for (SqlNode name : list) {
            names.add(((SqlIdentifier) name).getSimple());
        }
        return names;
    }

    private Relation set(SqlBasicCall call) {
        boolean all = ((SqlSetOperator) call.getOperator()).isAll();
        Relation left = query(call.operand(0));
        Relation right = query(call.operand(1));
        return switch (call.getKind()) {
            case UNION ->
                all ? planner.union(List.of(left, right)) : planner.distinct(planner.union(List.of(left, right)));
            case INTERSECT -> planner.setOperation(SetOperation.INTERSECT, left, right, all);
            default -> planner.setOperation(SetOperation.EXCEPT, left, right, all);
        };
    }

    private Relation values(SqlCall values) {
        List<Relation> rows = new ArrayList<>();
        for (SqlNode row : values.getOperandList()) {
            List<Ast> list = new ArrayList<>();
            for (Ast value : reader.readAll(((SqlCall) row).getOperandList())) {
                list.add(new Ast.Alias(value, List.of("col" + (list.size() + 1)), value.position()));
            }
            rows.add(planner.select(one(planner), list));
        }
        return rows.size() == 1 ? rows.get(0) : planner.union(rows);
    }

    /** One row without a meaning: what a select without FROM works on. */
    static Relation one(Planner planner) {
        return planner.values(
                new io.millrace.table.type.Schema(
                        List.of(new io.millrace.table.type.Field("one", AtomicType.STRING, false, false))),
                List.<Object[]>of(new Object[] {Utf8.EMPTY}));
    }

    /** How two tables are joined. */
    static JoinType type(org.apache.calcite.sql.JoinType type, Position position) {
        return switch (type) {
            case INNER, CROSS, COMMA -> JoinType.INNER;
            case LEFT -> JoinType.LEFT_OUTER;
            case RIGHT -> JoinType.RIGHT_OUTER;
            case FULL -> JoinType.FULL_OUTER;
            case LEFT_SEMI_JOIN -> JoinType.LEFT_SEMI;
            case LEFT_ANTI_JOIN -> JoinType.LEFT_ANTI;
            default ->
                throw Asts.error("UNSUPPORTED_JOIN_TYPE", "a join of type " + type + " is not supported", position);
        };
    }
}
