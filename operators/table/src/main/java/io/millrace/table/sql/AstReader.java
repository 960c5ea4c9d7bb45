// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.AnalysisException;
import io.millrace.table.data.Utf8;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DataTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLambda;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlStarExclude;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Reads Calcite's form of an expression. */
final class AstReader {

    private static final Map<SqlKind, String> OPERATORS = Map.ofEntries(
            Map.entry(SqlKind.PLUS, "+"),
            Map.entry(SqlKind.MINUS, "-"),
            Map.entry(SqlKind.TIMES, "*"),
            Map.entry(SqlKind.DIVIDE, "/"),
            Map.entry(SqlKind.MOD, "%"),
            Map.entry(SqlKind.EQUALS, "="),
            Map.entry(SqlKind.NOT_EQUALS, "<>"),
            Map.entry(SqlKind.LESS_THAN, "<"),
            Map.entry(SqlKind.LESS_THAN_OR_EQUAL, "<="),
            Map.entry(SqlKind.GREATER_THAN, ">"),
            Map.entry(SqlKind.GREATER_THAN_OR_EQUAL, ">="),
            Map.entry(SqlKind.BITAND, "&"),
            Map.entry(SqlKind.BITXOR, "^"),
            Map.entry(SqlKind.AND, "and"),
            Map.entry(SqlKind.OR, "or"),
            Map.entry(SqlKind.NOT, "not"),
            Map.entry(SqlKind.IS_NULL, "isnull"),
            Map.entry(SqlKind.IS_NOT_NULL, "isnotnull"),
            Map.entry(SqlKind.MINUS_PREFIX, "unary-"),
            Map.entry(SqlKind.PLUS_PREFIX, "unary+"),
            Map.entry(SqlKind.ITEM, "get_item"),
            Map.entry(SqlKind.ROW, "struct"),
            Map.entry(SqlKind.IS_NOT_DISTINCT_FROM, "<=>"));

    private final SparkDialect.Rewritten text;

    private final Map<String, SqlWindow> windows;

    AstReader(SparkDialect.Rewritten text) {
        this(text, Map.of());
    }

    private AstReader(SparkDialect.Rewritten text, Map<String, SqlWindow> windows) {
        this.text = text;
        this.windows = windows;
    }

    /** A reader that knows windows by their names. */
    AstReader with(@Nullable SqlNodeList named) {
        if (named == null || named.isEmpty()) {
            return this;
        }
        Map<String, SqlWindow> all = new HashMap<>(windows);
        for (SqlNode node : named) {
            SqlWindow window = (SqlWindow) node;
            SqlIdentifier name = window.getDeclName();
            if (name != null) {
                all.put(name.getSimple().toLowerCase(Locale.ROOT), window);
            }
        }
        return new AstReader(text, all);
    }

    /** Where something stands in the query text. */
    Position position(SqlNode node) {
        return position(node.getParserPosition());
    }

    Position position(SqlParserPos pos) {
        return pos.getLineNum() <= 0 ? Position.NONE : text.position(pos.getLineNum(), pos.getColumnNum());
    }

    List<Ast> readAll(List<? extends @Nullable SqlNode> nodes) {
        List<Ast> asts = new ArrayList<>();
        for (SqlNode node : nodes) {
            if (node != null) {
                asts.add(read(node));
            }
        }
        return asts;
    }

    /** An expression. */
    Ast read(SqlNode node) {
        Position position = position(node);
        if (node instanceof SqlIdentifier identifier) {
            return identifier.isStar()
                    ? new Ast.Star(identifier.names.subList(0, identifier.names.size() - 1), List.of(), position)
                    : new Ast.Name(identifier.names, position);
        }
        if (node instanceof SqlLiteral literal) {
            return constant(literal, position);
        }
        if (node instanceof SqlStarExclude star) {
            SqlIdentifier all = (SqlIdentifier) star.operand(0);
            List<String> names = new ArrayList<>();
            for (SqlNode name : (SqlNodeList) star.operand(1)) {
                names.add(((SqlIdentifier) name).names.get(((SqlIdentifier) name).names.size() - 1));
            }
            return new Ast.Star(all.names.subList(0, all.names.size() - 1), names, position);
        }
        if (node instanceof SqlCase cases) {
            return cases(cases, position);
        }
        if (node instanceof SqlDynamicParam count) {
            return QueryReader.expression(text.counts().get(count.getIndex()));
        }
        if (node.isA(SqlKind.QUERY)) {
            return new Ast.Subquery(Ast.Meaning.SCALAR, List.of(), node, position);
        }
        if (node instanceof SqlCall call) {
            return call(call, position);
        }
        throw unsupported(node, position);
    }

    private Ast call(SqlCall call, Position position) {
        switch (call.getKind()) {
            case AS -> {
                return new Ast.Alias(
                        read(call.operand(0)),
                        SparkDialect.names(((SqlIdentifier) call.operand(1)).getSimple()),
                        position);
            }
            case CAST, SAFE_CAST -> {
                return cast(call, position);
            }
            case FILTER -> {
                Ast.Call aggregate = (Ast.Call) read(call.operand(0));
                return new Ast.Call(
                        aggregate.name(),
                        aggregate.arguments(),
                        aggregate.distinct(),
                        read(call.operand(1)),
                        aggregate.position());
            }
            case OVER -> {
                return over(call, position);
            }
            case WITHIN_GROUP -> {
                Ast.Call aggregate = (Ast.Call) read(call.operand(0));
                List<Ast> arguments = new ArrayList<>(aggregate.arguments());
                for (SqlNode key : (SqlNodeList) call.operand(1)) {
                    arguments.add(sortKey(key));
                }
                return new Ast.Call(aggregate.name(), arguments, aggregate.distinct(), null, aggregate.position());
            }
            case IGNORE_NULLS -> {
                Ast.Call first = (Ast.Call) read(call.operand(0));
                List<Ast> arguments = new ArrayList<>(first.arguments());
                arguments.add(new Ast.Constant(true, AtomicType.BOOLEAN, "true", position));
                String name = first.name().replaceFirst("^(first|last)_value$", "$1");
                return new Ast.Call(name, arguments, first.distinct(), null, position);
            }
            case RESPECT_NULLS -> {
                return read(call.operand(0));
            }
            case EXISTS -> {
                return new Ast.Subquery(Ast.Meaning.EXISTS, List.of(), call.operand(0), position);
            }
            case SCALAR_QUERY -> {
                return new Ast.Subquery(Ast.Meaning.SCALAR, List.of(), call.operand(0), position);
            }
            case IN, NOT_IN -> {
                return negated(call.getKind() == SqlKind.NOT_IN, in(call, position), position);
            }
            case BETWEEN -> {
                Ast between = Asts.call("between", position, readAll(call.getOperandList()));
                return negated(call.getOperator().getName().startsWith("NOT"), between, position);
            }
            case LIKE, RLIKE -> {
                return like(call, position);
            }
            case IS_TRUE, IS_FALSE, IS_NOT_TRUE, IS_NOT_FALSE -> {
                boolean wanted = call.getKind() == SqlKind.IS_TRUE || call.getKind() == SqlKind.IS_NOT_TRUE;
                Ast is = Asts.call(
                        "<=>",
                        position,
                        read(call.operand(0)),
                        new Ast.Constant(wanted, AtomicType.BOOLEAN, String.valueOf(wanted), position));
                return negated(
                        call.getKind() == SqlKind.IS_NOT_TRUE || call.getKind() == SqlKind.IS_NOT_FALSE, is, position);
            }
            case IS_DISTINCT_FROM -> {
                return negated(
                        true, Asts.call("<=>", position, read(call.operand(0)), read(call.operand(1))), position);
            }
            case LAMBDA -> {
                return lambda((SqlLambda) call, position);
            }
            case DOT -> {
                return Asts.call("get_field", position, read(call.operand(0)), name(call.operand(1)));
            }
            case TIMES -> {
                if (call.operand(0) instanceof SqlCall left
                        && left.getKind() == SqlKind.DIVIDE
                        && marker(left.operand(1), "__div")) {
                    return Asts.call("div", position, read(left.operand(0)), read(call.operand(1)));
                }
            }
            case OR -> {
                if (call.operand(0) instanceof SqlCall left
                        && left.getKind() == SqlKind.OR
                        && marker(left.operand(1), "__as")) {
                    if (!(call.operand(1) instanceof SqlIdentifier alias) || !alias.isSimple()) {
                        throw Asts.error("PARSE_SYNTAX_ERROR", "AS needs a name, and nothing behind it", position);
                    }
                    return new Ast.Alias(read(left.operand(0)), List.of(alias.getSimple()), position);
                }
            }
            default -> {}
        }
        if (call.getKind() != SqlKind.OTHER_FUNCTION && OPERATORS.get(call.getKind()) != null) {
            return Asts.call(OPERATORS.get(call.getKind()), position, readAll(call.getOperandList()));
        }
        return switch (call.getOperator().getName()) {
            case "||" -> Asts.call("||", position, readAll(call.getOperandList()));
            case "<=>" -> Asts.call("<=>", position, readAll(call.getOperandList()));
            case "DOT" -> Asts.call("get_field", position, read(call.operand(0)), name(call.operand(1)));
            default -> function(call, position);
        };
    }

    private Ast function(SqlCall call, Position position) {
        if (!(call instanceof SqlBasicCall basic)
                || !(call.getOperator() instanceof org.apache.calcite.sql.SqlFunction)) {
            throw unsupported(call, position);
        }
        SqlIdentifier id = ((org.apache.calcite.sql.SqlFunction) call.getOperator()).getNameAsId();
        String name = id.names.get(id.names.size() - 1).toLowerCase(Locale.ROOT);
        List<Ast> arguments = readAll(basic.getOperandList());
        boolean distinct = call.getFunctionQuantifier() != null
                && call.getFunctionQuantifier().symbolValue(SqlSelectKeyword.class) == SqlSelectKeyword.DISTINCT;
        return name.startsWith("__") && !name.startsWith("__outer:")
                ? Literals.read(name, arguments, position)
                : new Ast.Call(name, arguments, distinct, null, position);
    }

    private Ast lambda(SqlLambda lambda, Position position) {
        List<Ast.Variable> parameters = new ArrayList<>();
        for (SqlNode parameter : lambda.getParameters()) {
            String name = ((SqlIdentifier) parameter).getSimple();
            parameters.add(new Ast.Variable(name, new Object(), position(parameter)));
        }
        return new Ast.Lambda(parameters, LambdaNames.bound(parameters, read(lambda.getExpression())), position);
    }

    private Ast in(SqlCall call, Position position) {
        SqlNode list = call.operand(1);
        if (!(list instanceof SqlNodeList values)) {
            SqlNode wanted = call.operand(0);
            List<Ast> several = wanted.getKind() == SqlKind.ROW
                    ? readAll(((SqlCall) wanted).getOperandList())
                    : List.of(read(wanted));
            return new Ast.Subquery(Ast.Meaning.IN, several, list, position);
        }
        List<Ast> arguments = new ArrayList<>();
        arguments.add(read(call.operand(0)));
        arguments.addAll(readAll(values));
        return Asts.call("in", position, arguments);
    }

    private Ast like(SqlCall call, Position position) {
        String name = call.getOperator().getName().toLowerCase(Locale.ROOT);
        boolean negated = name.startsWith("not ");
        String plain = negated ? name.substring(4) : name;
        List<Ast> arguments = readAll(call.getOperandList());
        return arguments.get(1) instanceof Ast.Call several && PATTERNS.contains(several.name())
                ? patterns(plain, negated, arguments.get(0), several, position)
                : negated(negated, Asts.call(plain, position, arguments), position);
    }

    /** What stands between {@code LIKE} and several patterns. */
    private static final Set<String> PATTERNS = Set.of("any", "some", "all");

    private static Ast patterns(String name, boolean negated, Ast value, Ast.Call several, Position position) {
        List<Ast> arguments = new ArrayList<>(List.of(value));
        arguments.addAll(several.arguments());
        if (arguments.size() == 1) {
            throw Asts.error("PARSE_SYNTAX_ERROR", "expected a pattern behind LIKE " + several.name(), position);
        }
        if (name.equals("ilike")) {
            arguments.replaceAll(argument -> Asts.call("lower", position, argument));
        }
        boolean every = several.name().equals("all");
        return Asts.call((negated ? "notlike" : "like") + (every ? "all" : "any"), position, arguments);
    }

    private static Ast negated(boolean negated, Ast ast, Position position) {
        return negated ? Asts.call("not", position, ast) : ast;
    }

    private Ast cases(SqlCase cases, Position position) {
        Ast value = cases.getValueOperand() == null ? null : read(cases.getValueOperand());
        List<Ast.When> branches = new ArrayList<>();
        for (int i = 0; i < cases.getWhenOperands().size(); i++) {
            Ast when = read(cases.getWhenOperands().get(i));
            branches.add(new Ast.When(
                    value == null ? when : Asts.call("=", position, value, when),
                    read(cases.getThenOperands().get(i))));
        }
        SqlNode otherwise = cases.getElseOperand();
        boolean none = otherwise == null
                || (otherwise instanceof SqlLiteral literal
                        && literal.getValue() == null
                        && literal.getParserPosition().equals(cases.getParserPosition()));
        return new Ast.Case(branches, none || otherwise == null ? null : read(otherwise), position);
    }

    private Ast cast(SqlCall call, Position position) {
        boolean attempt = call.getKind() == SqlKind.SAFE_CAST
                || call.getOperator().getName().startsWith("TRY");
        return new Ast.Cast(read(call.operand(0)), type(call.operand(1), position), attempt, position);
    }

    private static DataType type(SqlNode node, Position position) {
        String name = ((SqlDataTypeSpec) node).getTypeName().getSimple();
        try {
            return DataTypes.parse(name);
        } catch (AnalysisException e) {
            throw Asts.at(e, position);
        }
    }

    private Ast over(SqlCall call, Position position) {
        SqlNode named = call.operand(1);
        SqlWindow window = named instanceof SqlIdentifier name ? window(name) : (SqlWindow) named;
        SqlIdentifier base = window.getRefName();
        SqlWindow first = base == null ? window : window(base);
        SqlNodeList partitions =
                window.getPartitionList().isEmpty() ? first.getPartitionList() : window.getPartitionList();
        List<Ast.SortKey> orders = new ArrayList<>();
        for (SqlNode order : window.getOrderList().isEmpty() ? first.getOrderList() : window.getOrderList()) {
            orders.add(sortKey(order));
        }
        SqlWindow framed = window.getLowerBound() == null ? first : window;
        SqlNode function = call.operand(0);
        boolean ignoreNulls = function.getKind() == SqlKind.IGNORE_NULLS;
        Ast of = read(ignoreNulls ? ((SqlCall) function).operand(0) : function);
        return new Ast.Over(of, ignoreNulls, readAll(partitions), orders, frame(framed), position);
    }

    private SqlWindow window(SqlIdentifier name) {
        SqlWindow found = windows.get(name.getSimple().toLowerCase(Locale.ROOT));
        if (found == null) {
            throw Asts.error(
                    "MISSING_WINDOW_SPECIFICATION",
                    "Window specification is not defined in the WINDOW clause for " + SqlText.quote(name.getSimple()),
                    position(name));
        }
        return found;
    }

    private Ast.@Nullable Frame frame(SqlWindow window) {
        SqlNode lower = window.getLowerBound();
        if (lower == null) {
            return null;
        }
        SqlNode upper = window.getUpperBound();
        return new Ast.Frame(window.isRows(), bound(lower), upper == null ? new Ast.Bound(0, null) : bound(upper));
    }

    private Ast.Bound bound(SqlNode node) {
        if (SqlWindow.isCurrentRow(node)) {
            return new Ast.Bound(0, null);
        }
        if (SqlWindow.isUnboundedPreceding(node) || SqlWindow.isUnboundedFollowing(node)) {
            return new Ast.Bound(SqlWindow.isUnboundedPreceding(node) ? -1 : 1, null);
        }
        return new Ast.Bound(node.getKind() == SqlKind.PRECEDING ? -1 : 1, read(((SqlCall) node).operand(0)));
    }

    /** A column to sort by. */
    Ast.SortKey sortKey(SqlNode node) {
        Position position = position(node);
        if (node.getKind() == SqlKind.NULLS_FIRST || node.getKind() == SqlKind.NULLS_LAST) {
            Ast.SortKey key = sortKey(((SqlCall) node).operand(0));
            return new Ast.SortKey(key.input(), key.descending(), node.getKind() == SqlKind.NULLS_FIRST, position);
        }
        if (node.getKind() == SqlKind.DESCENDING) {
            return new Ast.SortKey(read(((SqlCall) node).operand(0)), true, null, position);
        }
        return new Ast.SortKey(read(node), false, null, position);
    }

    private Ast constant(SqlLiteral literal, Position position) {
        if (literal instanceof SqlNumericLiteral number) {
            return Literals.number(number.toString(), position);
        }
        Object value = literal.getValue();
        if (value == null) {
            return new Ast.Constant(null, AtomicType.NULL, "NULL", position);
        }
        if (value instanceof Boolean flag) {
            return new Ast.Constant(flag, AtomicType.BOOLEAN, flag.toString(), position);
        }
        String string = literal.getValueAs(String.class);
        if (string == null) {
            throw unsupported(literal, position);
        }
        return new Ast.Constant(Utf8.of(string), AtomicType.STRING, string, position);
    }

    private Ast name(SqlNode node) {
        String name = node instanceof SqlIdentifier id ? id.names.get(id.names.size() - 1) : node.toString();
        return new Ast.Constant(Utf8.of(name), AtomicType.STRING, name, position(node));
    }

    private static boolean marker(SqlNode node, String name) {
        return node instanceof SqlIdentifier id
                && id.isSimple()
                && id.getSimple().equals(name);
    }

    private static AnalysisException unsupported(SqlNode node, Position position) {
        return new AnalysisException(
                "UNSUPPORTED_FEATURE.EXPRESSION",
                "an expression of the kind " + node.getKind() + " is not supported here",
                position.line(),
                position.column());
    }
}
