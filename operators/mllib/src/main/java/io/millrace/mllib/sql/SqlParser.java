// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.sql;

import io.millrace.mllib.sql.SqlLexer.Kind;
import io.millrace.mllib.sql.SqlLexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Parses one {@code SELECT … FROM __THIS__ [WHERE …]}, with Spark's precedences. */
final class SqlParser extends SqlTerms {

    private static final int DEPTH = 200;
    private static final String TABLE = "__THIS__";

    private int depth;

    private SqlParser(List<Token> tokens) {
        super(tokens);
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
        if (accept("AS") || isFreeName()) {
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
        if (isName() && ahead(1).is(".") && ahead(2).is("*")) {
            skip(3);
            return SqlStatement.Item.ALL;
        }
        SqlNode node = expression();
        String alias = null;
        if (accept("AS") || isFreeName()) {
            alias = name();
        }
        return new SqlStatement.Item(node, alias);
    }

    @Override
    SqlNode expression() {
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
            skip(1);
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
                    && (ahead(1).is("IN")
                            || ahead(1).is("BETWEEN")
                            || ahead(1).is("LIKE")
                            || ahead(1).is("ILIKE")
                            || ahead(1).is("RLIKE")
                            || ahead(1).is("REGEXP"));
            if (not) {
                skip(1);
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
            SqlNode low = operand();
            expect("AND");
            return operation("BETWEEN", left, low, operand());
        }
        if (peek("LIKE") || peek("ILIKE")) {
            String operator = next().text().toUpperCase(Locale.ROOT);
            if (peek("ANY") || peek("ALL") || peek("SOME")) {
                throw unsupported();
            }
            SqlNode pattern = operand();
            if (peek("ESCAPE")) {
                throw unsupported();
            }
            return operation(operator, left, pattern);
        }
        return accept("RLIKE") || accept("REGEXP") ? operation("RLIKE", left, operand()) : null;
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
            SqlNode same = operation("<=>", left, operand());
            return not ? same : operation("NOT", same);
        }
        throw unsupported();
    }

    private SqlNode comparison() {
        SqlNode left = operand();
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
        skip(1);
        return operand();
    }

    /** What stands beside a comparison: sums, and between them first &amp;, then ^, then |. */
    private SqlNode operand() {
        SqlNode left = differing();
        while (accept("|")) {
            left = operation("|", left, differing());
        }
        return left;
    }

    private SqlNode differing() {
        SqlNode left = common();
        while (accept("^")) {
            left = operation("^", left, common());
        }
        return left;
    }

    private SqlNode common() {
        SqlNode left = sum();
        while (accept("&")) {
            left = operation("&", left, sum());
        }
        return left;
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
        } else if (accept("~")) {
            node = operation("~", unary());
        } else {
            node = casts(primary());
        }
        depth--;
        return node;
    }
}
