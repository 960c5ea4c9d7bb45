// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table;

import io.millrace.table.sql.Ast;
import io.millrace.table.sql.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The part of {@link Functions} whose functions are called with lambdas; these are called once, with columns that stand for what they will get. */
abstract class LambdaColumns extends CollectionColumns {

    LambdaColumns() {}

    /** A function of three columns. */
    @FunctionalInterface
    public interface Function3 {

        /** The column made of three. */
        Column apply(Column first, Column second, Column third);
    }

    /** The array of what a lambda makes of each element. */
    public static Column transform(Column array, UnaryOperator<Column> lambda) {
        return call("transform", List.of(array), one(lambda));
    }

    /** The array of what a lambda makes of each element and its place from 0. */
    public static Column transform(Column array, BinaryOperator<Column> lambda) {
        return call("transform", List.of(array), two(lambda));
    }

    /** The elements for which a condition is true. */
    public static Column filter(Column array, UnaryOperator<Column> condition) {
        return call("filter", List.of(array), one(condition));
    }

    /** The elements for which a condition on the element and its place from 0 is true. */
    public static Column filter(Column array, BinaryOperator<Column> condition) {
        return call("filter", List.of(array), two(condition));
    }

    /** Whether a condition is true for some element; null if it is for none, but null for one. */
    public static Column exists(Column array, UnaryOperator<Column> condition) {
        return call("exists", List.of(array), one(condition));
    }

    /** Whether a condition is true for all elements; null if it is false for none, but null for one. */
    public static Column forall(Column array, UnaryOperator<Column> condition) {
        return call("forall", List.of(array), one(condition));
    }

    /** What is there when each element has been added to a start; the lambda gives the type of the start. */
    public static Column aggregate(Column array, Column start, BinaryOperator<Column> merge) {
        return call("aggregate", List.of(array, start), two(merge));
    }

    /** What is made of what is there when each element has been added to a start. */
    public static Column aggregate(
            Column array, Column start, BinaryOperator<Column> merge, UnaryOperator<Column> finish) {
        return call("aggregate", List.of(array, start), two(merge), one(finish));
    }

    /** As {@link #aggregate(Column, Column, BinaryOperator)}. */
    public static Column reduce(Column array, Column start, BinaryOperator<Column> merge) {
        return call("reduce", List.of(array, start), two(merge));
    }

    /** As {@link #aggregate(Column, Column, BinaryOperator, UnaryOperator)}. */
    public static Column reduce(
            Column array, Column start, BinaryOperator<Column> merge, UnaryOperator<Column> finish) {
        return call("reduce", List.of(array, start), two(merge), one(finish));
    }

    /** The array of what a lambda makes of the elements of two arrays at the same place; null where one is shorter. */
    public static Column zip_with(Column left, Column right, BinaryOperator<Column> lambda) {
        return call("zip_with", List.of(left, right), two(lambda));
    }

    /** The map with other keys, made of key and value. */
    public static Column transform_keys(Column map, BinaryOperator<Column> lambda) {
        return call("transform_keys", List.of(map), two(lambda));
    }

    /** The map with other values, made of key and value. */
    public static Column transform_values(Column map, BinaryOperator<Column> lambda) {
        return call("transform_values", List.of(map), two(lambda));
    }

    /** The entries for whose key and value a condition is true. */
    public static Column map_filter(Column map, BinaryOperator<Column> condition) {
        return call("map_filter", List.of(map), two(condition));
    }

    /** The map of all keys of two maps, with what is made of the key and both values; null where a map has no such key. */
    public static Column map_zip_with(Column left, Column right, Function3 lambda) {
        return call(
                "map_zip_with",
                List.of(left, right),
                lambda(3, columns -> lambda.apply(columns.get(0), columns.get(1), columns.get(2))));
    }

    /** The elements in ascending order, nulls last. */
    public static Column array_sort(Column array) {
        return call("array_sort", List.of(array));
    }

    /** The elements in the order of a lambda, which gives a negative int, 0 or a positive one. */
    public static Column array_sort(Column array, BinaryOperator<Column> comparator) {
        return call("array_sort", List.of(array), two(comparator));
    }

    private static Column call(String name, List<Column> columns, Ast.Lambda... lambdas) {
        List<Ast> arguments = new ArrayList<>();
        columns.forEach(column -> arguments.add(column.ast()));
        arguments.addAll(List.of(lambdas));
        return new Column(new Ast.Call(name, arguments, false, null, Position.NONE));
    }

    private static Ast.Lambda one(UnaryOperator<Column> lambda) {
        return lambda(1, columns -> lambda.apply(columns.get(0)));
    }

    private static Ast.Lambda two(BinaryOperator<Column> lambda) {
        return lambda(2, columns -> lambda.apply(columns.get(0), columns.get(1)));
    }

    private static Ast.Lambda lambda(int count, Function<List<Column>, Column> body) {
        List<Ast.Variable> parameters = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        for (String name : List.of("x", "y", "z").subList(0, count)) {
            Ast.Variable parameter = new Ast.Variable(name, new Object(), Position.NONE);
            parameters.add(parameter);
            columns.add(new Column(parameter));
        }
        return new Ast.Lambda(parameters, body.apply(columns).ast(), Position.NONE);
    }
}
