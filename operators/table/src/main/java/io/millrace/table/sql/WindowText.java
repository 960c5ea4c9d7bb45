// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Window functions as they stand in the names of columns. */
final class WindowText {

    private WindowText() {}

    static String text(Ast.Over over) {
        String partitions = texts(over.partitions());
        String orders = texts(over.orders());
        String window = (partitions.isEmpty() ? "" : "PARTITION BY " + partitions + " ")
                + (orders.isEmpty() ? "" : "ORDER BY " + orders + " ");
        return SqlText.text(whole(over.function())) + (over.ignoreNulls() ? " ignore nulls" : "") + " OVER (" + window
                + frame(over) + ")";
    }

    private static String texts(List<? extends Ast> asts) {
        return asts.stream().map(SqlText::text).collect(Collectors.joining(", "));
    }

    private static boolean isNeighbour(Ast function) {
        return function instanceof Ast.Call call
                && (call.name().equals("lag") || call.name().equals("lead"));
    }

    /** With the arguments that are not written but meant. */
    private static Ast whole(Ast function) {
        if (!isNeighbour(function) || ((Ast.Call) function).arguments().size() > 2) {
            return function;
        }
        Ast.Call call = (Ast.Call) function;
        List<Ast> arguments = new ArrayList<>(call.arguments());
        if (arguments.size() == 1) {
            arguments.add(Literals.number("1", call.position()));
        }
        arguments.add(new Ast.Constant(null, io.millrace.table.type.AtomicType.NULL, "NULL", call.position()));
        return Asts.call(call.name(), call.position(), arguments);
    }

    private static String frame(Ast.Over over) {
        Ast.Frame frame = over.frame();
        if (isNeighbour(over.function())) {
            Ast.Call call = (Ast.Call) whole(over.function());
            String offset = SqlText.text(call.arguments().get(1));
            String back = offset.startsWith("-") ? offset.substring(1) : "-" + offset;
            String place = (call.name().equals("lag") ? back : offset) + " FOLLOWING";
            return "ROWS BETWEEN " + place + " AND " + place;
        }
        if (over.function() instanceof Ast.Call call && WindowFunctions.hasFrame(call.name())) {
            return call.name().equals("cume_dist")
                    ? "RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW"
                    : "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW";
        }
        if (frame == null) {
            return over.orders().isEmpty()
                    ? "ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING"
                    : "RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW";
        }
        return (frame.rows() ? "ROWS" : "RANGE") + " BETWEEN " + bound(frame.lower()) + " AND " + bound(frame.upper());
    }

    private static String bound(Ast.Bound bound) {
        if (bound.direction() == 0) {
            return "CURRENT ROW";
        }
        Ast offset = bound.offset();
        return (offset == null ? "UNBOUNDED" : SqlText.text(offset))
                + (bound.direction() < 0 ? " PRECEDING" : " FOLLOWING");
    }
}
