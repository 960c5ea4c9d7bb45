// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.sql;

import io.millrace.mllib.sql.SqlLexer.Kind;
import io.millrace.mllib.sql.SqlLexer.Token;
import io.millrace.mllib.table.DataType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;

/** Parses what stands between operators: literals, columns, functions, casts, CASE. */
abstract class SqlTerms extends SqlCursor {

    private static final int TREE_DEPTH = 1000;

    private final IdentityHashMap<SqlNode, Integer> depths = new IdentityHashMap<>();

    SqlTerms(List<Token> tokens) {
        super(tokens);
    }

    /** A whole expression. */
    abstract SqlNode expression();

    final SqlNode casts(SqlNode node) {
        SqlNode result = node;
        while (peek("::") || peek("[")) {
            if (accept("::")) {
                result = made(new SqlNode.Cast(result, type(), false), List.of(result));
            } else {
                skip(1);
                result = operation("[]", result, expression());
                expect("]");
            }
        }
        if (peek(".")) {
            throw unsupported();
        }
        return result;
    }

    final SqlNode primary() {
        Token token = token();
        switch (token.kind()) {
            case NUMBER -> {
                return SqlNumber.literal(next(), false);
            }
            case TEXT -> {
                StringBuilder text = new StringBuilder();
                while (token().kind() == Kind.TEXT) {
                    text.append(next().text());
                }
                return new SqlNode.Literal(text.toString(), DataType.STRING);
            }
            case QUOTED -> {
                return column();
            }
            case SIGN -> {
                if (accept("(")) {
                    if (peek("SELECT")) {
                        throw unsupported();
                    }
                    SqlNode inner = expression();
                    expect(")");
                    return inner;
                }
                throw unsupported();
            }
            case WORD -> {
                return word();
            }
            default -> throw unsupported();
        }
    }

    private SqlNode word() {
        Token token = token();
        boolean call = ahead(1).is("(");
        switch (token.text().toUpperCase(Locale.ROOT)) {
            case "NULL" -> {
                skip(1);
                return new SqlNode.Literal(null, SqlTypes.VOID);
            }
            case "TRUE", "FALSE" -> {
                skip(1);
                return new SqlNode.Literal(token.is("TRUE"), DataType.BOOLEAN);
            }
            case "CASE" -> {
                skip(1);
                return caseWhen();
            }
            case "CAST", "TRY_CAST" -> {
                skip(1);
                expect("(");
                SqlNode child = expression();
                expect("AS");
                DataType type = type();
                expect(")");
                return made(new SqlNode.Cast(child, type, token.is("TRY_CAST")), List.of(child));
            }
            case "DATE", "TIMESTAMP", "INTERVAL", "EXISTS" -> {
                if (call || ahead(1).kind() == Kind.TEXT || ahead(1).kind() == Kind.NUMBER) {
                    throw unsupported();
                }
            }
            default -> {}
        }
        if (!isFreeName()) {
            throw unsupported();
        }
        return call ? call() : column();
    }

    private SqlNode call() {
        Token name = next();
        String function = name.text().toLowerCase(Locale.ROOT);
        expect("(");
        List<SqlNode> arguments = accept(")") ? List.of() : list();
        if (peek("OVER") || peek("FILTER")) {
            throw unsupported();
        }
        DataType castTo = arguments.size() == 1 ? SqlTypes.castFunction(function) : null;
        if (castTo != null) {
            return made(new SqlNode.Cast(arguments.get(0), castTo, false), arguments);
        }
        if (!SqlFunctions.isKnown(function)) {
            throw new SqlException("the function " + function, name.position());
        }
        return made(new SqlNode.Call(function, arguments), arguments);
    }

    /** Expressions up to the closing bracket, which is taken too. */
    final List<SqlNode> list() {
        List<SqlNode> nodes = new ArrayList<>();
        do {
            nodes.add(expression());
        } while (accept(","));
        expect(")");
        return nodes;
    }

    private SqlNode column() {
        String name = name();
        if (accept(".")) {
            // a column qualified with the name of the only table
            name = name();
        }
        return new SqlNode.Column(name);
    }

    private SqlNode caseWhen() {
        SqlNode subject = peek("WHEN") ? null : expression();
        List<SqlNode> conditions = new ArrayList<>();
        List<SqlNode> values = new ArrayList<>();
        while (accept("WHEN")) {
            SqlNode condition = expression();
            conditions.add(subject == null ? condition : operation("=", subject, condition));
            expect("THEN");
            values.add(expression());
        }
        SqlNode otherwise = accept("ELSE") ? expression() : null;
        expect("END");
        if (conditions.isEmpty()) {
            throw new SqlException("CASE without WHEN", token().position());
        }
        List<SqlNode> parts = new ArrayList<>(conditions);
        parts.addAll(values);
        if (otherwise != null) {
            parts.add(otherwise);
        }
        return made(new SqlNode.Case(conditions, values, otherwise), parts);
    }

    final SqlNode operation(String operator, SqlNode... operands) {
        return made(new SqlNode.Operation(operator, List.of(operands)), List.of(operands));
    }

    /** {@code node} over {@code children}: a long chain of operators is a deep tree too, without deep brackets. */
    final SqlNode made(SqlNode node, List<SqlNode> children) {
        int deepest = 0;
        for (SqlNode child : children) {
            deepest = Math.max(deepest, depths.getOrDefault(child, 0));
        }
        if (deepest >= TREE_DEPTH) {
            throw new SqlException("an expression nested deeper than " + TREE_DEPTH, token().position());
        }
        depths.put(node, deepest + 1);
        return node;
    }
}
