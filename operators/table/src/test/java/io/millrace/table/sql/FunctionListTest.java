// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.table.AnalysisException;
import io.millrace.table.TableSession;
import io.millrace.table.expression.FunctionRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/functions.md} lists the functions there are and those of Spark 4.1 that there are not. With {@code -Dmillrace.writeDocs=true} the list is written; otherwise it must be
 * right.
 */
class FunctionListTest {

    private static final Path DOCUMENT = Path.of("..", "..", "docs", "functions.md");

    /** What is no call, or of no use alone. */
    private static final Set<String> SYNTAX = Set.of(
            "!", "!=", "==", "||", "<>", "and", "or", "not", "between", "case", "when", "in", "cast", "regexp", "ilike",
            "like", "rlike");

    private static final Set<String> GENERATORS =
            Set.of("explode", "explode_outer", "inline", "inline_outer", "posexplode", "posexplode_outer", "stack");

    private static final Set<String> WINDOWS = Set.of("window", "session_window", "window_time");

    private static Map<String, List<String>> sparks() throws IOException {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        try (InputStream in = FunctionListTest.class.getResourceAsStream("/spark-functions.txt")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.strip().split("\n", -1)) {
                int colon = line.indexOf(": ");
                groups.put(
                        line.substring(0, colon),
                        Arrays.asList(line.substring(colon + 2).split(" ", -1)));
            }
        }
        return groups;
    }

    private static boolean isThere(TableSession session, FunctionRegistry registry, String name) {
        if (SYNTAX.contains(name)
                || GENERATORS.contains(name)
                || WINDOWS.contains(name)
                || registry.scalar(name).isPresent()
                || registry.aggregate(name).isPresent()) {
            return true;
        }
        // what is neither is looked for as the resolver would: with some number of arguments it is not unknown
        for (String arguments : List.of("", "1", "1, 1")) {
            try {
                var unused = session.sql("SELECT " + name + "(" + arguments + ")");
                return true;
            } catch (AnalysisException e) {
                if (e.condition().equals("UNSUPPORTED_FEATURE.NONDETERMINISTIC_FUNCTION")) {
                    return false;
                }
                if (!e.condition().equals("UNRESOLVED_ROUTINE")
                        && !e.condition().equals("PARSE_SYNTAX_ERROR")) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String document() throws IOException {
        FunctionRegistry registry = FunctionRegistry.spark();
        StringBuilder out = new StringBuilder("""
                # Functions of SQL

                Names of Spark 4.1, with its meanings under ANSI rules. Each is called in SQL, in `Functions.expr`, and by
                `Functions.call_function(name, …)`; those used most are methods of `Functions`, too. `FunctionListTest` holds this list true.
                """);
        Set<String> known = new TreeSet<>();
        try (TableSession session = TableSession.builder().build()) {
            for (Map.Entry<String, List<String>> group : sparks().entrySet()) {
                known.addAll(group.getValue());
                List<String> there = new ArrayList<>();
                List<String> missing = new ArrayList<>();
                for (String name : group.getValue()) {
                    (isThere(session, registry, name) ? there : missing).add("`" + name + "`");
                }
                String title = group.getKey();
                out.append("\n## ")
                        .append(title.substring(0, 1).toUpperCase(Locale.ROOT))
                        .append(title.substring(1))
                        .append("\n\n")
                        .append(wrapped(there.isEmpty() ? List.of("None.") : there));
                if (!missing.isEmpty()) {
                    missing.set(0, "Not there: " + missing.get(0));
                    out.append("\n").append(wrapped(missing));
                }
            }
        }
        List<String> more = registry.names().stream()
                .filter(name -> !known.contains(name))
                .filter(name -> !name.equals("unary-") && !name.equals("get_item"))
                .distinct()
                .map(name -> "`" + name + "`")
                .toList();
        if (!more.isEmpty()) {
            out.append("\n## Further names\n\n").append(wrapped(more));
        }
        return out.append("""

                `rand`, `uuid` and their like are refused: a batch that is run again must give the same rows. Hash what tells rows apart instead, as
                `xxhash64(id)`. The functions of the clock give the time of the batch, which is the same when it is run again. Window functions are in
                [tables.md](tables.md). Sketches, XML and variants are not there; nor are the types `time` and `timestamp_ntz`: the second is read as
                `timestamp` in UTC.
                """).toString();
    }

    private static String wrapped(List<String> words) {
        StringBuilder out = new StringBuilder();
        int column = 0;
        for (String word : words) {
            if (column > 0 && column + word.length() > 128) {
                out.append('\n');
                column = 0;
            }
            out.append(column == 0 ? "" : " ").append(word);
            column += word.length() + 1;
        }
        return out.append('\n').toString();
    }

    @Test
    void theListIsTrue() throws IOException {
        String document = document();
        if (Boolean.getBoolean("millrace.writeDocs")) {
            Files.writeString(DOCUMENT, document);
        }
        assertThat(Files.readString(DOCUMENT)).isEqualTo(document);
    }
}
