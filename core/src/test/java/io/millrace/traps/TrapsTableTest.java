// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.traps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The table of Spark's traps in the documents: all of them are there, and each is pinned by tests that exist. */
class TrapsTableTest {

    private static final int TRAPS = 41;
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path TABLE = ROOT.resolve("docs/from-spark.md");
    private static final String TITLE = "## Spark's traps\n";
    private static final Pattern NAME = Pattern.compile("`(\\w+)\\.(\\w+)`");

    /** A row of the table. */
    private record Row(int number, String trap, String answer, String tests) {

        static Row of(String line) {
            String[] cells = line.substring(1).split("\\|", -1);
            assertThat(cells).as(line).hasSize(5);
            return new Row(Integer.parseInt(cells[0].strip()), cells[1].strip(), cells[2].strip(), cells[3].strip());
        }
    }

    @BeforeAll
    static void theDocumentsAreThere() {
        assumeTrue(Files.exists(TABLE), "the tests do not run in a checkout: there is no " + TABLE);
    }

    @Test
    void everyTrapHasARowWithAnAnswerAndATest() throws IOException {
        List<Row> rows = rows();

        assertThat(rows)
                .extracting(Row::number)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, TRAPS).boxed().toList());
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.trap()).isNotEmpty();
            assertThat(row.answer()).isNotEmpty();
            assertThat(NAME.matcher(row.tests()).results()).as(row.tests()).isNotEmpty();
        });
    }

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        Map<String, List<String>> sources = testSources();
        List<String> missing = new ArrayList<>();

        for (Row row : rows()) {
            Matcher names = NAME.matcher(row.tests());
            while (names.find()) {
                String method = names.group(2);
                if (sources.getOrDefault(names.group(1), List.of()).stream()
                        .noneMatch(source -> isTest(source, method))) {
                    missing.add(row.number() + ": " + names.group());
                }
            }
        }

        assertThat(missing).isEmpty();
    }

    /** True if the method is there and one of JUnit's annotations stands before it, after the end of what comes earlier. */
    private static boolean isTest(String source, String method) {
        Pattern declared = Pattern.compile(
                "@(?:Parameterized|Repeated)?Test\\b(?:(?!\\n    }\\n).)*? void " + method + "\\(", Pattern.DOTALL);
        return declared.matcher(source).find();
    }

    private static List<Row> rows() throws IOException {
        String text = Files.readString(TABLE);
        int begin = text.indexOf(TITLE);
        assertThat(begin).as("where %s is", TITLE.strip()).isNotNegative();
        int end = text.indexOf("\n## ", begin);
        return (end < 0 ? text.substring(begin) : text.substring(begin, end))
                .lines()
                .filter(line -> line.matches("\\| *\\d+ *\\|.*"))
                .map(Row::of)
                .toList();
    }

    /** The sources of the tests of all modules, by the simple names of their classes, of which two may have the same. */
    private static Map<String, List<String>> testSources() throws IOException {
        Map<String, List<String>> sources = new TreeMap<>();
        for (Path tests : testDirectories()) {
            try (Stream<Path> files = Files.walk(tests)) {
                for (Path file : files.filter(path -> path.toString().endsWith("Test.java"))
                        .toList()) {
                    String name = file.getFileName().toString().replace(".java", "");
                    sources.computeIfAbsent(name, key -> new ArrayList<>()).add(Files.readString(file));
                }
            }
        }
        return sources;
    }

    private static List<Path> testDirectories() throws IOException {
        try (Stream<Path> found =
                Files.find(ROOT, 5, (path, attributes) -> attributes.isDirectory() && path.endsWith("src/test/java"))) {
            return found.toList();
        }
    }
}
