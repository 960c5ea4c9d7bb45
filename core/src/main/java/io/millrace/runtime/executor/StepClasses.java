// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gives every node of a plan its own copy of the step classes it uses.
 *
 * <p>The compiler keeps its profile of a call per place in the byte code. If all nodes shared one {@code MapStep}, its call to the
 * next step would go to many classes and would never be inlined; with a copy per node a whole chain is compiled into one
 * loop. The copies are hidden classes of the same byte code. Thread-safe; one instance per plan and JVM.
 */
final class StepClasses {

    private record Key(int node, Class<?> stepClass) {}

    private final Map<Key, MethodHandle> constructors = new ConcurrentHashMap<>();

    /** A new instance of the node's copy of a class with one constructor; known as an interface it implements. */
    <S> S instantiate(int node, Class<?> stepClass, Class<S> as, Object... arguments) {
        MethodHandle constructor =
                constructors.computeIfAbsent(new Key(node, stepClass), key -> constructorOfCopy(key.stepClass()));
        try {
            return as.cast(constructor.invokeWithArguments(arguments));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("The step " + stepClass.getName() + " cannot be made", e);
        }
    }

    private static MethodHandle constructorOfCopy(Class<?> stepClass) {
        try {
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(stepClass, MethodHandles.lookup());
            Class<?> copy = lookup.defineHiddenClass(byteCode(stepClass), true).lookupClass();
            Constructor<?>[] declared = copy.getDeclaredConstructors();
            if (declared.length != 1) {
                throw new IllegalArgumentException("A step class must have one constructor, but " + stepClass.getName()
                        + " has " + declared.length);
            }
            return MethodHandles.privateLookupIn(copy, MethodHandles.lookup())
                    .unreflectConstructor(declared[0])
                    .asFixedArity();
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException("The step class " + stepClass.getName() + " cannot be copied", e);
        }
    }

    private static byte[] byteCode(Class<?> stepClass) {
        String name = stepClass.getName();
        String resource = name.substring(name.lastIndexOf('.') + 1) + ".class";
        try (InputStream in = stepClass.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("The byte code of the step class " + name + " cannot be found");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("The byte code of the step class " + name + " cannot be read", e);
        }
    }
}
