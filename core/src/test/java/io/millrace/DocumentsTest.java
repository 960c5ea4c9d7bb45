// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents say what is there: their links lead somewhere, and their settings exist. */
class DocumentsTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("\\[[^\\]\\[]*\\]\\(([^)\\s]+)\\)");
    private static final Pattern FENCED = Pattern.compile("^```.*?^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern INLINE_CODE = Pattern.compile("`[^`\n]*`");
    private static final Pattern HEADING = Pattern.compile("^#{1,6} (.+)$", Pattern.MULTILINE);
    private static final Pattern SETTING = Pattern.compile("`millrace\\.([a-z][a-z.-]*)`");

    @Test
    void everyRelativeLinkLeadsSomewhere() throws IOException {
        List<Path> documents = documents();
        List<String> broken = new ArrayList<>();
        int followed = 0;

        for (Path document : documents) {
            for (String link : links(Files.readString(document))) {
                if (!link.contains("://") && !link.startsWith("mailto:")) {
                    followed++;
                    if (!resolves(document, link)) {
                        broken.add(ROOT.relativize(document) + ": " + link);
                    }
                }
            }
        }

        assertThat(broken).isEmpty();
        assertThat(followed).as("links followed in %s", documents).isGreaterThan(50);
    }

    @Test
    void theReadmeHasTheSettingsThatThereAreAndNoOthers() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        Set<String> told = SETTING.matcher(readme)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(told).isEqualTo(settings());
    }

    /** The keys of the section {@code millrace}; the dispatcher, which is Akka's affair, counts as one. */
    private static Set<String> settings() {
        Config millrace = ConfigFactory.parseFile(
                        ROOT.resolve("core/src/main/resources/reference.conf").toFile())
                .getConfig("millrace");
        return millrace.entrySet().stream()
                .map(entry -> ConfigUtil.splitPath(entry.getKey()))
                .map(path -> path.get(0).equals("dispatcher") ? "dispatcher" : String.join(".", path))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>();
        for (String name : List.of("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")) {
            documents.add(ROOT.resolve(name));
        }
        documents.add(ROOT.resolve("benchmarks/RESULTS.md"));
        try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
        }
        return documents;
    }

    private static List<String> links(String text) {
        String prose = INLINE_CODE.matcher(withoutFenced(text)).replaceAll("");
        return LINK.matcher(prose).results().map(match -> match.group(1)).toList();
    }

    private static String withoutFenced(String text) {
        return FENCED.matcher(text).replaceAll("");
    }

    private static boolean resolves(Path document, String link) throws IOException {
        int hash = link.indexOf('#');
        String path = hash < 0 ? link : link.substring(0, hash);
        Path target = path.isEmpty()
                ? document
                : document.resolveSibling(path).toAbsolutePath().normalize();
        if (!target.startsWith(ROOT) || !Files.exists(target)) {
            return false;
        }
        return hash < 0 || anchors(Files.readString(target)).contains(link.substring(hash + 1));
    }

    /** What the headings of a document are called in links to them. */
    private static Set<String> anchors(String text) {
        return HEADING.matcher(withoutFenced(text))
                .results()
                .map(DocumentsTest::anchor)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String anchor(MatchResult heading) {
        return heading.group(1)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }
}
