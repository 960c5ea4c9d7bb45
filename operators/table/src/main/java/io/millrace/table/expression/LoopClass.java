// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.janino.SimpleCompiler;
import org.jspecify.annotations.Nullable;

/** A generated class with its constants. Immutable; for many threads. */
final class LoopClass {

    /** So many classes are kept for expressions that come again; the one not used for longest goes first. */
    private static final int KEPT = 1000;

    private static final Map<String, MethodHandle> CLASSES = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, MethodHandle> eldest) {
            return size() > KEPT;
        }
    };

    private final MethodHandle constructor;
    private final @Nullable Object[] constants;

    private LoopClass(MethodHandle constructor, @Nullable Object[] constants) {
        this.constructor = constructor;
        this.constants = constants;
    }

    /** The class of a text, compiled unless it was before. */
    static LoopClass of(ClassText text) {
        String source = text.text();
        MethodHandle constructor;
        synchronized (CLASSES) {
            constructor = CLASSES.get(source);
        }
        if (constructor == null) {
            constructor = compile(source);
            synchronized (CLASSES) {
                CLASSES.put(source, constructor);
            }
        }
        return new LoopClass(constructor, text.constants());
    }

    /** A new object, for one thread. */
    GeneratedLoop create() {
        GeneratedLoop loop;
        try {
            loop = (GeneratedLoop) constructor.invokeExact();
        } catch (Error | RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("A generated class could not be used", e);
        }
        loop.constants(constants);
        return loop;
    }

    /** What an exception of generated code is thrown on as. */
    static RuntimeException rethrown(Exception exception) {
        return exception instanceof RuntimeException runtime
                ? runtime
                : new IllegalStateException("A function failed: " + exception, exception);
    }

    private static MethodHandle compile(String source) {
        try {
            SimpleCompiler compiler = new SimpleCompiler();
            compiler.setParentClassLoader(LoopClass.class.getClassLoader());
            compiler.cook(source);
            Class<?> type = compiler.getClassLoader().loadClass("io.millrace.table.expression.generated.Loop");
            return MethodHandles.publicLookup()
                    .findConstructor(type, MethodType.methodType(void.class))
                    .asType(MethodType.methodType(GeneratedLoop.class));
        } catch (CompileException | ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "Generated code does not compile, which is a fault of Millrace: " + e.getMessage() + "\n" + source,
                    e);
        }
    }
}
