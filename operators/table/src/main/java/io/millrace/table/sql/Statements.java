// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.AnalysisException;
import io.millrace.table.data.Utf8;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is said in SQL that is no query: {@code EXPLAIN}, {@code DESCRIBE}, {@code SHOW}, and temporary views. Its answer is a table. */
final class Statements {

    private final Planner planner;
    private final String text;
    private final List<Token> tokens;
    private int at;

    private Statements(Planner planner, String text) {
        this.planner = planner;
        this.text = text;
        this.tokens = Lexer.tokens(text);
    }

    /** The answer; null if the text is none of them. */
    static @Nullable Relation answer(Planner planner, String text) {
        String start = text.stripLeading();
        int end = 0;
        while (end < start.length() && Character.isLetter(start.charAt(end))) {
            end++;
        }
        return switch (start.substring(0, end).toLowerCase(java.util.Locale.ROOT)) {
            case "explain", "describe", "desc", "show", "create", "drop" -> new Statements(planner, text).read();
            default -> null;
        };
    }

    private @Nullable Relation read() {
        if (taken("explain")) {
            return explain();
        }
        if (taken("describe") || taken("desc")) {
            return describe();
        }
        if (taken("show")) {
            return show();
        }
        return taken("create") ? create() : taken("drop") ? drop() : null;
    }

    private Relation explain() {
        boolean extended = taken("extended");
        if (!extended && !taken("formatted") && !taken("cost")) {
            taken("codegen");
        }
        return rows(List.of("plan"), List.<Object[]>of(new Object[] {Utf8.of(planner.explain(rest(), extended) + "\n")
        }));
    }

    private Relation describe() {
        Relation table;
        if (taken("query")) {
            table = rest();
        } else if (startsQuery()) {
            table = rest();
        } else {
            taken("table");
            taken("extended");
            table = table(name());
            end();
        }
        List<Object[]> rows = new ArrayList<>();
        for (Field field : table.schema().fields()) {
            rows.add(new Object[] {Utf8.of(field.name()), Utf8.of(field.type().sql()), null});
        }
        return rows(List.of("col_name", "data_type", "comment"), rows);
    }

    private Relation show() {
        if (taken("columns")) {
            require(taken("in") || taken("from"), "IN and a table");
            Relation table = table(name());
            end();
            return rows(
                    List.of("col_name"),
                    table.schema().fields().stream()
                            .map(field -> new Object[] {Utf8.of(field.name())})
                            .toList());
        }
        boolean views = taken("views");
        require(views || taken("tables"), "TABLES, VIEWS or COLUMNS");
        taken("like");
        Pattern wanted =
                token().kind() == Token.Kind.STRING ? pattern(tokens.get(at++).text()) : Pattern.compile(".*");
        end();
        List<Object[]> rows = planner.views().names().stream()
                .filter(name -> wanted.matcher(name).matches())
                .map(name -> new Object[] {Utf8.EMPTY, Utf8.of(name), true})
                .toList();
        return rows(List.of("namespace", views ? "viewName" : "tableName", "isTemporary"), rows);
    }

    /** As Spark has it: {@code *} stands for any text, {@code |} between two of them, without regard to case. */
    private static Pattern pattern(String wanted) {
        return Pattern.compile(
                String.join(
                        "|",
                        java.util.Arrays.stream(wanted.split("\\|", -1))
                                .map(part -> Pattern.quote(part.strip()).replace("*", "\\E.*\\Q"))
                                .toList()),
                Pattern.CASE_INSENSITIVE);
    }

    private Relation create() {
        boolean replace = taken("or") && taken("replace");
        taken("global");
        require(
                taken("temp") || taken("temporary"),
                "TEMPORARY VIEW; tables are sources, which a program gives a name");
        require(taken("view"), "VIEW");
        boolean kept = taken("if") && taken("not") && taken("exists");
        Token called = token();
        String name = name();
        List<String> columns = new ArrayList<>();
        if (symbol("(")) {
            do {
                columns.add(name());
            } while (symbol(","));
            require(symbol(")"), "`)`");
        }
        require(taken("as"), "AS and a query");
        Relation query = rest();
        Relation view = columns.isEmpty() ? query : planner.renameAll(query, columns);
        boolean there = planner.views().find(name).isPresent();
        if (there && !replace && !kept) {
            throw Asts.error(
                    "TEMP_TABLE_OR_VIEW_ALREADY_EXISTS",
                    "There is a view " + SqlText.quote(name) + " already; say OR REPLACE",
                    Lexer.position(text, called.start()));
        }
        if (!there || replace) {
            planner.views().put(name, view);
        }
        return rows(List.of(), List.of());
    }

    private Relation drop() {
        require(taken("view"), "VIEW; tables are sources, which a program has given a name");
        boolean ifExists = taken("if") && taken("exists");
        Token called = token();
        String name = name();
        end();
        if (!planner.views().remove(name) && !ifExists) {
            throw Asts.error(
                    "TABLE_OR_VIEW_NOT_FOUND",
                    "The table or view " + SqlText.quote(name) + " cannot be found; there are "
                            + planner.views().names(),
                    Lexer.position(text, called.start()));
        }
        return rows(List.of(), List.of());
    }

    private boolean startsQuery() {
        return token().is("select")
                || token().is("with")
                || token().is("values")
                || token().is("from")
                || token().symbol("(");
    }

    private Relation table(String name) {
        return planner.views()
                .find(name)
                .orElseThrow(() -> Asts.error(
                        "TABLE_OR_VIEW_NOT_FOUND",
                        "The table or view " + SqlText.quote(name) + " cannot be found; there are "
                                + planner.views().names(),
                        Lexer.position(text, tokens.get(at - 1).start())));
    }

    /** The query that follows; its words keep their places. */
    private Relation rest() {
        int start = token().start();
        String before = text.substring(0, start).replaceAll("[^\n]", " ");
        at = tokens.size() - 1;
        return planner.sql(before + text.substring(start));
    }

    private Relation rows(List<String> names, List<Object[]> rows) {
        List<Field> fields = new ArrayList<>();
        for (String name : names) {
            DataType type = name.equals("isTemporary") ? AtomicType.BOOLEAN : AtomicType.STRING;
            fields.add(Field.of(name, type));
        }
        return planner.values(new Schema(fields), rows);
    }

    private Token token() {
        return tokens.get(at);
    }

    private boolean taken(String word) {
        boolean found = token().is(word);
        at += found ? 1 : 0;
        return found;
    }

    private boolean symbol(String sign) {
        boolean found = token().symbol(sign);
        at += found ? 1 : 0;
        return found;
    }

    private String name() {
        require(token().name(), "a name");
        return tokens.get(at++).text();
    }

    private void end() {
        boolean unused = symbol(";");
        require(token().kind() == Token.Kind.END, "the end");
    }

    private void require(boolean met, String what) {
        if (!met) {
            Position position = Lexer.position(text, token().start());
            String found = token().kind() == Token.Kind.END ? "the end" : "'" + token().text() + "'";
            throw new AnalysisException(
                    "PARSE_SYNTAX_ERROR",
                    "syntax error at " + found + ": expected " + what,
                    position.line(),
                    position.column());
        }
    }
}
