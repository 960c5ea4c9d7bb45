// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the packages of this module may see of each other and of the libraries. */
class TableArchitectureTest {

    private static final String ROOT = "io.millrace.table";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    /** The foundations, each on those before it. Errors and rows of the root are everybody's. */
    private static final Map<String, Set<String>> ARROWS = Map.of(
            "type", Set.of(),
            "data", Set.of("type"),
            "expression", Set.of("type", "data"),
            "plan", Set.of("type", "data", "expression"),
            "sql", Set.of("type", "data", "expression", "plan"),
            "execution", Set.of("type", "data", "expression", "plan", "state"),
            "state", Set.of("type", "data", "plan", "execution"));

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
                if (target.getPackageName().startsWith(ROOT + ".")) {
                    uses.add(packageOf(target));
                }
            }
            uses.remove(from);
            assertThat(may).as("what %s may use", type.getName()).containsAll(uses);
        }
    }

    @Test
    void calciteStaysInOnePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".sql..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.calcite..")
                .check(CLASSES);
    }

    @Test
    void janinoStaysInOnePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".expression..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.codehaus..")
                .check(CLASSES);
    }

    /** But finished data is worked on without a job, with the engine's table of keys. */
    @Test
    void nothingOfTheEngineIsReachedInto() {
        noClasses()
                .that()
                .haveSimpleNameNotStartingWith("Local")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.millrace.runtime..")
                .check(CLASSES);
    }

    /** The first package below the root; nothing for the root itself. */
    private static String packageOf(JavaClass type) {
        String name = type.getPackageName();
        if (!name.startsWith(ROOT + ".")) {
            return "";
        }
        String below = name.substring(ROOT.length() + 1);
        int dot = below.indexOf('.');
        return dot < 0 ? below : below.substring(0, dot);
    }
}
