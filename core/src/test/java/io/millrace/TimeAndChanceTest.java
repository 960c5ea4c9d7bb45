// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.millrace.runtime.node.SystemTime;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

/** Time comes as an argument or by the job's timer, and chance by a seed: nothing of the engine reads a clock of its own. */
class TimeAndChanceTest {

    private static final String ROOT = "io.millrace";

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void nobodyReadsTheWallClockButSystemTime() {
        noClasses()
                .that(describe("are not SystemTime", type -> !type.isEquivalentTo(SystemTime.class)))
                .should(access("read a clock or sleep", TimeAndChanceTest::readsAClock))
                .because("time arrives as an argument or through a TimeSource")
                .check(CORE);
    }

    private static boolean readsAClock(String owner, String method) {
        return switch (owner) {
            case "java.lang.System" -> method.equals("currentTimeMillis") || method.equals("nanoTime");
            case "java.lang.Thread", "java.util.concurrent.TimeUnit" -> method.equals("sleep");
            case "java.time.Clock" -> method.startsWith("system") || method.startsWith("tick");
            case "java.time.InstantSource" -> method.equals("system");
            case "java.util.Date" -> method.equals("<init>");
            case "java.util.Calendar" -> method.equals("getInstance");
            default -> owner.startsWith("java.time.") && method.equals("now");
        };
    }

    @Test
    void actorsWaitByTheJobsTimerOnly() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".runtime..")
                .should(access(
                        "use timers of Akka's",
                        (owner, method) -> (owner.startsWith("akka.actor.")
                                        && Set.of(
                                                        "withTimers",
                                                        "scheduleOnce",
                                                        "setReceiveTimeout",
                                                        "ask",
                                                        "askWithStatus")
                                                .contains(method))
                                || owner.startsWith("akka.actor.typed.Scheduler")
                                || owner.startsWith("akka.actor.Scheduler")
                                || owner.startsWith("akka.pattern.")
                                || owner.endsWith("TimerGraphStageLogic")))
                .because("an actor system's scheduler knows nothing of virtual time")
                .check(CORE);
    }

    @Test
    void noStreamOfTheRuntimeHasATimerOfItsOwn() {
        Set<String> timed = Set.of(
                "throttle",
                "throttleEven",
                "delay",
                "delayWith",
                "initialDelay",
                "groupedWithin",
                "groupedWeightedWithin",
                "idleTimeout",
                "completionTimeout",
                "initialTimeout",
                "backpressureTimeout",
                "keepAlive",
                "takeWithin",
                "dropWithin",
                "tick",
                "aggregateWithBoundary");

        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".runtime..", ROOT + ".receiver..")
                .should(access(
                        "call operators of Akka Streams that go by the clock",
                        (owner, method) -> owner.startsWith("akka.stream.") && timed.contains(method)))
                .check(CORE);
    }

    @Test
    void theRuntimeLeavesNothingToChance() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".runtime..")
                .should(access(
                        "draw lots or choose a thread by itself",
                        (owner, method) -> (owner.equals("java.lang.Math") && method.equals("random"))
                                || owner.equals("java.util.concurrent.ThreadLocalRandom")
                                || owner.equals("java.util.Random")
                                || owner.equals("java.util.SplittableRandom")
                                || owner.equals("java.security.SecureRandom")
                                || (owner.equals("java.util.UUID") && method.equals("randomUUID"))
                                || method.equals("parallelStream")
                                || (owner.startsWith("java.util.stream.") && method.equals("parallel"))
                                || method.equals("commonPool")))
                .check(CORE);
    }

    @Test
    void nothingAsynchronousRunsOnTheCommonPool() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "..")
                .should(new ArchCondition<>("call an …Async method without an executor") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        type.getCodeUnitAccessesFromSelf().stream()
                                .filter(call -> call.getTargetOwner().isAssignableTo(CompletableFuture.class)
                                        || call.getTargetOwner()
                                                .getName()
                                                .equals("java.util.concurrent.CompletionStage"))
                                .filter(call -> call.getName().endsWith("Async"))
                                .filter(call -> call.getTarget().getRawParameterTypes().stream()
                                        .noneMatch(type2 -> type2.getName().equals("java.util.concurrent.Executor")))
                                .forEach(call ->
                                        events.add(SimpleConditionEvent.satisfied(call, call.getDescription())));
                    }
                })
                .check(CORE);
    }

    /** A condition on every call, construction and method reference, by the names of owner and method. */
    private static ArchCondition<JavaClass> access(String description, BiPredicate<String, String> forbidden) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (JavaAccess<?> access : type.getCodeUnitAccessesFromSelf()) {
                    if (forbidden.test(access.getTargetOwner().getName(), access.getName())) {
                        events.add(SimpleConditionEvent.satisfied(access, access.getDescription()));
                    }
                }
            }
        };
    }
}
