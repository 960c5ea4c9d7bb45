// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.expression.Expression;
import io.millrace.table.expression.Failures;
import io.millrace.table.expression.Rewrites;
import io.millrace.table.type.AtomicType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

/** Reads functions that stand for tables: windows, {@code range} and generators. */
final class TableFunctions {

    private static final Set<String> WINDOWS = Set.of("tumble", "hop", "session");

    /** {@code range} is made in memory. */
    private static final long MAX_RANGE = 100_000_000;

    private final Planner planner;
    private final AstReader reader;
    private final FromReader from;
    private final QueryReader queries;

    TableFunctions(Planner planner, AstReader reader, FromReader from, QueryReader queries) {
        this.planner = planner;
        this.reader = reader;
        this.from = from;
        this.queries = queries;
    }

    Relation read(SqlNode node) {
        Position position = reader.position(node);
        SqlBasicCall call = (SqlBasicCall) node;
        String name = call.getOperator().getName().toLowerCase(Locale.ROOT);
        if (WINDOWS.contains(name)) {
            return window(call, name, position);
        }
        Relation one = QueryReader.one(planner);
        Ast.Call made = Asts.call(name, position, reader.readAll(call.getOperandList()));
        if (name.equals("range")) {
            return range(one, made).as(name);
        }
        Ast.Call generator = Generators.columns(made);
        if (!ExpressionResolver.generator(generator)) {
            throw Asts.error(
                    "UNRESOLVABLE_TABLE_VALUED_FUNCTION",
                    "Could not resolve `" + name
                            + "` to a table-valued function; there are range, stack, explode and the like, TUMBLE, HOP and SESSION",
                    position);
        }
        return planner.select(one, List.of(generator)).as(name);
    }

    /** {@code range([start, ] end [, step [, partitions]])}. */
    private Relation range(Relation one, Ast.Call call) {
        int count = call.arguments().size();
        if (count < 1 || count > 4) {
            throw Failures.wrongCount("range", "[1, 2, 3, 4]", count);
        }
        List<Long> numbers = new ArrayList<>();
        for (Ast argument : call.arguments()) {
            numbers.add(number(planner.expression(one, argument), numbers.size()));
        }
        long start = count == 1 ? 0 : numbers.get(0);
        long end = numbers.get(count == 1 ? 0 : 1);
        long step = count < 3 ? 1 : numbers.get(2);
        if (step == 0) {
            throw Asts.error("INVALID_PARAMETER_VALUE.STEP", "The step of `range` must not be 0", call.position());
        }
        boolean none = step > 0 ? start >= end : start <= end;
        long size = none ? 0 : Long.divideUnsigned(Math.abs(end - start) - 1, Math.abs(step)) + 1;
        if (size > MAX_RANGE) {
            throw Asts.error(
                    "UNSUPPORTED_FEATURE.RANGE",
                    "`range` gives " + MAX_RANGE + " rows at most, but " + Long.toUnsignedString(size)
                            + " are asked for",
                    call.position());
        }
        Position position = call.position();
        Ast values = Asts.call(
                "sequence",
                position,
                whole(start, position),
                whole(none ? start : start + (size - 1) * step, position),
                whole(none ? 1 : step, position));
        Ast generator = Asts.call("explode", position, values);
        Relation range = planner.select(one, List.of(new Ast.Alias(generator, List.of("id"), position)));
        return none ? planner.filter(range, Asts.truth(false, position)) : range;
    }

    private static Ast whole(long number, Position position) {
        return new Ast.Constant(number, AtomicType.LONG, String.valueOf(number), position);
    }

    private static long number(Expression argument, int place) {
        if (!Rewrites.isConstant(argument)) {
            throw Failures.notConstant("range", "argument " + (place + 1), AtomicType.LONG);
        }
        Object value = argument.type() == AtomicType.NULL
                ? null
                : Generators.value(new Expression.Cast(argument, AtomicType.LONG, false));
        if (value == null) {
            throw new io.millrace.table.AnalysisException(
                    "UNEXPECTED_INPUT_TYPE",
                    "Parameter " + (place + 1) + " of `range` must be a whole number, not null");
        }
        return (Long) value;
    }

    /** {@code TABLE(TUMBLE(TABLE t, DESCRIPTOR(c), INTERVAL '10' SECOND))}. */
    private Relation window(SqlBasicCall call, String name, Position position) {
        boolean hop = name.equals("hop");
        boolean session = name.equals("session");
        List<SqlNode> operands = call.getOperandList();
        Relation input = null;
        Ast time = null;
        List<Ast> lengths = new ArrayList<>();
        List<Ast> keys = new ArrayList<>();
        for (SqlNode operand : operands) {
            SqlNode value = operand.getKind() == SqlKind.ARGUMENT_ASSIGNMENT ? ((SqlCall) operand).operand(0) : operand;
            if (value.getKind() == SqlKind.EXPLICIT_TABLE || value.getKind() == SqlKind.SET_SEMANTICS_TABLE) {
                input = from.read(((SqlCall) value).operand(0));
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
