// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.sql;

import io.millrace.mllib.sql.SqlLexer.Kind;
import io.millrace.mllib.sql.SqlLexer.Token;
import io.millrace.mllib.table.DataType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses one {@code SELECT … FROM __THIS__ [WHERE …]}, with Spark's precedences. */
final class SqlParser {

    private static final int DEPTH = 200;
    private static final int TREE_DEPTH = 1000;
    private static final String TABLE = "__THIS__";
    private static final Set<String> RESERVED = Set.of(
            "FROM", "WHERE", "GROUP", "ORDER", "LIMIT", "HAVING", "UNION", "JOIN", "WHEN", "THEN", "ELSE", "END", "AND",
            "OR", "AS", "IN", "BETWEEN", "LIKE", "ILIKE", "RLIKE", "REGEXP", "IS", "DIV", "OVER", "LATERAL", "WINDOW",
            "SELECT");

    private final List<Token> tokens;
    private final Map<SqlNode, Integer> depths = new IdentityHashMap<>();
    private int at;
    private int depth;

    private SqlParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    /**
     * The statement in {@code sql}.
     *
     * @throws SqlException if it is not of the subset known here
     */
    static SqlStatement parse(String sql) {
        return new SqlParser(SqlLexer.tokens(sql)).statement();
    }

    private SqlStatement statement() {
        expect("SELECT");
        if (peek("DISTINCT")) {
            throw unsupported();
        }
        accept("ALL");
        List<SqlStatement.Item> items = new ArrayList<>();
        do {
            items.add(item());
        } while (accept(","));
        expect("FROM");
        expect(TABLE);
        if (accept("AS") || (isName() && !RESERVED.contains(token().text().toUpperCase(Locale.ROOT)))) {
            // the name of the table, which columns may be qualified with
            name();
        }
        SqlNode where = accept("WHERE") ? expression() : null;
        accept(";");
        if (token().kind() != Kind.END) {
            throw unsupported();
        }
        return new SqlStatement(items, where);
    }

    private SqlStatement.Item item() {
        if (accept("*")) {
            return SqlStatement.Item.ALL;
        }
        if (isName() && tokens.get(at + 1).is(".") && tokens.get(at + 2).is("*")) {
            at += 3;
            return SqlStatement.Item.ALL;
        }
        SqlNode node = expression();
        String alias = null;
        if (accept("AS") || (isName() && !RESERVED.contains(token().text().toUpperCase(Locale.ROOT)))) {
            alias = name();
        }
        return new SqlStatement.Item(node, alias);
    }

    private SqlNode expression() {
        if (++depth > DEPTH) {
            throw new SqlException("an expression nested deeper than " + DEPTH, token().position());
        }
        SqlNode left = conjunction();
        while (accept("OR")) {
            left = operation("OR", left, conjunction());
        }
        depth--;
        return left;
    }

    private SqlNode conjunction() {
        SqlNode left = negation();
        while (accept("AND")) {
            left = operation("AND", left, negation());
        }
        return left;
    }

    private SqlNode negation() {
        int nots = 0;
        while (peek("NOT") || peek("!")) {
            at++;
            nots++;
        }
        SqlNode node = predicate();
        for (; nots > 0; nots--) {
            node = operation("NOT", node);
        }
        return node;
    }

    private SqlNode predicate() {
        SqlNode left = comparison();
        while (true) {
            if (accept("IS")) {
                left = is(left);
                continue;
            }
            boolean not = peek("NOT")
                    && (tokens.get(at + 1).is("IN")
                            || tokens.get(at + 1).is("BETWEEN")
                            || tokens.get(at + 1).is("LIKE")
                            || tokens.get(at + 1).is("ILIKE")
                            || tokens.get(at + 1).is("RLIKE")
                            || tokens.get(at + 1).is("REGEXP"));
            if (not) {
                at++;
            }
            SqlNode node = predicateOn(left);
            if (node == null) {
                return left;
            }
            left = not ? operation("NOT", node) : node;
        }
    }

    private @Nullable SqlNode predicateOn(SqlNode left) {
        if (accept("IN")) {
            expect("(");
            if (peek("SELECT")) {
                throw unsupported();
            }
            List<SqlNode> operands = new ArrayList<>(List.of(left));
            operands.addAll(list());
            return made(new SqlNode.Operation("IN", operands), operands);
        }
        if (accept("BETWEEN")) {
            SqlNode low = sum();
            expect("AND");
            return operation("BETWEEN", left, low, sum());
        }
        if (peek("LIKE") || peek("ILIKE")) {
            String operator = next().text().toUpperCase(Locale.ROOT);
            if (peek("ANY") || peek("ALL") || peek("SOME")) {
                throw unsupported();
            }
            SqlNode pattern = sum();
            if (peek("ESCAPE")) {
                throw unsupported();
            }
            return operation(operator, left, pattern);
        }
        return accept("RLIKE") || accept("REGEXP") ? operation("RLIKE", left, sum()) : null;
    }

    private SqlNode is(SqlNode left) {
        boolean not = accept("NOT");
        if (accept("NULL")) {
            return operation(not ? "IS NOT NULL" : "IS NULL", left);
        }
        if (peek("TRUE") || peek("FALSE")) {
            SqlNode same = operation("<=>", left, primary());
            return not ? operation("NOT", same) : same;
        }
        if (accept("DISTINCT")) {
            expect("FROM");
            SqlNode same = operation("<=>", left, sum());
            return not ? same : operation("NOT", same);
        }
        throw unsupported();
    }

    private SqlNode comparison() {
        SqlNode left = sum();
        while (token().kind() == Kind.SIGN) {
            switch (token().text()) {
                case "=", "==" -> left = operation("=", left, after());
                case "<>", "!=" -> left = operation("NOT", operation("=", left, after()));
                case "<", "<=", ">", ">=", "<=>" -> left = operation(token().text(), left, after());
                default -> {
                    return left;
                }
            }
        }
        return left;
    }

    private SqlNode after() {
        at++;
        return sum();
    }

    private SqlNode sum() {
        SqlNode left = product();
        while (peek("+") || peek("-") || peek("||")) {
            left = operation(next().text(), left, product());
        }
        return left;
    }

    private SqlNode product() {
        SqlNode left = unary();
        while (peek("*") || peek("/") || peek("%") || peek("DIV")) {
            left = operation(next().text().toUpperCase(Locale.ROOT), left, unary());
        }
        return left;
    }

    private SqlNode unary() {
        if (++depth > DEPTH) {
            throw new SqlException("an expression nested deeper than " + DEPTH, token().position());
        }
        SqlNode node;
        if (accept("-")) {
            node = token().kind() == Kind.NUMBER
                    ? casts(SqlNumber.literal(next(), true))
                    : operation("NEGATE", unary());
        } else if (accept("+")) {
            node = unary();
        } else {
            node = casts(primary());
        }
        depth--;
        return node;
    }

    private SqlNode casts(SqlNode node) {
        SqlNode result = node;
        while (accept("::")) {
            result = made(new SqlNode.Cast(result, type(), false), List.of(result));
        }
        if (peek("[") || peek(".")) {
            throw unsupported();
        }
        return result;
    }

    private SqlNode primary() {
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
        boolean call = tokens.get(at + 1).is("(");
        switch (token.text().toUpperCase(Locale.ROOT)) {
            case "NULL" -> {
                at++;
                return new SqlNode.Literal(null, SqlTypes.VOID);
            }
            case "TRUE", "FALSE" -> {
                at++;
                return new SqlNode.Literal(token.is("TRUE"), DataType.BOOLEAN);
            }
            case "CASE" -> {
                at++;
                return caseWhen();
            }
            case "CAST", "TRY_CAST" -> {
                at++;
                expect("(");
                SqlNode child = expression();
                expect("AS");
                DataType type = type();
                expect(")");
                return made(new SqlNode.Cast(child, type, token.is("TRY_CAST")), List.of(child));
            }
            case "DATE", "TIMESTAMP", "INTERVAL", "EXISTS" -> {
                if (call
                        || tokens.get(at + 1).kind() == Kind.TEXT
                        || tokens.get(at + 1).kind() == Kind.NUMBER) {
                    throw unsupported();
                }
            }
            default -> {}
        }
        if (RESERVED.contains(token.text().toUpperCase(Locale.ROOT))) {
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
    private List<SqlNode> list() {
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

    private DataType type() {
        Token name = next();
        if (!peek("(")) {
            DataType type = SqlTypes.named(name.text());
            if (type == null) {
                throw new SqlException("the type " + name.text(), name.position());
            }
            return type;
        }
        if (!name.is("DECIMAL") && !name.is("DEC") && !name.is("NUMERIC")) {
            throw new SqlException("the type " + name.text(), name.position());
        }
        expect("(");
        int precision = integer();
        int scale = accept(",") ? integer() : 0;
        expect(")");
        if (precision < 1 || precision > SqlTypes.MAX_PRECISION || scale < 0 || scale > precision) {
            throw new SqlException("decimal(" + precision + "," + scale + ")", name.position());
        }
        return new DataType.Decimal(precision, scale);
    }

    private int integer() {
        Token token = next();
        if (token.kind() != Kind.NUMBER
                || token.text().length() > 2
                || !token.text().matches("[0-9]+")) {
            throw new SqlException(token.text() + " in a type", token.position());
        }
        return new BigDecimal(token.text()).intValueExact();
    }

    private String name() {
        Token token = next();
        if (token.kind() != Kind.WORD && token.kind() != Kind.QUOTED) {
            throw new SqlException(token.text() + " in the place of a name", token.position());
        }
        return token.text();
    }

    private boolean isName() {
        return token().kind() == Kind.WORD || token().kind() == Kind.QUOTED;
    }

    private SqlNode operation(String operator, SqlNode... operands) {
        return made(new SqlNode.Operation(operator, List.of(operands)), List.of(operands));
    }

    /** {@code node} over {@code children}: a long chain of operators is a deep tree too, without deep brackets. */
    private SqlNode made(SqlNode node, List<SqlNode> children) {
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

    private Token token() {
        return tokens.get(at);
    }

    private Token next() {
        Token token = tokens.get(at);
        if (token.kind() != Kind.END) {
            at++;
        }
        return token;
    }

    private boolean peek(String word) {
        return token().is(word);
    }

    private boolean accept(String word) {
        if (!peek(word)) {
            return false;
        }
        at++;
        return true;
    }

    private void expect(String word) {
        if (!accept(word)) {
            throw new SqlException(token().text() + " where " + word + " belongs", token().position());
        }
    }

    private SqlException unsupported() {
        return new SqlException(token().text(), token().position());
    }
}
