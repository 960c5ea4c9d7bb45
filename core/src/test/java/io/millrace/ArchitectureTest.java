// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.millrace.runtime.block.BlockManager;
import io.millrace.stream.DStream;
import java.io.Externalizable;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The architecture of DESIGN, section 2, and the habits of STYLE that a machine can check. */
class ArchitectureTest {

    private static final String ROOT = "io.millrace";

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    private static final Set<String> API = Set.of(
            "function",
            "time",
            "operator",
            "operator.record",
            "operator.key",
            "operator.window",
            "operator.output",
            "receiver",
            "listener",
            "stream");

    /** For each package of the API, which others it may use. */
    private static final Map<String, Set<String>> API_ARROWS = Map.of(
            "function", Set.of("operator"),
            "time", Set.of(),
            "operator", Set.of("receiver", "time"),
            "operator.record", Set.of("operator", "function"),
            "operator.key", Set.of("operator", "function"),
            "operator.window", Set.of("operator", "function"),
            "operator.output", Set.of("operator", "function"),
            "receiver", Set.of("time"),
            "listener", Set.of("operator"),
            "stream",
                    Set.of(
                            "function",
                            "operator",
                            "operator.record",
                            "operator.key",
                            "operator.window",
                            "operator.output",
                            "receiver"));

    /** For each package of the runtime, which others of the runtime it may use; all of them may use the API. */
    private static final Map<String, Set<String>> RUNTIME_ARROWS = Map.ofEntries(
            entry("runtime.wire", Set.of()),
            entry("runtime.state", Set.of()),
            entry("runtime.log", Set.of()),
            entry("runtime.plan", Set.of()),
            entry("runtime.protocol", Set.of()),
            entry(
                    "runtime.durable",
                    Set.of("runtime.block", "runtime.executor", "runtime.log", "runtime.plan", "runtime.state")),
            entry("runtime.block", Set.of("runtime.wire")),
            entry("runtime.batch", Set.of("runtime.block")),
            entry("runtime.ingest", Set.of("runtime.block", "runtime.wire")),
            entry("runtime.executor", Set.of("runtime.block", "runtime.state", "runtime.plan", "runtime.wire")),
            entry(
                    "runtime.driver",
                    Set.of(
                            "runtime.batch",
                            "runtime.block",
                            "runtime.durable",
                            "runtime.executor",
                            "runtime.ingest",
                            "runtime.log",
                            "runtime.plan",
                            "runtime.protocol",
                            "runtime.wire")),
            entry(
                    "runtime.node",
                    Set.of(
                            "runtime.wire",
                            "runtime.state",
                            "runtime.plan",
                            "runtime.block",
                            "runtime.batch",
                            "runtime.ingest",
                            "runtime.executor",
                            "runtime.log",
                            "runtime.durable",
                            "runtime.driver")));

    /**
     * The number in the names of jobs; the simulations, which Akka's reflection can find in no other way; the directories
     * that are locked, because the system's locks are those of the whole process.
     */
    private static final Set<String> KNOWN_TO_THE_WHOLE_JVM =
            Set.of("OwnSystem", "JobRun", "SimulationRegistry", "LogDirectory");

    // ---- arrows ----

    @Test
    void everyPackageHasItsPlaceInThePicture() {
        Set<String> known = Stream.of(API, RUNTIME_ARROWS.keySet(), Set.of("", "testkit"))
                .flatMap(Collection::stream)
                .collect(java.util.stream.Collectors.toSet());

        assertThat(CORE.stream().map(ArchitectureTest::packageOf).distinct()).allMatch(known::contains);
        assertThat(API_ARROWS.keySet()).isEqualTo(API);
    }

    @Test
    void packagesUseOnlyThoseThatTheyMay() {
        Map<String, Set<String>> arrows = new TreeMap<>(API_ARROWS);
        RUNTIME_ARROWS.forEach((from, to) -> {
            Set<String> all = new java.util.TreeSet<>(API);
            all.addAll(to);
            arrows.put(from, all);
        });

        arrows.forEach((from, to) -> noClasses()
                .that()
                .resideInAPackage(ROOT + "." + from)
                .should()
                .dependOnClassesThat(describe(
                        "reside in Millrace but outside of " + from + " and " + to,
                        type -> type.getPackageName().startsWith(ROOT)
                                && !packageOf(type).equals(from)
                                && !to.contains(packageOf(type))))
                .check(CORE));
    }

    @Test
    void theApiNeverSeesTheRuntime() {
        noClasses()
                .that(describe("are of the API", type -> API.contains(packageOf(type))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".runtime..", ROOT + ".testkit..", ROOT)
                .check(CORE);
    }

    @Test
    void nobodyButTheTestKitSeesTheEntryOrTheTestKit() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT, ROOT + ".testkit..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT, ROOT + ".testkit..")
                .check(CORE);
        noClasses()
                .that()
                .resideInAPackage(ROOT)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".testkit..")
                .check(CORE);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CORE);
    }

    @Test
    void akkaIsSeenOnlyByReceiversTheEntryTheRuntimeAndTheTestKit() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT, ROOT + ".receiver..", ROOT + ".runtime..", ROOT + ".testkit..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("akka..")
                .check(CORE);
    }

    @Test
    void actorsStayInsideTheRuntime() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT, ROOT + ".runtime..", ROOT + ".testkit..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("akka.actor..", "akka.cluster..", "akka.remote..")
                .check(CORE);
    }

    @Test
    void decisionsArePlainCode() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + ".runtime.batch",
                        ROOT + ".runtime.log",
                        ROOT + ".runtime.plan",
                        ROOT + ".runtime.protocol",
                        ROOT + ".runtime.state")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("akka..")
                .check(CORE);
    }

    // ---- bytes ----

    @Test
    void nothingIsSerialisedByJava() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ObjectInputStream.class, ObjectOutputStream.class, Externalizable.class)
                .check(CORE);
        noClasses()
                .that()
                .areNotAssignableTo(Throwable.class)
                .and()
                .areNotEnums()
                .and(describe(
                        "extend no class that already is",
                        type -> type.getAllRawSuperclasses().stream()
                                .noneMatch(parent -> parent.isAssignableTo(Serializable.class))))
                .should()
                .beAssignableTo(Serializable.class)
                .check(CORE);
    }

    // ---- habits ----

    @Test
    void nobodyWritesToTheStandardOutputButPrint() {
        noClasses()
                .that()
                .areNotAssignableTo(DStream.class)
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .check(CORE);
    }

    @Test
    void nothingStaticChanges() {
        DescribedPredicate<JavaField> written = describe(
                "are static and written by people",
                field -> field.getModifiers().contains(JavaModifier.STATIC)
                        && !field.getModifiers().contains(JavaModifier.SYNTHETIC));
        fields().that(written).should().beFinal().check(CORE);

        fields().that(written)
                .and(describe(
                        "are not what " + KNOWN_TO_THE_WHOLE_JVM + " are for",
                        field -> !KNOWN_TO_THE_WHOLE_JVM.contains(
                                field.getOwner().getSimpleName())))
                .should()
                .notHaveRawType(describe(
                        "something that changes",
                        type -> type.getName().startsWith("java.util.concurrent.")
                                || type.getName().equals("java.util.Random")
                                || type.isAssignableTo(java.util.AbstractCollection.class)
                                || type.isAssignableTo(java.util.AbstractMap.class)))
                .check(CORE);
    }

    @Test
    void classesAreNamedAfterWhatTheyAre() {
        noClasses()
                .that(describe(
                        "are not the block manager or what it says",
                        type -> !type.isEquivalentTo(BlockManager.class)
                                && !type.getSimpleName().equals("FromManager")))
                .should()
                .haveSimpleNameEndingWith("Manager")
                .orShould(new ArchCondition<>("be named after nothing") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        boolean vague = type.getSimpleName().matches(".*(Utils?|Helpers?|Impl|Constants|Misc|Common)");
                        events.add(new SimpleConditionEvent(type, vague, type.getDescription()));
                    }
                })
                .check(CORE);
    }

    // ---- what they share ----

    private static String packageOf(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
    }
}
