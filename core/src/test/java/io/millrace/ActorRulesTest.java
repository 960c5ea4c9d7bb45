// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.NoSerializationVerificationNeeded;
import akka.actor.typed.javadsl.AbstractBehavior;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.millrace.runtime.wire.WireMessage;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How actors and their messages are written. */
class ActorRulesTest {

    private static final String ROOT = "io.millrace";

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    private static final DescribedPredicate<JavaClass> ACTORS = describe(
            "actors",
            type -> type.isAssignableTo(AbstractBehavior.class) && !type.isEquivalentTo(AbstractBehavior.class));

    @Test
    void actorsAreFinalAndMadeByTheirFactoryOnly() {
        classes()
                .that(ACTORS)
                .should()
                .haveModifier(JavaModifier.FINAL)
                .andShould()
                .haveOnlyPrivateConstructors()
                .andShould()
                .resideInAPackage(ROOT + ".runtime..")
                .check(CORE);
        assertThat(actors()).extracting(Class::getSimpleName).contains("Driver", "BlockManager", "Executor");
    }

    @Test
    void messagesOfActorsAreRecordsOfSealedInterfaces() {
        for (Class<?> actor : actors()) {
            for (Class<?> nested : actor.getDeclaredClasses()) {
                if (Set.of("Command", "Event").contains(nested.getSimpleName())) {
                    assertThat(nested.isInterface())
                            .as("%s is an interface", nested)
                            .isTrue();
                    assertThat(nested.isSealed() || hasNoSubtype(nested))
                            .as("%s is sealed, or nothing implements it", nested)
                            .isTrue();
                    assertThat(leaves(nested))
                            .allMatch(leaf -> leaf.isRecord() || leaf.isEnum(), "is a record or an enum");
                }
            }
        }
    }

    @Test
    void everyMessageHasAHandlerOfItsOwn() {
        for (Class<?> actor : actors()) {
            for (Class<?> nested : actor.getDeclaredClasses()) {
                if (nested.getSimpleName().equals("Command")) {
                    for (Class<?> message : leaves(nested)) {
                        assertThat(actor.getDeclaredMethods())
                                .as("the handlers of %s for %s", actor.getSimpleName(), message.getSimpleName())
                                .anyMatch(method -> method.getName().startsWith("on")
                                        && Arrays.equals(method.getParameterTypes(), new Class<?>[] {message}));
                    }
                }
            }
        }
    }

    @Test
    void everyMessageSaysWhetherItMayTravel() {
        for (Class<?> actor : actors()) {
            for (Class<?> nested : actor.getDeclaredClasses()) {
                if (Set.of("Command", "Event").contains(nested.getSimpleName())) {
                    assertThat(leaves(nested))
                            .allMatch(
                                    leaf -> WireMessage.class.isAssignableFrom(leaf)
                                            || NoSerializationVerificationNeeded.class.isAssignableFrom(leaf),
                                    "is a WireMessage or needs no serialisation");
                }
            }
        }
    }

    private static List<Class<?>> actors() {
        List<Class<?>> actors = new ArrayList<>();
        CORE.that(ACTORS).forEach(actor -> actors.add(actor.reflect()));
        for (Class<?> actor : actors) {
            for (Constructor<?> constructor : actor.getDeclaredConstructors()) {
                assertThat(Modifier.isPrivate(constructor.getModifiers())).isTrue();
            }
        }
        return actors;
    }

    private static List<Class<?>> leaves(Class<?> type) {
        if (!type.isSealed()) {
            return type.isInterface() ? List.of() : List.of(type);
        }
        List<Class<?>> leaves = new ArrayList<>();
        for (Class<?> permitted : type.getPermittedSubclasses()) {
            leaves.addAll(leaves(permitted));
        }
        return leaves;
    }

    private static boolean hasNoSubtype(Class<?> type) {
        return CORE.get(type).getAllSubclasses().isEmpty();
    }
}
