// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the packages of this module may see of each other and of the engine. */
class MllibArchitectureTest {

    private static final String ROOT = "io.millrace.mllib";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    private static final Set<String> FAMILIES =
            Set.of("feature", "classification", "regression", "tree", "clustering", "recommendation", "fpm", "tuning");

    /** The foundations, each on those before it, and what stands beside the families. */
    private static final Map<String, Set<String>> ARROWS = Map.of(
            "attribute", Set.of(),
            "storage", Set.of(),
            "table", Set.of("attribute", "storage"),
            "model", Set.of("attribute", "storage", "table"),
            "sql", Set.of("model", "table"),
            "online", Set.of("clustering", "model"),
            "stream", Set.of("", "model", "online", "storage", "table"));

    @Test
    void packagesUseOnlyThoseThatTheyMay() {
        for (JavaClass type : CLASSES) {
            String from = packageOf(type);
            Set<String> may = ARROWS.get(from);
            if (may == null) {
                continue;
            }
            Set<String> uses = new TreeSet<>();
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (target.getPackageName().startsWith(ROOT)) {
                    uses.add(packageOf(target));
                }
            }
            uses.remove(from);
            assertThat(may).as("what %s may use", type.getName()).containsAll(uses);
        }
    }

    /** A classifier may be a regression with another last step; a formula has a statement in it. */
    @Test
    void familiesKnowTheFoundationsOnly() {
        for (JavaClass type : CLASSES) {
            String from = packageOf(type);
            if (FAMILIES.contains(from)) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    if (target.getPackageName().startsWith(ROOT)) {
                        assertThat(packageOf(target))
                                .as("used by %s", type.getName())
                                .isIn(List.of(
                                        from,
                                        "attribute",
                                        "storage",
                                        "table",
                                        "model",
                                        from.equals("feature") ? "sql" : from,
                                        from.equals("classification") ? "regression" : from));
                    }
                }
            }
        }
    }

    @Test
    void everyPackageIsOneOfThese() {
        Set<String> known = new TreeSet<>(FAMILIES);
        known.addAll(ARROWS.keySet());
        known.add("");
        for (JavaClass type : CLASSES) {
            assertThat(known).as("the package of %s", type.getName()).contains(packageOf(type));
        }
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theEngineIsSeenByTheStreamPackageOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".stream")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.millrace",
                        "io.millrace.stream..",
                        "io.millrace.operator..",
                        "io.millrace.function..",
                        "io.millrace.listener..",
                        "io.millrace.runtime..",
                        "akka..")
                .check(CLASSES);
    }

    @Test
    void parquetIsSeenByTheStorageOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".storage")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.parquet..", "org.apache.hadoop..")
                .check(CLASSES);
    }

    @Test
    void noClassIsLoadedByAName() {
        noClasses().should().callMethod(Class.class, "forName", String.class).check(CLASSES);
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(java.io.ObjectInputStream.class)
                .check(CLASSES);
    }

    private static String packageOf(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
    }
}
